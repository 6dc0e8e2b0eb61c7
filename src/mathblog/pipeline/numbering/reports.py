"""Problems of the labels and references of a page, at their places."""

from typing import TYPE_CHECKING

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText, Span
from mathblog.core.stops import Stop
from mathblog.markdown.rules.spans.references import names_of
from mathblog.math.errors import locate
from mathblog.model.compiled import Label
from mathblog.model.formula import Formula, FormulaError, Named, Numbering
from mathblog.pipeline.numbering.counting import FormulaNumbers
from mathblog.pipeline.numbering.labels import (
    Labels,
    may_be_elsewhere,
    normal,
    without_prefix,
    without_spelling,
)
from mathblog.pipeline.numbering.references import PAGES
from mathblog.pipeline.numbering.typeset import Typeset

if TYPE_CHECKING:
    from markdown_it.token import Token

_LABELS = lazy_pattern(r"\\label *\{([^{}]+)\}")
_CODE, _UNKNOWN, _UNNUMBERED = "math", "label-unknown", "label-unnumbered"


class Reports:
    """The problems of one page, and where its labels stand. `lenient` makes warnings of labels and tags that are there twice."""

    def __init__(self, page: Typeset, *, lenient: bool = False) -> None:
        self.rendered = page.rendered
        self.found: list[Diagnostic] = []
        self.pending: list[tuple[str, Diagnostic]] = []  # of references that may lead to other posts
        self.lenient = lenient
        self.path = page.document.meta.path
        self._shown = SourceText(self.path, page.parsed.text)
        self._source = page.document.source
        self._segments = page.segments
        self._formulas = page.formulas
        self._nameless: set[str] = set()  # labels of formulas that have no number
        self._broken: set[str] = set()  # labels of formulas that cannot be read, without their spelling
        self._places: dict[str, tuple[int, Token | None]] = {}  # of labels: formulas, or tokens of running text
        self._label_twice: str | Stop = "label-duplicate" if lenient else Stop.LABEL_TWICE
        self._tag_twice: str | Stop = _CODE if lenient else Stop.TAG_TWICE

    def in_text(self, token: "Token", message: str, rule: str, hint: str = "") -> None:
        """Warn at a token of running text."""
        hint = hint or _HINTS.get(rule, "")
        code = _UNNUMBERED if rule == _UNNUMBERED else _CODE
        self.found.append(at(self._source, self._span(token), message, code=code, hint=hint))

    def unseen_link(self, token: "Token", href: str, near: str = "") -> Diagnostic:
        """The warning of a link without words to what has no number: nobody sees it."""
        written = str(token.meta.get("written", href))
        hint = f"did you mean `{near}`?" if near else "write words between the brackets"
        message = f"the link to `{written}` has no words, and nothing with a number is called so: it shows nothing"
        return at(self._source, self._address(token, "[](", written), message, code=_UNKNOWN, hint=hint)

    def unnumbered_link(self, token: "Token", href: str, name: str, labels: Labels | None = None) -> Diagnostic:
        """The warning of a link whose words wait for the number of a label that is not there; `labels` are those of the page."""
        place = self._address(token, "](", str(token.meta.get("written", href)))
        return self._missing(place, name, _nearest(name, labels) if labels else "")

    def _address(self, token: "Token", before: str, href: str) -> Span:
        """The place of the address of a link, which stands behind `before`; its token knows the line alone."""
        span = self._span(token)
        start = self._source.text.find(f"{before}{href})", span.start) + len(before)
        return Span(start, start + len(href)) if start >= len(before) else span

    def unknown(self, token: "Token", name: str, labels: Labels, hint: str = "") -> None:
        """Warn of a reference in running text to a label that is not there."""
        self.add_unknown(name, self._missing(self._span(token), name, _nearest(name, labels) or hint))

    def problem(self, token: "Token", name: str) -> Diagnostic:
        """The warning of a reference to a label that no page has; whoever shows it looks for the nearest one."""
        return self._missing(self._span(token), name)

    def _missing(self, place: Span, name: str, near: str = "") -> Diagnostic:
        hint = near or _MISSING.get(without_prefix(name)[0], "write `\\label{…}` into the equation that is meant")
        hint = "it is written, but names nothing: see the warning there" if normal(name) in self._nameless else hint
        return at(self._source, place, f"no label `{name}`", code=_UNKNOWN, hint=hint)

    def add_unknown(self, name: str, problem: Diagnostic) -> None:
        """Report a reference to no label, unless it is that of a formula that cannot be read: the formula is reported."""
        if without_spelling(name) not in self._broken:
            self.found.append(problem)

    def note_broken(self, formula: Formula, given: str) -> None:
        """Note the labels of a formula that cannot be read; `given` is the one of its attribute list."""
        self._broken |= set(map(without_spelling, filter(None, (given, *_LABELS.findall(formula.tex)))))

    def note_label(self, label: Label, formula: int, token: "Token | None", *, again: bool) -> None:
        """Note where a label stands; a second one of a name is a problem."""
        if not again:
            self._places[label.name] = formula, token
            return
        place = self._span(token) if token is not None else self._in_formula(label.name, formula, last=True)
        first = self._source.position(self._place(label.name).start)
        message = f"the label `{label.name}` is there already, at line {first.line}"
        hint = "references lead to the first one; rename one of them"
        is_id = label.kind in ("figure", "table") or (token is not None and "start" not in token.meta)  # of any element
        code = "label-duplicate" if is_id else self._label_twice
        self.found.append(at(self._source, place, message, code=code, hint=hint))

    def _place(self, name: str) -> Span:
        """Where a label stands that was noted."""
        formula, token = self._places[name]
        return self._span(token) if token is not None else self._in_formula(name, formula, last=False)

    def alike(self, label: Label, other: Label) -> None:
        """Warn of a label that another one is without its prefix."""
        message = f"the label `{label.name}` is the same as `{other.name}` but for its prefix"
        hint = "a reference finds each by its own spelling only; rename one of them"
        self.found.append(at(self._source, self._place(label.name), message, code=_CODE, hint=hint))

    def of_formula(self, index: int, numbers: FormulaNumbers, labels: Labels, mode: str) -> None:
        """Report what is wrong in a formula of the page: labels without a number, a second tag, references to no label."""
        formula, numbering = self._formulas[index], self.rendered[index].numbering
        if numbering is None:
            return
        self._nameless |= {normal(it.name) for it in numbers.lost}
        for label in (*numbers.lost, *numbers.moved):
            self._at(
                formula,
                label,
                f"the label `{label.name}` stands on a row without a number",
                _unnumbered(numbering, mode),
            )
        for problem in numbering.problems:
            if problem.kind == "tag":
                place, hint = self._argument(formula, problem.position), "the first one stays; delete one of them"
                self.found.append(
                    at(self._source, place, "a second `\\tag` in one row", code=self._tag_twice, hint=hint)
                )
            else:
                message = f"the label `{problem.name}` names nothing: a formula in a line of text has no number"
                hint = "display it, with `$$` and an empty line before and after it; or delete the label"
                self._at(formula, Named(problem.name, problem.position), message, hint)
                self._nameless.add(normal(problem.name))
        for reference in numbering.references:
            if reference.command in PAGES:
                place = self._of(formula, reference.position, len(reference.command) + 1)
                self.no_page(f"\\{reference.command}{{{reference.names}}}", place)
            for name in names_of(reference.command, reference.names) or ("",):
                if not labels.find(name):
                    place = self._of(formula, reference.position, len(reference.command) + 1)
                    self.unresolved(name, place, labels)

    def no_page(self, written: str, place: Span) -> None:
        r"""Warn of a `\pageref` that is no token of running text."""
        message, _, hint = no_page(written)
        self.found.append(at(self._source, place, message, code=_CODE, hint=hint))

    def unresolved(self, name: str, place: Span, labels: Labels) -> None:
        """Note a name that is no label of the page: it may be one of another."""
        if may_be_elsewhere(name):
            self.pending.append((name, self._missing(place, name)))
        else:
            self.add_unknown(name, self._missing(place, name, _nearest(name, labels)))

    def _at(self, formula: Formula, label: Named, message: str, hint: str) -> None:
        place = self._argument(formula, label.position, label.name)
        self.found.append(at(self._source, place, message, code=_UNNUMBERED, hint=hint))

    def _argument(self, formula: Formula, position: int, written: str = "") -> Span:
        """A command by the place of its argument: from its backslash."""
        start = formula.tex.rfind("\\", 0, max(position, 0)) if position >= 0 else -1
        return self._of(formula, start, position + len(written) + 2 * bool(written) - start)

    def _of(self, formula: Formula, position: int, length: int) -> Span:
        return locate(formula, FormulaError("", position, length if position >= 0 else 0), self._source)

    def _in_formula(self, name: str, index: int, *, last: bool) -> Span:
        """Where the label of a formula stands in the author's file."""
        formula = self._formulas[index]
        text = self._source.text[formula.span.start : formula.span.end]
        written = f"\\label{{{name}}}"
        start = text.rfind(written) if last else text.find(written)
        if start < 0:
            return formula.span
        return Span(formula.span.start + start, formula.span.start + start + len(written))

    def _span(self, token: "Token") -> Span:
        if "start" in token.meta:
            return self._segments.source_span(Span(token.meta["start"], token.meta["end"]))
        start = self._shown.offset(token.map[0] + 1 if token.map else 1)
        return self._segments.source_span(Span(start, start))


def no_page(written: str) -> tuple[str, str, str]:
    r"""The message, the rule and the hint for a `\pageref`, which shows a number."""
    return f"`{written}` cannot show a page: the web has none", "", "write `\\ref`, or name the section"


def _nearest(name: str, labels: Labels) -> str:
    """A hint for a name that is no label of the page, '' where nothing is like it."""
    if "," in name and all(map(labels.find, name.split(","))):
        return f"this command takes one label: write `\\cref{{{name}}}`, or one command for each"
    near = labels.near(name)
    return f"did you mean `{near}`?" if near else ""


_MISSING = {
    prefix: f"give the statement that is meant this name: `{{: .{kind} #{prefix}-euler}}`"
    for prefix, kind in (
        ("thm", "theorem"),
        ("lem", "lemma"),
        ("prop", "proposition"),
        ("cor", "corollary"),
        ("def", "definition"),
    )
}  # hints, by the prefixes of names
_HINTS = {_UNNUMBERED: "write it into a displayed formula, or into a heading"}


def _unnumbered(numbering: Numbering, mode: str) -> str:
    if mode == "none":
        return "`math.number` is `none` here: add a `\\tag`, or number the rows with a label (`labelled`)"
    if any(display.kind == "starred" for display in numbering.displays):
        return "remove the `*` of the environment, or add a `\\tag`"
    return "delete `\\notag`, or the label"
