"""The numbers of statements, in the order of the page: one counter for all kinds, one for each, or that of equations."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from mathblog.model.compiled import EQUATION
from mathblog.model.options import NumberOptions
from mathblog.model.statements.kinds import DECLARED, PROOF, StatementOptions
from mathblog.model.statements.names import proof_of
from mathblog.pipeline.numbering.counting import Counter
from mathblog.pipeline.numbering.words import LanguageWords, words_of

if TYPE_CHECKING:
    from markdown_it.token import Token

SHARED = ""


class StatementCounters:
    """The counters of the statements of a page. That of equations is `equations`, which counts on its own."""

    def __init__(
        self, options: StatementOptions, numbers: NumberOptions, levels: Sequence[int], equations: Counter
    ) -> None:
        self.options = options
        own = replace(numbers, mode="all", within=options.within or "page", start=1)
        self._counters = {SHARED: Counter(own, levels)}
        if options.counter == "own":
            self._counters = {kind.name: Counter(own, levels) for kind in options.kinds}
        elif options.counter == DECLARED:
            alone = [kind for kind in options.kinds if kind.counter in ("", kind.name)]
            self._counters = {it.name: Counter(replace(own, within=it.within or "page"), levels) for it in alone}
        elif options.counter == EQUATION:
            self._counters = {}
        self._equations = equations
        self._without: dict[str, int] = {}  # statements without a number, by kind

    def begin_section(self, level: int) -> None:
        """Count a heading."""
        for counter in self._counters.values():
            counter.begin_section(level)

    def number(self, statement: "Token") -> str:
        """The number of a statement: the one that its author gave, else the next; '' for one that has none."""
        meta = statement.meta
        kind = self.options.find(meta["kind"])
        if meta["number"] or kind is None or meta["unnumbered"]:
            return str(meta["number"])
        counter = self._counters.get(kind.counter or kind.name) or self._counters.get(SHARED)
        return (counter or self._equations).next()

    def name(self, statement: "Token") -> str:
        """The id that a statement without a label is to have: `thm-3`, `proof`, `proof-2`."""
        kind, number = self.options.find(statement.meta["kind"]), statement.meta["shown"]
        if kind is None:
            return ""
        if number:
            return f"{kind.prefix}-{number}"
        count = self._without[kind.name] = self._without.get(kind.name, 0) + 1
        return kind.name if count == 1 else f"{kind.name}-{count}"


@cache
def words_with(options: StatementOptions, lang: str) -> LanguageWords:
    """The words of a language, with the names that the site gives to kinds, its own and others."""
    words = words_of(lang)
    names = dict(words.names)
    names |= {kind.name: (kind.title,) for kind in options.kinds if kind.title}
    code = lang.lower().replace("_", "-")
    for language, word, name in options.names:
        kind = options.find(word)
        if language.lower().replace("_", "-") in ("", code, code.partition("-")[0]):
            names[kind.name if kind else word] = (name,)
    return words._replace(names=names)


def head_of_proof(kind: str, reference: str, html: str, lang: str) -> str:
    """The head of a proof that says what it proves, as HTML: `reference` is the text in the link `html`."""
    before, shown, behind = proof_of(kind, reference, lang)
    return (
        escape(before)
        + html.replace(f">{escape(reference, quote=False)}<", f">{escape(shown, quote=False)}<")
        + escape(behind)
    )


def is_proof(statement: "Token") -> bool:
    """Whether a statement is a proof of something that it names."""
    return statement.meta["kind"] == PROOF and bool(statement.meta["of"]) and not statement.meta.get("named")
