"""Words that stay on the line of the formula they are attached to."""

import pytest

from mathblog.markdown.maths.nobreak import attached_after, attached_before, join, with_breaks
from mathblog.markdown.parser import formula_tokens, parse
from mathblog.markdown.render import render
from mathblog.model.body import Math
from mathblog.model.options import MarkdownOptions
from mathblog.pipeline.extensions import BUILTINS

PIECE = '<span class="katex-base">'


@pytest.mark.parametrize(
    ("text", "attached"),
    [
        ("이고, 다음", "이고,"),
        (", and", ","),
        (") is", ")"),
        ("-th root", "-th"),
        ("이(가) 있다", "이"),
        ("。它来自", "。"),
        ("维空间", ""),
        ("の値", ""),
        (" and", ""),
        ("—so", ""),
        ("", ""),
        ("가" * 40, "가" * 12),
    ],
)
def test_after_a_formula(text: str, attached: str) -> None:
    assert attached_after(text) == attached


@pytest.mark.parametrize(
    ("text", "attached"),
    [("the (", "("), ('는 "', '"'), ("说“", "“"), ("함수", ""), ("non-", ""), ("( ", ""), ("", "")],
)
def test_before_a_formula(text: str, attached: str) -> None:
    assert attached_before(text) == attached


def test_a_line_may_still_end_between_the_pieces_of_a_formula() -> None:
    formula = f"<b>{PIECE}x=</span>{PIECE}y</span></b>"
    broken = f"<b>{PIECE}x=</span><wbr>{PIECE}y</span></b>"
    assert join("(", formula, ")") == ('<span class="nobreak">(', broken, ")</span>")
    assert join("(", Math("x=y", False, formula), "") == (
        '<span class="nobreak">(',
        Math("x=y", False, broken),
        "</span>",
    )


def test_a_line_may_end_before_a_piece_that_scrolls() -> None:
    wide = f'<span class="katex-wide">{PIECE}b</span></span>'
    assert with_breaks(f"{PIECE}a</span>{wide}{PIECE}c</span>") == f"{PIECE}a</span><wbr>{wide}<wbr>{PIECE}c</span>"


def test_a_formula_alone_stays_as_it_is() -> None:
    formula = f"<b>{PIECE}x=</span>{PIECE}y</span></b>"
    assert join("", formula, "") == ("", formula, "")
    assert join("(", "<math></math>", ")") == ("(", "<math></math>", ")")


def rendered(text: str) -> str:
    """The HTML of a text whose formulas are one piece, shown as `F`."""
    parsed = parse(text, MarkdownOptions(), BUILTINS)
    formula = f"{PIECE}F</span>"
    html = render(parsed, [formula] * len(formula_tokens(parsed))).html
    return html.replace(formula, "F").replace('<span class="nobreak">', "[").replace("</span>", "]").strip()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("함수 $f$는 $g$이고, $h$ 그리고", "<p>함수 [F는] [F이고,] F 그리고</p>"),
        ("a ($x$), b", "<p>a [(F),] b</p>"),
        ("**$x$**는", "<p><strong>F</strong>는</p>"),
        ("$a$/$b$", "<p>F/F</p>"),
        ("$a$<$b$ & $c$", "<p>[F&lt;]F &amp; F</p>"),
        ('$a$"$b$', "<p>[F”]F</p>"),
        ("f:$$x$$", "<p>f:F</p>"),
    ],
)
def test_in_a_text(text: str, html: str) -> None:
    assert rendered(text) == html


def test_nothing_is_lost_between_many_formulas() -> None:
    text = "".join(f"$x${mark}" for mark in (",", "(", ")(", "이", "-", "“", ")“(", "가(", " ") * 500)
    assert rendered(text).replace("[", "").replace("]", "") == "<p>" + text.replace("$x$", "F").strip() + "</p>"
