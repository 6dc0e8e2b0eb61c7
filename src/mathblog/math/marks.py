"""Numbers and references put into the HTML of a formula, where `numbers.js` left marks.

`n0` is the place of the number of the first row that can have one, `m0` the same in MathML; `<0` and `>0` stand around the
column of numbers of the first environment; `r0` is the first reference, `s0` the same in MathML and in texts.
"""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from itertools import starmap
from typing import Any, NamedTuple

from mathblog.model.formula import (
    Display,
    FormulaReference,
    Named,
    Numbering,
    NumberProblem,
    RenderedFormula,
    Row,
    TagContent,
)

_SEMANTICS, _ANNOTATION = "<semantics>", '<annotation encoding="application/x-tex">'
_DISPLAY = '<span class="katex-display">'
_CELL = '<mtd class="eqno-cell">'


class MarkContent(NamedTuple):
    """The content of a place: its HTML, and its MathML."""

    html: str
    mathml: str


def read_answer(parts: Sequence[str], given: Mapping[str, Any] | None) -> RenderedFormula:
    """The formula that an answer of `numbers.render` is."""
    if given is None:
        return RenderedFormula("".join(parts))
    numbering = Numbering(
        given["form"],
        tuple(parts),
        tuple(
            [
                Display(kind, tuple([Row(auto, _named(labels), tag) for auto, labels, tag in rows]))
                for kind, rows in given["displays"]
            ]
        ),
        tuple([(kind, _named(value) if kind == "open" else value) for kind, value in given["events"]]),
        tuple([TagContent(tuple(html), tuple(mathml), tuple(text)) for html, mathml, text in given["tags"]]),
        tuple(starmap(FormulaReference, given["references"])),
        tuple(starmap(NumberProblem, given["problems"])),
    )
    return RenderedFormula(plain(numbering), None, numbering)


def _named(labels: Sequence[Any]) -> tuple[Named, ...]:
    return tuple(starmap(Named, labels))


def plain(numbering: Numbering) -> str:
    """The HTML of a formula that stands on no page that counts: with its tags, and names in place of references."""
    if len(numbering.parts) == 1 and not numbering.tags:
        return numbering.parts[0]
    references = [MarkContent(escape(it.names), f"<mtext>{escape(it.names)}</mtext>") for it in numbering.references]
    rows = [
        number_tag(numbering.tags[row.tag], references) if row.tag >= 0 else None
        for display in numbering.displays
        for row in display.rows
    ]
    return put_in(numbering, rows, references)


def number_tag(tag: TagContent, references: Sequence[MarkContent]) -> MarkContent | None:
    r"""The HTML that a `\tag` shows; None for an empty one."""
    if not "".join(tag.text):
        return None
    html, mathml = _fill(tag.html, _texts(references).get), _fill(tag.mathml, _texts(references).get)
    return MarkContent(f'<span class="eqno">{html}</span>', mathml)


def put_in(numbering: Numbering, rows: Sequence[MarkContent | None], references: Sequence[MarkContent]) -> str:
    """The HTML of a formula; `rows` has the number of each row of its displays, None for those without."""
    known = _texts(references) if references else {}
    if numbering.form != "rows":
        html = _fill(numbering.parts, known.get)
        number = rows[0] if rows else None
        return with_number(html, number) if number else html
    left = iter(rows)
    numbers = [[(row, next(left)) for row in display.rows] for display in numbering.displays]
    # of each column the numbers of those rows that can have one
    columns = [[number for row, number in column if row.auto or row.tag >= 0] for column in numbers]
    places = [column for column in columns if column]
    for index, number in enumerate(place for column in places for place in column):
        known[f"n{index}"] = number.html if number else ""
        known[f"m{index}"] = f"{_CELL}{number.mathml}</mtd>" if number else ""
    empty = {str(index) for index, column in enumerate(places) if not any(column)}
    pieces, hidden = [], False
    for index, part in enumerate(numbering.parts):
        if index % 2 and part[0] in "<>":
            hidden = part[0] == "<" and part[1:] in empty
        elif not hidden:
            pieces.append(known.get(part, "") if index % 2 else part)
    return "".join(pieces)


def with_number(html: str, number: MarkContent) -> str:
    """A formula with one number: in MathML a row of a table, else at the edge of what the formula stands in."""
    start = html.find(_SEMANTICS) + len(_SEMANTICS)
    end = html.find(_ANNOTATION, start)  # the end of the formula's annotation; it has only one
    if end < start:
        return html
    table = f"<mtable><mtr><mtd>{html[start:end]}</mtd>{_CELL}{number.mathml}</mtd></mtr></mtable>"
    html = f"{html[:start]}{table}{html[end:]}"
    if html.startswith(_DISPLAY):
        return f"{html.removesuffix('</span>')}{number.html}</span>"
    return f"{_DISPLAY}{html}{number.html}</span>"


def _texts(references: Sequence[MarkContent]) -> dict[str, str]:
    known = {f"r{index}": it.html for index, it in enumerate(references)}
    return known | {f"s{index}": it.mathml for index, it in enumerate(references)}


def _fill(parts: Sequence[str], known: Callable[[str, str], str]) -> str:
    return "".join(known(part, "") if index % 2 else part for index, part in enumerate(parts))
