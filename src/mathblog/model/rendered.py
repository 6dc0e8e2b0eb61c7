r"""Formulas in HTML that KaTeX has rendered: where they are, and their source again.

A listing that strips the markup off an excerpt would show each formula three times: as boxes, as MathML and as TeX.
Jekyll's listings hold `\(…\)` there, which MathJax then renders; so do ours, and the layout stage renders it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from html import unescape
from typing import NamedTuple
from urllib.parse import quote

from mathblog.model.output import HTML_EXTENSIONS, XML_EXTENSIONS

_BEGINNING = '<span class="katex'
_REFUSED = '<span class="math-error'
_OPENING = re.compile(rf'{_BEGINNING}(-display)?">')
_OPENING_OF_BOTH = re.compile(rf'(?:{_BEGINNING}|{_REFUSED} math-error|{_REFUSED})(-display)?"[^<>]*>')
_BOXES = '<span class="katex-html"'
_CLOSING_TAG = "</span>"
_CLOSING = re.compile(rf"{_CLOSING_TAG}(?:{_CLOSING_TAG})*")
_SOURCE = re.compile(r'<annotation encoding="application/x-tex">([^<]*)</annotation>')
# what looks like the beginning of a formula and is none, while layouts work on it: as long as before, and as many words
_MARKED = (("$", "\ufdd0"), ("\\(", "\\\ufdd1"), ("\\[", "\\\ufdd2"), ("\\begin{", "\\begin\ufdd3"))
_MARKS = (*(marked[-1] for _, marked in _MARKED), "%EF%B7%9")


class RenderedSpan(NamedTuple):
    """One formula in HTML, from the start of its outermost `<span>` to the end of it; `refused` for one with an error."""

    start: int
    end: int
    display: bool
    refused: bool = False


def rendered_formulas(html: str, ends: Sequence[int] = ()) -> Iterator[RenderedSpan]:
    """All formulas that KaTeX rendered, in order. `ends` are what `find_ends` found in this HTML, where it was asked."""
    if _REFUSED in html:
        yield from _with_refused(html, ends)
        return
    position, number = 0, 0
    while (start := html.find(_BEGINNING, position)) >= 0:
        position = start + len(_BEGINNING)
        if opening := _OPENING.match(html, start):
            position = ends[number] if ends else _end(html, opening.end())
            number += 1
            yield RenderedSpan(start, position, opening[1] is not None)


def _with_refused(html: str, ends: Sequence[int]) -> Iterator[RenderedSpan]:
    """The same, with those that were refused."""
    position, number = 0, 0
    while opening := _OPENING_OF_BOTH.search(html, position):
        refused = opening[0].startswith(_REFUSED)
        position = _end(html, opening.end()) if refused or not ends else ends[number]
        number += not refused
        yield RenderedSpan(opening.start(), position, opening[1] is not None, refused)


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


def without_boxes(html: str, ends: Sequence[int] = ()) -> str:
    """The same with the MathML of each formula alone: KaTeX's boxes are nothing without its style sheet."""
    parts, position = [], 0
    for formula in rendered_formulas(html, ends):
        boxes = html.find(_BOXES, formula.start, formula.end)
        if boxes >= 0:
            parts += [html[position:boxes], "</span></span>" if formula.display else "</span>"]
            position = formula.end
    return "".join([*parts, html[position:]])


def restore_source(html: str, ends: Sequence[int] = ()) -> str:
    r"""The same with `\(…\)` and `\[…\]` in place of formulas, as kramdown writes them for MathJax."""
    if 'class="katex' not in html and _REFUSED not in html:
        return html
    parts, position = [], 0
    for formula in rendered_formulas(html, ends):
        parts += [html[position : formula.start], _written(_tex(html, formula), formula)]
        position = formula.end
    return "".join([*parts, html[position:]])


class TakenOut(NamedTuple):
    """A page's content as its layouts see it, and what it is."""

    source: str
    html: str


class Form(Enum):
    """How templates see the formulas in the text of a document: KaTeX's HTML, its MathML alone, or TeX."""

    HTML = "html"
    MATHML = "mathml"
    SOURCE = "source"


class Shown:
    """The formulas that the templates of a page see, and how they see them.

    Where they see TeX that is put back afterwards (`keep`), what was rendered is noted, by TeX and display. `escapes` says
    that they see values of authors who are not trusted, escaped.
    """

    def __init__(self, form: Form = Form.HTML, *, keep: bool = False) -> None:
        self.form = form
        self._keep = keep
        self.escapes = False
        self._rendered: dict[tuple[str, bool], str] = {}
        self._without_blanks: dict[tuple[str, bool], str] = {}

    def show(self, html: str, ends: Sequence[int] = ()) -> str:
        """The text of a document for a template, `ends` as in `rendered_formulas`."""
        if self.form is Form.HTML:
            return html
        if self.form is Form.MATHML:
            return without_boxes(html, ends)
        return self._take_out(html, ends) if self._keep else restore_source(html, ends)

    def find(self, tex: str, *, display: bool) -> str | None:
        """Return the HTML of a formula that was taken out, whatever a layout did to its blanks; None for others."""
        found = self._rendered.get((tex, display))
        return found if found is not None else self._without_blanks.get(("".join(tex.split()), display))

    @classmethod
    def on_page(cls, path: str) -> "Shown":
        """As TeX, which is put back in HTML; in XML as MathML, which feed readers show."""
        if path.endswith(HTML_EXTENSIONS):
            return cls(Form.SOURCE, keep=True)
        return cls(Form.MATHML if path.endswith(XML_EXTENSIONS) else Form.SOURCE)

    @property
    def took_out(self) -> bool:
        """Whether there is a formula to put back."""
        return bool(self._rendered)

    def _take_out(self, html: str, ends: Sequence[int]) -> str:
        """HTML with its formulas as source, and marks in what is none.

        One that was rendered in two ways, by macros of its place, stays as it is.
        """
        parts, position = [], 0
        for formula in rendered_formulas(html, ends):
            tex, whole = _tex(html, formula), html[formula.start : formula.end]
            bare = unescape(tex).strip()
            if self._rendered.setdefault((bare, formula.display), whole) == whole:
                self._without_blanks.setdefault(("".join(bare.split()), formula.display), whole)
                parts += [_mark(html[position : formula.start]), _written(tex, formula)]
                position = formula.end
        return "".join([*parts, _mark(html[position:])])


def _mark(html: str) -> str:
    """A text in which nothing looks like the beginning of a formula."""
    if "$" in html or "\\" in html:
        for sign, marked in _MARKED:
            html = html.replace(sign, marked)
    return html


def unmark(html: str) -> str:
    """The text as it was, also where a template wrote it for an address."""
    if not any(mark in html for mark in _MARKS):
        return html
    for number, (sign, marked) in enumerate(_MARKED):
        html = html.replace(marked[-1], sign[-1]).replace(f"%EF%B7%9{number}", quote(sign[-1]))
    return html


def _tex(html: str, formula: RenderedSpan) -> str:
    if formula.refused:
        inner = html[html.index(">", formula.start) + 1 : formula.end - len(_CLOSING_TAG)]
        return inner[2:-2]
    source = _SOURCE.search(html, formula.start, formula.end)
    return source[1] if source else ""


def _written(tex: str, formula: RenderedSpan) -> str:
    return f"\\[{tex}\\]" if formula.display else f"\\({tex}\\)"
