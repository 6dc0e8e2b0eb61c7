r"""The formulas of a document, each with the macro definitions that earlier ones made for it.

TeX's scoping rules hold: a definition outside of all groups, or by `\gdef`, is there for all later formulas.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mathblog.core.dataclass import dataclass, field
from mathblog.core.source import Span
from mathblog.model.formula import Formula
from mathblog.text.tex.definitions import Definition, find_definitions
from mathblog.text.tex.tokens import control_sequences


class FoundFormula(NamedTuple):
    """One formula as the parser found it; `span` is the stretch of the author's file that holds its TeX."""

    tex: str
    display: bool
    span: Span


def collect_formulas(pieces: Sequence[FoundFormula], definitions: Iterable[str] = ()) -> list[Formula]:
    """The formulas in order, each with its prelude. `definitions` hold from the first one on.

    A prelude holds only the definitions that the formula uses, directly or through other macros: an unrelated
    definition changes no key and renders nothing again. Time is linear in the text for each definition used.
    """
    scope = _Scope()
    for tex in definitions:
        scope.read(tex)
    formulas = []
    for tex, display, span in pieces:
        formulas.append(Formula(tex, display, scope.prelude(tex), span))
        scope.read(tex)
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
    """The definitions that the formulas so far have made."""

    entries: dict[str, _Entry] = field(default_factory=dict)
    count: int = 0

    def read(self, tex: str) -> None:
        """Note the definitions of a formula."""
        for definition in find_definitions(tex):
            self.add(definition)

    def add(self, definition: Definition) -> None:
        if not definition.lasting or (definition.keeps and definition.name in self.entries):
            return
        captured = tuple(self._needed(definition.uses).values()) if definition.eager else ()
        self.count += 1
        self.entries[definition.name] = _Entry(self.count, definition, captured)

    def prelude(self, tex: str) -> str:
        """The definitions that `tex` needs, in the order they were made."""
        if not self.entries:
            return ""
        packages = [
            name for name in self.entries if name.startswith(r"\require{")
        ]  # their commands have no definitions here
        needed = self._needed([*control_sequences(tex), *packages])
        return "\n".join(needed[number].definition.tex for number in sorted(needed))

    def _needed(self, names: Iterable[str]) -> dict[int, _Entry]:
        needed: dict[int, _Entry] = {}
        waiting = list(self._in_force(names))
        while waiting:
            entry = waiting.pop()
            if entry.number in needed:
                continue
            needed[entry.number] = entry
            waiting += entry.captured
            waiting += self._in_force(entry.definition.uses)
        return needed

    def _in_force(self, names: Iterable[str]) -> Iterator[_Entry]:
        return (self.entries[name] for name in names if name in self.entries)
