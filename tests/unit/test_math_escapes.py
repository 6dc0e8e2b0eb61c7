"""Markdown's escapes in formulas: what no text may do to them. What each means is in `golden/math-escapes.md`."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mathblog.markdown.maths.math_escapes import Kept, kept_escapes, plain_tex
from support.growth import measure

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


@given(TEX)
def test_an_escape_behind_changes_nothing_before_it(written: str) -> None:
    assume(not written.endswith("\\"))
    assert plain_tex(f"{written} \\$") == f"{plain_tex(written)} \\$"


@pytest.mark.parametrize(
    "tex",
    [
        r"\begin{aligned} a &= b \\ c &= d \\[2pt] &= |x| \\| y \end{aligned}",
        r"\begin{bmatrix}a\\b\\\frac12\end{bmatrix}",
        r"\left\{ x \,\middle|\, y \right\}",
        r"\text{a \(x\) b\_c}",
        r"\#, \%, \&, \$, \;, \!",
        r"a \\b",
        r"\left\{ \begin{array}{l} a \\ b \end{array} \right.",
        r"\max\{a, b\} \in \{0, 1\} \setminus \{\}",
        r"\text{Poincar\'e} = a_1\_k",
    ],
)
def test_tex_stays(tex: str) -> None:
    assert plain_tex(tex) == tex


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (r"P(X\|Y) = \\{a\\}", []),
        (r"a + \{b\}", [(4, "\\{", "{"), (7, "\\}", "}")]),
        (r"\begin{matrix} a \\ b \end{matrix} \!", [(17, "\\\\ ", "\\ "), (35, "\\!", "!")]),
        (r"\mathrm{a\_b} \#", [(9, "\\_", "_"), (14, "\\#", "#")]),
    ],
)
def test_places_where_kramdown_reads_otherwise(written: str, kept: list[Kept]) -> None:
    assert kept_escapes(written) == kept


@pytest.mark.parametrize(
    "piece",
    [
        "\\\\{",
        "\\_a",
        "\\text{",
        "\\\\",
        "\\(",
        "&lt;",
        "\\_{",
        "\\_{a}",
        "}",
        "\\\\begin{",
        "\\{",
        "\\{{",
        "\\}",
        "_\\{a}",
    ],
)
def test_linear_time(piece: str) -> None:
    growth = measure(piece.__mul__, lambda text: plain_tex("\\(" + text), 400_000)
    assert not growth.is_steep, str(growth)
