"""Formulas in finished HTML: those that KaTeX rendered, and those that are still source."""

import time

import pytest

from mathblog.markdown.html_maths import split_html
from mathblog.model.options import MarkdownOptions
from mathblog.model.rendered import find_ends, rendered_formulas, restore_source, take_out

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


def test_rendered_formulas_are_found_whole() -> None:
    first, second = katex("a &lt; b"), katex("c", display=True)
    html = f"<p>x {first} y</p>\n{second}<span>z</span>"
    assert [(html[start:end], display) for start, end, display in rendered_formulas(html)] == [
        (first, False),
        (second, True),
    ]


@pytest.mark.parametrize(
    "inner", ["<span><span>y</span>z</span>", "<span></span><span><span></span></span>", "<svg></svg>"]
)
def test_a_formula_ends_with_its_outermost_span(inner: str) -> None:
    formula = f'<span class="katex">{inner}</span>'
    html = f'<span class="nobreak">{formula}</span></span>{formula}'
    assert [html[start:end] for start, end, _ in rendered_formulas(html)] == [formula, formula]


def test_their_ends_are_found_by_what_was_put_there() -> None:
    first, second, defined, refused = katex("a"), katex("b", display=True), "", '<span class="katex-error">c</span>'
    html = f"<p>{first}, {refused} {second}</p>{first}"
    ends = find_ends(html, [first, defined, refused, second, first])
    assert list(rendered_formulas(html, ends)) == list(rendered_formulas(html))
    assert take_out(html, ends) == take_out(html, ())


def test_no_ends_are_given_where_formulas_stand_in_another_order() -> None:
    first, second = katex("a"), katex("b")
    assert find_ends(first + second, [second, first]) == ()
    assert find_ends(first + second, [first]) == ()
    assert find_ends("<p>x</p>", [first]) == ()


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
    "unit", ["$", "$$", r"\(", r"\[", "<a ", "<code>", '<span class="katex">', "<!--", r"\begin{align}"]
)
def test_time_is_linear(unit: str) -> None:
    start = time.process_time()
    split_html(unit * (200_000 // len(unit)), OPTIONS)
    assert time.process_time() - start < 10  # a tenth of a second; quadratic work takes minutes
