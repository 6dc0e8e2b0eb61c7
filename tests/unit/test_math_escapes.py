"""Markdown's escapes in formulas: what no text may do to them. What each means is in `golden/math-escapes.md`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathblog.markdown.math_escapes import plain_tex

TEX = st.lists(
    st.sampled_from(
        [
            "\\",
            "\\\\",
            "{",
            "}",
            "_",
            "*",
            "a",
            "bc",
            " ",
            "&",
            "[",
            "(",
            "\\begin{cases}",
            "\\end{cases}",
            "\\text{",
            "&lt;",
            "\n",
        ]
    ),
    max_size=25,
).map("".join)


@given(TEX)
def test_nothing_but_backslashes_and_entities_goes(written: str) -> None:
    tex = plain_tex(written)
    assert tex.replace("\\", "") == written.replace("&lt;", "<").replace("\\", "")
    assert len(tex) <= len(written)


@pytest.mark.parametrize(
    "tex",
    [
        r"\begin{aligned} a &= b \\ c &= d \\[2pt] &= \|x\| \\| y \end{aligned}",
        r"\begin{bmatrix}a\\b\\\frac12\end{bmatrix}",
        r"\left\{ x \,\middle|\, y \right\}",
        r"\text{a \(x\) b\_c}",
        r"\#, \%, \&, \$, \;, \!",
        r"a \\ b \\b",
    ],
)
def test_tex_stays(tex: str) -> None:
    assert plain_tex(tex) == tex


@pytest.mark.parametrize(
    "piece", ["\\\\{", "\\_a", "\\text{", "\\\\", "\\(", "&lt;", "\\_{", "\\_{a}", "}", "\\\\begin{"]
)
def test_linear_time(piece: str) -> None:
    plain_tex("\\(" + piece * 100_000)
