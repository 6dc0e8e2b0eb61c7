"""Formulas in finished HTML: those that KaTeX rendered, and those that are still source."""

import time
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathblog.markdown.maths.html_maths import split_html, split_written
from mathblog.model.body import Body, Math
from mathblog.model.options import MarkdownOptions
from mathblog.model.shown import Form, Shown, unmark
from mathblog.pipeline.checks.left_as_source import count_left
from mathblog.text.html_tags import end_of_head
from mathblog.text.rendered import read_body, rendered_formulas, restore_source

OPTIONS = MarkdownOptions()


def katex(tex: str, *, display: bool = False) -> str:
    """The shape of KaTeX's output."""
    html = (
        f'<span class="katex"><span class="katex-mathml"><math><semantics><mrow></mrow><annotation encoding="application/x-tex">'
        f'{tex}</annotation></semantics></math></span><span class="katex-html" aria-hidden="true"><span>x</span></span></span>'
    )
    return f'<span class="katex-display">{html}</span>' if display else html


def formulas(html: str) -> list[tuple[str, bool]]:
    pieces = split_html(html, OPTIONS) or []
    return [(piece.content, piece.meta["display"]) for piece in pieces if piece.type == "math_inline"]


@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    "<li>",
                    "</li>",
                    "<code>",
                    "</code>",
                    "<!--",
                    "-->",
                    "<pre class='a'>",
                    "a",
                    "&amp;",
                    "&#36;",
                    " ",
                    "{",
                    "}",
                ),
                *(
                    "\\(x\\)",
                    "\\(a{b}&lt;c\\)",
                    "\\(\\alpha \\)",
                    "\\( \\)",
                    "\\(",
                    "\\)",
                    "\\[y\\]",
                    "$z$",
                    "\\\\(u\\\\)",
                    "%",
                ),
                *(
                    katex("k"),
                    "\\(\\text{a\\)}\\)",
                    "\\(a\\$b\\)",
                    "\\(p <b>q</b>\\)",
                    "\\begin{equation}w\\end{equation}",
                ),
            ]
        ),
        max_size=6,
    )
)
def test_what_we_wrote_is_split_as_any_html(pieces: list[str]) -> None:
    html = "".join(pieces)
    one, other = split_written(html, OPTIONS), split_html(html, OPTIONS)
    assert [(it.type, it.content) for it in one or ()] == [(it.type, it.content) for it in other or ()]


def test_rendered_formulas_are_found_whole() -> None:
    first, second = katex("a &lt; b"), katex("c", display=True)
    html = f"<p>x {first} y</p>\n{second}<span>z</span>"
    assert [html[start:end] for start, end in rendered_formulas(html)] == [first, second]
    assert [(piece.tex, piece.display) for piece in read_body(html) if isinstance(piece, Math)] == [
        ("a < b", False),
        ("c", True),
    ]


@pytest.mark.parametrize(
    "inner", ["<span><span>y</span>z</span>", "<span></span><span><span></span></span>", "<svg></svg>"]
)
def test_a_formula_ends_with_its_outermost_span(inner: str) -> None:
    formula = f'<span class="katex">{inner}</span>'
    html = f'<span class="nobreak">{formula}</span></span>{formula}'
    assert [html[start:end] for start, end in rendered_formulas(html)] == [formula, formula]


def test_their_source_stands_as_kramdown_writes_it() -> None:
    assert restore_source(f"<p>x {katex('a &lt; b')}</p>{katex('c', display=True)}") == r"<p>x \(a &lt; b\)</p>\[c\]"
    assert restore_source("<p>$x$</p>") == "<p>$x$</p>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (r"<p>a \(x_1\) b \[y\]</p>", [("x_1", False), ("y", True)]),
        (r"<p>a \\(x\\)</p>", [("x", False)]),
        ("<p>a $$x$$ b</p><div>$$y$$</div>", [("x", True), ("y", True)]),
        ("<p>$a &lt; b$</p>", [("a < b", False)]),
        (r"<p>\begin{align}a &amp;= b\end{align}</p>", [(r"\begin{align}a &= b\end{align}", True)]),
        (r"<code>\(x\)</code><pre>$x$</pre><script>'$a$'</script><!-- $b$ --><a title='$c$'>d</a>", []),
        ("<head><title>$x$</title></head><body>$y$</body>", [("y", False)]),
        (r"\(a <b>c</b>\)", []),
        (r"\(a", []),
        ("$5 and $6", []),
        (rf"{katex(chr(92) + 'begin{aligned}a' + chr(92) + 'end{aligned}')} $z$", [("z", False)]),
    ],
)
def test_formulas_between_tags(html: str, expected: list[tuple[str, bool]]) -> None:
    assert formulas(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<head><title>$x$</title><body>$y$", ["y"]),  # both its tags and others may be left out
        ("<!DOCTYPE html><title>$x$</title><meta content='$z$'><h1>$y$</h1>", ["y"]),
        ("<head><script>'</head>$x$'</script><link href=a>$y$", ["y"]),
        ('<p title="<b>$x$</b>">$y$</p>', ["y"]),
        ("<p title='a > $x$'>$y$</p>", ["y"]),
        ("<select><option>$x$</select>$y$", ["y"]),
        ('<span class="math-error" title="t">\\(x\\)</span>$y$', ["y"]),
    ],
)
def test_formulas_in_pages_without_some_tags_and_none_in_attributes(html: str, expected: list[str]) -> None:
    assert [tex for tex, _ in formulas(html)] == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<!DOCTYPE html>\n<html><head><title>T</title>", "<body><p>x</p>"),
        ("<!doctype html><meta charset=utf-8><!-- <body> --><style>a{}</style>", "<h1>a</h1>"),
        ("<HTML><HEAD><SCRIPT>'</head><body>'</SCRIPT>\n", "</HEAD><BODY>"),
        ('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head>', "Text <link rel=x>"),
        ("<html><head><noscript><link rel=a></noscript>", "<header>"),
        ("", "<p>a fragment</p>"),
        ("", "<script>never closed"),
        ("", ""),
    ],
)
def test_where_a_head_ends(before: str, after: str) -> None:
    assert end_of_head(before + after) == len(before)


def test_what_layouts_see_is_put_back_whatever_they_did_to_its_blanks() -> None:
    shown = Shown(Form.SOURCE, keep=True)
    first, second = katex("a\nb"), katex("c", display=True)
    refused = '<span class="math-error math-error-display" title="a &lt; b">\\[d\\]</span>'
    seen = shown.show(read_body(f"<p>{first} costs $5 {refused}</p>{second}"))
    assert seen == "<p>\\(a\nb\\) costs \ufdd05 \\[d\\]</p>\\[c\\]"
    assert unmark(seen) == "<p>\\(a\nb\\) costs $5 \\[d\\]</p>\\[c\\]"
    assert shown.find("a b", display=False) == shown.find("ab", display=False) == first
    assert shown.find("c", display=True) == second
    assert shown.find("c", display=False) is None
    assert shown.find("d", display=True) == refused


def test_a_mark_that_became_part_of_an_address_is_a_dollar_again() -> None:
    assert unmark(quote(Shown(Form.SOURCE, keep=True).show(read_body("$5 \\(x")))) == quote("$5 \\(x")


@pytest.mark.parametrize(
    ("page", "count"),
    [
        (r"<p>\(x\)</p>", 1),
        (r"<p>\(x\) and \(other\) and \(x\)</p>", 2),
        (r"<p title='\(x\)'><code>\(x\)</code><script>'\(x\)'</script></p><head>", 0),
        (r"<p>\(</p><p>x\)</p>", 0),
    ],
)
def test_formulas_that_are_left_as_source_are_counted(page: str, count: int) -> None:
    shown = Shown(Form.SOURCE, keep=True)
    shown.show(read_body(katex("x")))
    assert count_left([page], shown) == count


@pytest.mark.parametrize(
    "unit",
    [
        "$",
        "$$",
        r"\(",
        r"\[",
        "<a ",
        "<code>",
        '<span class="katex">',
        "<!--",
        r"\begin{align}",
        "<a='",
        "<a x=",
        "<head><title>",
    ],
)
def test_time_is_linear(unit: str) -> None:
    start = time.process_time()
    split_html(unit * (200_000 // len(unit)), OPTIONS)
    assert time.process_time() - start < 10  # a tenth of a second; quadratic work takes minutes


def test_one_tex_that_was_rendered_in_several_ways_is_told_apart() -> None:
    """Two equations that look the same have other numbers; a comment of TeX's says which is which."""
    shown = Shown(Form.SOURCE, keep=True)
    first, second = ('<span class="katex-display">1</span>', '<span class="katex-display">2</span>')
    body = Body(
        [
            Math("a", display=True, html=first),
            "-",
            Math("a", display=True, html=second),
            Math("a", display=True, html=first),
        ]
    )
    assert shown.show(body) == r"\[a\]-\[a%2\]\[a\]"
    assert [shown.find(tex, display=True) for tex in ("a", "a%2")] == [first, second]
