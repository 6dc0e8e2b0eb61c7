"""A page while its equations are numbered, and the formulas of it with their numbers."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from mathblog.core.dataclass import dataclass, field
from mathblog.markdown.rules.spans.references import names_of
from mathblog.math.marks import MarkContent, put_in, with_number
from mathblog.model.body import Math
from mathblog.model.compiled import EQUATION, Label
from mathblog.model.formula import Formula, Numbering, RenderedFormula
from mathblog.pipeline.images.numbers import FigureCounters
from mathblog.pipeline.numbering.anchors import Anchors
from mathblog.pipeline.numbering.counting import Counter, FormulaNumbers, Numbered
from mathblog.pipeline.numbering.labels import Labels, may_be_elsewhere
from mathblog.pipeline.numbering.pending import Pending, in_words, mark
from mathblog.pipeline.numbering.references import FoundLabel, escaped, html_of, refer, text_of
from mathblog.pipeline.numbering.reports import Reports
from mathblog.pipeline.numbering.statements import StatementCounters
from mathblog.pipeline.numbering.words import LanguageWords, name_of

if TYPE_CHECKING:
    from markdown_it.token import Token

_UNKNOWN = "??"  # the number of a tag that refers to itself
_DEEPEST = 20  # tags that refer to tags
_LONGEST = 1000  # characters that references bring into a number: tags that refer to tags twice double


@dataclass(slots=True)
class RowPlace:
    r"""A row with a `\tag`; `formula` is the index of its formula."""

    numbered: Numbered
    formula: int


@dataclass(slots=True)
class PageNumbering:
    """The page while it is numbered."""

    counter: Counter
    words: LanguageWords
    url: str
    anchors: Anchors
    reports: Reports
    statements: StatementCounters | None = None
    figures: FigureCounters | None = None
    opened: "list[Token]" = field(default_factory=list)  # statements
    labels: Labels = field(default_factory=Labels)
    ids: dict[str, Label] = field(default_factory=dict)  # the labels by the ids of their places, when all are known
    places: dict[str, RowPlace] = field(default_factory=dict)  # of labels that stand at a `\tag`, by their names
    texts: dict[str, str] = field(default_factory=dict)
    resolving: set[str] = field(default_factory=set)
    parts: "Token | None" = None  # the beginning of `subequations` that are open in the text
    waiting: "tuple[Label, Token] | None" = None  # the label of `subequations` whose first equation is still to come
    lang: str = "en"


class _Number(NamedTuple):
    """The number of a row in KaTeX's letters, in MathML and as a text."""

    html: str
    mathml: str
    text: str


def show(page: PageNumbering, formula: Formula, result: RenderedFormula, numbers: FormulaNumbers, url: str) -> Math:
    """A formula with its numbers; with a `url` as it stands in lists, without ids, its links lead to that page."""
    numbering, anchors = result.numbering, numbers.anchors
    if numbering is None:
        row = numbers.block or numbers.rows[0]
        number = _linked(page, _number(page, None, row), anchors[0], url, alone=True) if row else None
        html = with_number(result.html, number) if number else result.html
    else:
        alone = numbering.form == "one" or numbers.block is not None
        shown = [
            _linked(page, _number(page, numbering, row), anchor, url, alone=alone) if row else None
            for row, anchor in zip(
                numbers.rows, anchors if numbers.block is None else [""] * len(numbers.rows), strict=True
            )
        ]
        html = put_in(numbering, shown, _shown_references(page, numbering, url))
        if numbers.block:
            of_block = _number(page, numbering, numbers.block)
            html = with_number(html, _linked(page, of_block, anchors[0], url, alone=True))
    return Math(formula.tex, formula.display or html.startswith('<span class="katex-display">'), html)


def _number(page: PageNumbering, numbering: Numbering | None, row: Numbered) -> _Number:
    """The number of a row."""
    if numbering is not None and row.tag >= 0:
        references = _shown_references(page, numbering, "", links=False)
        tag = numbering.tags[row.tag]
        known = {f"{sign}{index}": it for index, it in enumerate(references) for sign in "rs"}
        inner = "".join(known[part].html if index % 2 else part for index, part in enumerate(tag.html))
        mathml = "".join(known[part].mathml if index % 2 else part for index, part in enumerate(tag.mathml))
        return _Number(inner, mathml, _text(page, numbering, row))
    return _automatic(row.parts[0])


@lru_cache(maxsize=256)
def _automatic(number: str) -> _Number:
    text = f"({number})"
    html = f'<span class="mord text"><span class="mord">{escape(text)}</span></span>'
    return _Number(html, f"<mtext>{escape(text)}</mtext>", text)


def _linked(page: PageNumbering, number: _Number, anchor: str, url: str, *, alone: bool) -> MarkContent:
    """A number as a link to its place. One beside the formula stands in KaTeX's letters; one of several has its id."""
    own = "" if url or alone or not anchor else f' id="{escaped(anchor)}"'
    name = escaped(in_words(f"{name_of(EQUATION, page.words)} {number.text}"))
    href = escaped(f"{url}#{anchor.replace('%', '%25')}")
    link = f'<a class="eqno"{own} href="{href}" aria-label="{name}">{number.html}</a>'
    return MarkContent(f'<span class="katex-tag katex">{link}</span>' if alone else link, number.mathml)


def _shown_references(page: PageNumbering, numbering: Numbering, url: str, *, links: bool = True) -> list[MarkContent]:
    shown = []
    for command, names, _ in numbering.references:
        known = names_of(command, names)
        if any(leads_elsewhere(page, name) for name in known):
            waiting = Pending("hidden" if links else "text", command, known, page.reports.path, page.lang)
            shown.append(MarkContent(mark(waiting), f"<mtext>{mark(waiting._replace(form='words'))}</mtext>"))
            continue
        runs = refer(command, known, finder(page, url), page.words)
        words = escaped(in_words(text_of(runs)), quote=False)
        shown.append(MarkContent(html_of(runs, links=links, hidden=True), f"<mtext>{words}</mtext>"))
    return shown


def leads_elsewhere(page: PageNumbering, name: str) -> bool:
    """Whether a name is none of this page and may be one of another."""
    return may_be_elsewhere(name) and page.labels.find(name) is None


def finder(page: PageNumbering, url: str) -> Callable[[str], FoundLabel | None]:
    """A function that finds the places of the page, with this address."""

    def find(name: str) -> FoundLabel | None:
        label = page.labels.find(name)
        return FoundLabel(with_its_number(page, label), url) if label else None

    return find


def resolved(page: PageNumbering) -> Iterator[Label]:
    """The labels of the page with their numbers."""
    return (with_its_number(page, label) for label in page.labels)


def with_its_number(page: PageNumbering, label: Label) -> Label:
    r"""A label with its number, also where that is a `\tag` with references in it."""
    place = page.places.get(label.name)
    if place is None:
        return label
    text = page.texts.get(label.name)
    if text is None:
        text = _UNKNOWN
        if label.name not in page.resolving and len(page.resolving) < _DEEPEST:  # it is not on its way to itself
            page.resolving.add(label.name)
            numbering = page.reports.rendered[place.formula].numbering
            text = _text(page, numbering, place.numbered) if numbering else ""
            text = text[1:-1] if text.startswith("(") and text.endswith(")") else text
            longest = _LONGEST + sum(map(len, place.numbered.parts))
            text = page.texts[label.name] = text if len(text) <= longest else _UNKNOWN
            page.resolving.remove(label.name)
    return label._replace(number=text)


def _text(page: PageNumbering, numbering: Numbering, row: Numbered) -> str:
    pieces = []
    for index, part in enumerate(row.parts):
        if index % 2:
            command, written, _ = numbering.references[int(part[1:])]
            names = names_of(command, written)
            if any(leads_elsewhere(page, name) for name in names):
                pieces.append(mark(Pending("text", command, names, page.reports.path, page.lang)))
            else:
                pieces.append(text_of(refer(command, names, finder(page, ""), page.words)))
        else:
            pieces.append(part)
    return "".join(pieces)
