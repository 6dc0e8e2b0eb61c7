r"""The formulas of a document, each with the macro definitions that earlier ones made for it.

TeX's scoping rules hold: a definition outside of all groups, or by `\gdef`, is there for all later formulas.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mathblog.core.dataclass import dataclass, field
from mathblog.core.source import Span
from mathblog.model.formula import TOO_LONG, Formula
from mathblog.text.tex.definitions import Definition, find_definitions, waits
from mathblog.text.tex.tokens import control_sequences

_LONGEST = 20_000_000  # characters of all preludes of a document: a thesis has one million


class FoundFormula(NamedTuple):
    """One formula as the parser found it; `span` is the stretch of the author's file that holds its TeX."""

    tex: str
    display: bool
    span: Span


def collect_formulas(pieces: Sequence[FoundFormula], definitions: Iterable[str] = ()) -> list[Formula]:
    """The formulas in order, each with its prelude. `definitions` hold from the first one on.

    A prelude holds only the definitions that the formula uses, directly or through other macros: an unrelated
    definition changes no key and renders nothing again. Time is linear in the text for each definition used, and the
    preludes have a length at most: a formula after that has `TOO_LONG`.
    """
    scope = _Scope()
    for tex in definitions:
        scope.read(find_definitions(tex))
    formulas = []
    for tex, display, span in pieces:
        found = find_definitions(tex)
        prelude = "" if found and waits(tex, found) else scope.prelude(tex)
        formulas.append(Formula(tex, display, prelude, span))
        scope.read(found)
    return formulas


def defined_names(pieces: Iterable[FoundFormula | Formula]) -> tuple[str, ...]:
    """The macros that a document's formulas define anywhere, for hints."""
    return tuple(dict.fromkeys(it.name for piece in pieces for it in find_definitions(piece.tex)))


@dataclass(slots=True)
class _Entry:
    """A definition in force; `captured` are the meanings that an eager one took when it was made."""

    number: int
    definition: Definition
    captured: tuple["_Entry", ...]


@dataclass(slots=True)
class _Scope:
    """The definitions that the formulas so far have made; `left` is how many characters preludes may still have."""

    entries: dict[str, _Entry] = field(default_factory=dict)
    packages: dict[str, None] = field(default_factory=dict)
    count: int = 0
    left: int = _LONGEST

    def read(self, definitions: Iterable[Definition]) -> None:
        """Note the definitions of a formula."""
        for definition in definitions:
            name = definition.name
            if not definition.lasting or (definition.keeps and name in self.entries):
                continue
            captured = tuple(self._needed(definition.uses, now=True)) if definition.eager and self.left > 0 else ()
            self.left -= len(captured)
            self.count += 1
            self.entries[name] = _Entry(self.count, definition, captured)
            if name.startswith(r"\require{"):  # its commands have no definitions here
                self.packages[name] = None

    def prelude(self, tex: str) -> str:
        """The definitions that `tex` needs, in the order they were made; `TOO_LONG` where no characters are left."""
        names = (
            [name for name in (*control_sequences(tex), *self.packages) if name in self.entries] if self.entries else []
        )
        if not names or self.left <= 0:
            return TOO_LONG if names else ""
        needed = sorted(self._needed(names), key=lambda entry: entry.number)
        prelude = "\n".join(entry.definition.tex for entry in needed)
        self.left -= len(prelude)
        return prelude

    def _needed(self, names: Iterable[str], *, now: bool = False) -> list[_Entry]:
        """The definitions behind some names. What eager ones captured counts as theirs where it is asked for what holds `now`."""
        needed: dict[int, _Entry] = {}
        waiting = list(self._in_force(names))
        while waiting:
            entry = waiting.pop()
            if entry.number in needed:
                continue
            needed[entry.number] = entry
            if now and entry.definition.eager:
                continue
            waiting += entry.captured
            waiting += self._in_force(entry.definition.uses)
        return list(needed.values())

    def _in_force(self, names: Iterable[str]) -> Iterator[_Entry]:
        return (self.entries[name] for name in names if name in self.entries)
