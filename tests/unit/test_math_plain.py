"""Formulas in summaries and alternative texts: TeX that reads on one line."""

import pytest

from mathblog.math.plain import plain_text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        ("x^2", "x^2"),
        ("  x\n +\ty ", "x + y"),
        ("a % a comment\n b", "a b"),
        (r"\left( \frac{1}{n} \right)", r"( \frac{1}{n} )"),
        (r"\bigl[ x \Biggr]", "[ x ]"),
        (r"\displaystyle \sum\limits_i x_i", r"\sum_i x_i"),
        (r"a \, b\quad c~d \! e", "a b c d e"),
        (r"x \text{ if } y \mathrm{d}x", r"x if y \mathrm{d}x"),
        (r"확률 \text{는 양수}", "확률 는 양수"),
        ("\\begin{aligned}\n a &= b \\\\\n &= c\n\\end{aligned}", "a = b = c"),
        (r"x = 1 \tag{2} \label{eq:one}", "x = 1"),
        (r"\{x\} \% y", r"\{x\} \% y"),
        (r"\leftarrow", r"\leftarrow"),
    ],
)
def test_plain_text(tex: str, text: str) -> None:
    assert plain_text(tex) == text
