r"""Formulas in HTML that KaTeX has rendered: where they are, and their source again.

A text that went through a template is HTML without pieces: a value in Liquid is a string. There they are looked for.
"""

from collections.abc import Iterator
from html import unescape

from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import Span
from mathblog.model.body import Body, Math, Piece, to_source

_BEGINNING = '<span class="katex'
_REFUSED = '<span class="math-error'
_OPENING = lazy_pattern(r'<span class="(?:katex|math-error|math-error math-error)(-display)?"[^<>]*>')
_CLOSING_TAG = "</span>"
_CLOSING = lazy_pattern(rf"{_CLOSING_TAG}(?:{_CLOSING_TAG})*")
_SOURCE = lazy_pattern(r'<annotation encoding="application/x-tex">([^<]*)</annotation>')


def holds_formula(html: str) -> bool:
    """Whether a formula may stand in HTML that was rendered or refused."""
    return _BEGINNING in html or _REFUSED in html


def rendered_formulas(html: str) -> Iterator[Span]:
    """All formulas that KaTeX rendered or refused, in order: each from the start of its outermost `<span>` to the end of it."""
    if not holds_formula(html):
        return
    position = 0
    while found := _OPENING.search(html, position):
        # tags are counted, not looked at one by one: KaTeX writes many
        position, depth, counted = len(html), 1, found.end()
        for closing in _CLOSING.finditer(html, found.end()):
            depth += html.count("<span", counted, closing.start())
            tags = (closing.end() - closing.start()) // len(_CLOSING_TAG)
            if tags >= depth:
                position = closing.start() + depth * len(_CLOSING_TAG)
                break
            depth -= tags
            counted = closing.end()
        yield Span(found.start(), position)


def read_body(html: str) -> Body:
    """The body that a text of HTML is: of the formulas that are rendered in it each is a piece."""
    if not holds_formula(html):
        return Body((html,) if html else ())
    pieces: list[Piece] = []
    position = 0
    for span in rendered_formulas(html):
        formula = html[span.start : span.end]
        opening, source = _OPENING.match(formula), _SOURCE.search(formula)
        tex = source[1] if source else ""
        if opening and formula.startswith(_REFUSED):
            tex = formula[opening.end() + 2 : -len(_CLOSING_TAG) - 2]
        is_display = opening is not None and opening[1] is not None
        pieces += [html[position : span.start], Math(unescape(tex), is_display, formula)]
        position = span.end
    return Body(filter(None, [*pieces, html[position:]]))


def restore_source(html: str) -> str:
    r"""The same with `\(…\)` and `\[…\]` in place of formulas, as kramdown writes them for MathJax."""
    return to_source(read_body(html)) if holds_formula(html) else html
