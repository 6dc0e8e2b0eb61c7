r"""Formulas in HTML that KaTeX has rendered: where they are, and their source again.

A listing that strips the markup off an excerpt would show each formula three times: as boxes, as MathML and as TeX.
Jekyll's listings hold `\(…\)` there, which MathJax then renders; so do ours, and the layout stage renders it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from typing import NamedTuple

_BEGINNING = '<span class="katex'
_OPENING = re.compile(rf'{_BEGINNING}(-display)?">')
_BOXES = '<span class="katex-html"'
_CLOSING_TAG = "</span>"
_CLOSING = re.compile(rf"{_CLOSING_TAG}(?:{_CLOSING_TAG})*")
_SOURCE = re.compile(r'<annotation encoding="application/x-tex">([^<]*)</annotation>')


class Rendered(NamedTuple):
    """One formula in HTML, from the start of its outermost `<span>` to the end of it."""

    start: int
    end: int
    display: bool


def rendered_formulas(html: str, ends: Sequence[int] = ()) -> Iterator[Rendered]:
    """All formulas that KaTeX rendered, in order. `ends` are what `find_ends` found in this HTML, where it was asked."""
    position, number = 0, 0
    while (start := html.find(_BEGINNING, position)) >= 0:
        position = start + len(_BEGINNING)
        if opening := _OPENING.match(html, start):
            position = ends[number] if ends else _end(html, opening.end())
            number += 1
            yield Rendered(start, position, opening[1] is not None)


def find_ends(html: str, formulas: Iterable[str]) -> tuple[int, ...]:
    """Where the formulas in a text end, by the HTML of each, in order: to count tags takes ten times as long.

    () where the text holds others, or in another order, as a footnote does.
    """
    expected = filter(_OPENING.match, formulas)
    ends: list[int] = []
    position = 0
    while (start := html.find(_BEGINNING, position)) >= 0:
        position = start + len(_BEGINNING)
        if _OPENING.match(html, start):
            formula = next(expected, None)
            if formula is None or not html.startswith(formula, start):
                return ()
            position = start + len(formula)
            ends.append(position)
    return tuple(ends)


def _end(html: str, start: int) -> int:
    """Where the span ends whose opening tag ends at `start`. Tags are counted, not looked at one by one: KaTeX writes many."""
    depth, counted = 1, start
    for closing in _CLOSING.finditer(html, start):
        depth += html.count("<span", counted, closing.start())
        tags = (closing.end() - closing.start()) // len(_CLOSING_TAG)
        if tags >= depth:
            return closing.start() + depth * len(_CLOSING_TAG)
        depth -= tags
        counted = closing.end()
    return len(html)


def without_boxes(html: str) -> str:
    """The same with the MathML of each formula alone: KaTeX's boxes are nothing without its style sheet."""
    parts, position = [], 0
    for formula in rendered_formulas(html):
        boxes = html.find(_BOXES, formula.start, formula.end)
        if boxes >= 0:
            parts += [html[position:boxes], "</span></span>" if formula.display else "</span>"]
            position = formula.end
    return "".join([*parts, html[position:]])


def restore_source(html: str) -> str:
    r"""The same with `\(…\)` and `\[…\]` in place of formulas, as kramdown writes them for MathJax."""
    if 'class="katex' not in html:
        return html
    parts, position = [], 0
    for formula in rendered_formulas(html):
        parts += [html[position : formula.start], _written(_tex(html, formula), formula)]
        position = formula.end
    return "".join([*parts, html[position:]])


class TakenOut(NamedTuple):
    """A page's content as its layouts see it, what it is, and its formulas as they were rendered, by TeX and display."""

    source: str
    html: str
    rendered: Mapping[tuple[str, bool], str]


def take_out(html: str, ends: Sequence[int]) -> TakenOut:
    """Content with its formulas as source, `ends` as in `rendered_formulas`.

    One that was rendered in two ways, by macros of its place, stays as it is.
    """
    parts, position = [], 0
    rendered: dict[tuple[str, bool], str] = {}
    for formula in rendered_formulas(html, ends):
        tex, whole = _tex(html, formula), html[formula.start : formula.end]
        if rendered.setdefault((unescape(tex).strip(), formula.display), whole) == whole:
            parts += [html[position : formula.start], _written(tex, formula)]
            position = formula.end
    return TakenOut("".join([*parts, html[position:]]), html, rendered)


def _tex(html: str, formula: Rendered) -> str:
    source = _SOURCE.search(html, formula.start, formula.end)
    return source[1] if source else ""


def _written(tex: str, formula: Rendered) -> str:
    return f"\\[{tex}\\]" if formula.display else f"\\({tex}\\)"
