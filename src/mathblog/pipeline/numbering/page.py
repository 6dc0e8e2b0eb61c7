"""The numbers and references of one page: what its tokens and formulas show, its labels, and what is wrong with them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from mathblog.core.diagnostic import Diagnostic
from mathblog.core.patterns import lazy_pattern
from mathblog.model.body import Math
from mathblog.model.compiled import EQUATION, SECTION, Label
from mathblog.model.formula import Formula, RenderedFormula
from mathblog.model.options import NumberOptions
from mathblog.model.statements.kinds import StatementOptions
from mathblog.pipeline.images.numbers import FigureCounters
from mathblog.pipeline.numbering.anchors import Anchors
from mathblog.pipeline.numbering.counting import Counter, FormulaNumbers, Numbered, count_formula
from mathblog.pipeline.numbering.formulas import PageNumbering, RowPlace, resolved, show
from mathblog.pipeline.numbering.front_matter import has_references, report_front_matter
from mathblog.pipeline.numbering.heads import close_gap, put_in_heads
from mathblog.pipeline.numbering.labels import PREFIXES, normal, without_prefix, without_spelling
from mathblog.pipeline.numbering.reports import Reports
from mathblog.pipeline.numbering.statements import StatementCounters, words_with
from mathblog.pipeline.numbering.texts import names_in, put_in_references
from mathblog.pipeline.numbering.typeset import Typeset
from mathblog.pipeline.numbering.words import name_of, words_of

if TYPE_CHECKING:
    from markdown_it.token import Token

_BEHIND = 4  # tokens from the beginning of a heading to the text of the paragraph behind it
_WITHOUT = FormulaNumbers(())
_NAMES = lazy_pattern(r"eq[:_-].")  # ids of an attribute list that are labels


class NumberedPage(NamedTuple):
    """The formulas of a page with their numbers, one of them for lists of posts, the labels of the page, and what was wrong."""

    formulas: Sequence[str | Math]
    listed: Callable[[int], str | Math] | None = None
    labels: tuple[Label, ...] = ()
    pending: tuple[tuple[str, Diagnostic], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def number_page(typeset: Typeset, options: NumberOptions, kinds: StatementOptions | None, url: str) -> NumberedPage:
    """Number the equations of a page and put in what its references show. The tokens are changed.

    `url` is the address of the page, `kinds` are the kinds of statements.
    """
    parsed, formulas, rendered = typeset.parsed, typeset.formulas, typeset.rendered
    tokens, text, statements = parsed.tokens, parsed.text, kinds if "statements" in parsed.env else None
    pieces = [
        Math(formula.tex, formula.display, result.html) if result.html else ""
        for formula, result in zip(formulas, rendered, strict=True)
    ]
    figures = "figures" in parsed.env
    references = "refers" in parsed.env or "#eq" in text or "ref{" in text
    numbered = (
        references
        or figures
        or has_references(typeset.document)
        or options.mode == "all"
        or any(result.numbering for result in rendered)
    )
    if not numbered and statements is None:
        return NumberedPage(pieces)
    levels: Sequence[int] = ()  # of the headings that count, highest first
    if options.within != "page" or (statements and statements.within):
        levels = sorted({int(it.tag[1]) for it in tokens if it.type == "heading_open" and _counts(it)})
    counter, reports = _counter(tokens, rendered, options, levels), Reports(typeset, lenient=options.lenient)
    page = PageNumbering(counter, words_of(options.lang), url, Anchors(tokens), reports, lang=options.lang)
    page.figures = FigureCounters(options) if figures else None
    if statements is not None:
        page.words = words_with(statements, options.lang)
        page.statements = StatementCounters(statements, options, levels, page.counter)
    counted = list(_count(page, tokens, formulas, rendered))
    if statements is not None:
        put_in_heads(page, tokens, options.lang)
    shown = {
        index
        for index, numbers in enumerate(counted)
        if rendered[index].html and (rendered[index].numbering or numbers.block or any(numbers.rows))
    }

    def piece(index: int, address: str = url) -> str | Math:
        is_shown = index in shown
        return show(page, formulas[index], rendered[index], counted[index], address) if is_shown else pieces[index]

    own = [piece(index, "") for index in range(len(pieces))]
    for index, numbers in enumerate(counted):  # first: it knows which labels name nothing
        if rendered[index].numbering:
            reports.of_formula(index, numbers, page.labels, options.mode)
    if references:
        put_in_references(page, tokens)
    report_front_matter(typeset.document, page.labels, reports)
    return NumberedPage(own, piece, tuple(resolved(page)), tuple(reports.pending), tuple(reports.found))


def _counter(
    tokens: "Sequence[Token]", rendered: Sequence[RenderedFormula], options: NumberOptions, levels: Sequence[int]
) -> Counter:
    names: frozenset[str] = frozenset()
    if options.mode == "referenced":
        in_text = (name for token in tokens for name in names_in(token.children or ()))
        in_formulas = (it.names for result in rendered if result.numbering for it in result.numbering.references)
        several = (name for names in in_formulas for name in names.split(","))
        names = frozenset(map(without_spelling, chain(in_text, several)))
    return Counter(options, levels, names)


def _counts(heading: "Token") -> bool:
    return "unnumbered" not in str(heading.attrs.get("class", "")).split()


def _count(
    page: PageNumbering, tokens: "Sequence[Token]", formulas: Sequence[Formula], rendered: Sequence[RenderedFormula]
) -> Iterator[FormulaNumbers]:
    """The numbers of each formula in the order of the page; labels are noted on the way."""
    index = 0
    for number, token in enumerate(tokens):
        if token.type == "math_block":
            yield _count_one(page, token, index, formulas[index], rendered[index])
            index += 1
        elif token.type in _STEPS:
            _STEPS[token.type](page, token)
        for child in token.children or ():
            kind = child.type
            if kind == "math_inline":
                plain = rendered[index].numbering is None and not formulas[index].display
                yield _WITHOUT if plain else _count_one(page, child, index, formulas[index], rendered[index])
                index += 1
            elif kind == "reference" and child.meta["command"] == "label":
                if page.opened and tokens[number - 1].type != "heading_open":
                    _note_statement(page, page.opened[-1], child.meta["names"][0], child)
                    close_gap(token.children or ())
                else:
                    _note_section(page, tokens, number, child)
    if page.parts is not None:
        page.reports.in_text(
            page.parts, "`subequations` are never closed", "", r"write `\end{subequations}` on a line of its own"
        )


def _enter(page: PageNumbering, token: "Token") -> None:
    """Count a heading or a statement that begins, and note what is open."""
    if token.type == "heading_open":
        if _counts(token):
            page.counter.begin_section(int(token.tag[1]))
            if page.statements:
                page.statements.begin_section(int(token.tag[1]))
    elif token.type == "statement_open":
        if page.statements is not None:  # its number, and an id where it has no label
            meta = token.meta
            meta["shown"] = page.statements.number(token)
            meta["name"] = name_of(meta["kind"], page.words)
            if meta["label"]:
                _note_statement(page, token, meta["label"])
            elif wanted := page.statements.name(token):
                meta["id"] = page.anchors.make(wanted, tag=True)
        page.opened.append(token)
    else:
        page.opened.pop()


def _enter_figure(page: PageNumbering, token: "Token") -> None:
    """Count a figure that has a label, or those in HTML, where a label that is there twice is no fault."""
    for it in (token,) if token.type == "figure_open" else token.children or ():
        if page.figures is not None and it.type in ("figure_open", "figure_label") and it.meta["label"]:
            it.meta["name"] = name_of(it.meta["kind"], page.words)
            label = page.figures.number(it)
            page.labels.add(label) if it is not token else _add(page, label, -1, token)


def _count_one(
    page: PageNumbering, token: "Token", index: int, formula: Formula, result: RenderedFormula
) -> FormulaNumbers:
    numbering, given = result.numbering, _own_name(token, formula)
    if result.error:
        page.reports.note_broken(formula, given)
        return _WITHOUT
    unmarked = formula.display and result.html and (given or page.counter.options.mode == "all")
    if not (numbering or unmarked):
        return _WITHOUT
    numbers = count_formula(page.counter, numbering, [given] if given else [])
    rows = numbers.rows if numbers.block is None else (numbers.block,)
    anchors = [_anchor(page, row, given) if row else "" for row in rows]
    for row, anchor in zip(rows, anchors, strict=True):
        if row is None:
            continue
        for name in map(normal, row.labels):
            is_first = _add(page, Label(name, EQUATION, row.parts[0] if row.tag < 0 else "", anchor), index)
            if is_first and row.tag >= 0:
                page.places[name] = RowPlace(row, index)
    for name, number, first in numbers.names:
        anchor = next(filter(None, anchors[first:]), "")
        _add(page, Label(normal(name), EQUATION, number, anchor), index)
    made = [anchor for anchor in anchors if anchor]
    if page.waiting is not None and made:
        _add(page, page.waiting[0]._replace(id=made[0], number=page.counter.parent), -1, page.waiting[1])
        page.waiting = None
    if len(made) == 1 and (numbers.block or numbering is None or numbering.form == "one"):
        token.meta["anchor"] = made[0]
    return numbers._replace(anchors=anchors)


def _own_name(token: "Token", formula: Formula) -> str:
    """The label in the attribute list of a displayed formula, '' for none."""
    name = str(token.attrs.get("id", "")) if formula.display and token.attrs else ""
    return name if _NAMES.match(name) else ""


def _note_statement(page: PageNumbering, statement: "Token", name: str, token: "Token | None" = None) -> None:
    r"""Note the label of a statement; `token` is a `\label` in its text, which shows nothing."""
    meta = statement.meta
    if token is not None:
        if not meta["label"]:
            meta["label"], meta["id"] = name, "-".join(name.replace(":", "-").split())
        token.content = ""
        token.meta.update(html="", listed="")
    known = page.labels.find(name)
    label = Label(normal(name), meta["kind"], meta["shown"], meta["id"], meta["title"])
    _add(page, label, -1, token or statement)
    if known is not None and known.id == meta["id"]:
        meta["id"] = ""  # an id stands once on a page
    kind = page.statements.options.of_label(name) if page.statements else None
    if kind and kind.prefix not in PREFIXES and name.startswith(f"{kind.prefix}-"):
        page.labels.add(label._replace(name=normal(name.replace("-", ":", 1))))  # of the site's own: `qst-a` is `qst:a`
    if label.id and page.labels.find(label.id) is None:
        page.labels.add(label._replace(name=label.id))  # `\\label{thm:main:a}` is `thm-main-a`, too


def _turn(page: PageNumbering, token: "Token") -> None:
    r"""Begin or end `subequations` that stand in the text. Their label leads to their first equation."""
    label = token.meta["label"]
    if (token.type == "subequations_open") == (page.parts is not None):
        verb = "opened in others" if page.parts else "never opened"
        page.reports.in_text(
            token, f"these `subequations` are {verb}", "label-unnumbered", "write both lines, each alone"
        )
    page.parts = token if token.type == "subequations_open" else None
    if token.type == "subequations_open":
        page.counter.open(labelled=bool(label))
        page.waiting = (Label(normal(label), EQUATION, "", ""), token) if label else None
    else:
        page.counter.close()


def _anchor(page: PageNumbering, row: Numbered, given: str) -> str:
    """The id of a row: that of its label, else that of its number."""
    if given and given in row.labels:
        return given
    if row.labels:
        return page.anchors.make(f"eq-{without_prefix(normal(row.labels[0]))[1]}")
    return page.anchors.make("eq-" + "".join(row.parts[::2]).strip("()"), tag=row.tag >= 0)


def _note_section(page: PageNumbering, tokens: "Sequence[Token]", number: int, token: "Token") -> None:
    r"""A `\label` in a heading, or right behind one, names it; elsewhere it stays as it was written."""
    is_in = tokens[number - 1].type == "heading_open"
    is_first = next(iter(tokens[number].children or ()), None) is token
    is_behind = is_first and number >= _BEHIND and tokens[number - 2].type == "heading_close"
    if not (is_in or is_behind):
        page.reports.in_text(token, f"`{token.content}` stands in no formula and behind no heading", "label-unnumbered")
        return
    start = number - 1 if is_in else number - _BEHIND
    heading, title = tokens[start], tokens[start + 1]
    words = "".join(
        it.content for it in title.children or () if it.type in ("text", "code_inline", "math_inline")
    ).strip()
    label = Label(normal(token.meta["names"][0]), SECTION, "", str(heading.attrs.get("id", "")), words)
    _add(page, label, -1, token)
    token.content = ""
    token.meta.update(html="", listed="")
    children = tokens[number].children or []
    if is_behind:
        close_gap(children)
        if len(children) == 1:  # a paragraph of nothing else
            tokens[number - 1].hidden = tokens[number + 1].hidden = True
    elif children[-1] is token and len(children) > 1 and children[-2].type == "text":
        children[-2].content = children[-2].content.rstrip()


def _add(page: PageNumbering, label: Label, formula: int, token: "Token | None" = None) -> bool:
    """Note a label; the first of a name wins. Return whether it is this one."""
    first = page.labels.add(label)
    page.reports.note_label(label, formula, token, again=first is not None)
    if first is None and (other := page.labels.like(label)):
        page.reports.alike(label, other)
    return first is None


_STEPS: Mapping[str, Callable[[PageNumbering, "Token"], None]] = {
    "heading_open": _enter,
    "statement_open": _enter,
    "statement_close": _enter,
    "figure_open": _enter_figure,
    "html_block": _enter_figure,
    "subequations_open": _turn,
    "subequations_close": _turn,
}  # for tokens that count, or that change what is counted
