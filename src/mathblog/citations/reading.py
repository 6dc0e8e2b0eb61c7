"""A `.bib` file -> its entries, by pybtex's parser. What is broken is told at its place, and the rest is used."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pybtex.database.input.bibtex import NAME_CHARS, LowLevelParser, UndefinedMacro, month_names
from pybtex.scanner import Literal, PrematureEOF, PybtexSyntaxError, Token
from pybtex.utils import CaseInsensitiveDict

from mathblog.citations.names import AND
from mathblog.core.dataclass import dataclass
from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText, Span
from mathblog.model.citations.reference import Reference

CODE = "citation"
_MOST_JOINED = 4  # pieces
_BROUGHT = 100_000  # characters that `@string`s may bring in, and so many for each of the file
_BROUGHT_A_CHARACTER = 20
_ENTRY = lazy_pattern(r"^[ \t]*@[ \t]*[A-Za-z]+\s*[{(]", re.MULTILINE)
_NAME = re.escape(NAME_CHARS)
_BRACED = (
    r"(?:[^{}]++|\{(?:[^{}]++|\{(?:[^{}]++|\{[^{}]*+\})*+\})*+\})*+"  # with braces three deep: `{$\mathbb{R}^{d}$}`
)
_FIELD = lazy_pattern(  # `name = value` up to a comma or the end of the entry
    rf"[\s,]*+([{_NAME}][{_NAME}0-9]*+)\s*=\s*(?:\{{({_BRACED})\}}|\"([^\"{{}}]*+)\"|([0-9]++))\s*(?=[,)}}])"
)
_SIGNS = lazy_pattern(r"[{}\"@]")  # all that pybtex skips to
_NOT_ENTRIES = frozenset({"string", "preamble", "comment"})
_ROLES = frozenset({"author", "editor"})
_ENTITY = lazy_pattern(r"&#?\w+;")
_MOST_COMMAS = 2  # in a name
_JOINED = "write `Gauss, C. F. and Riemann, B.`"
_LENDING = frozenset({"xdata", "set"})  # biblatex's: nothing that could be cited
_IN_OTHERS = frozenset({"incollection", "inproceedings", "inbook", "conference", "suppcollection", "inreference"})
_NEVER_INHERITED = frozenset({"crossref", "key", "keywords", "abstract", "note", "label", "xref"})


@dataclass(frozen=True, slots=True)
class Bibliography:
    """The entries of a file in their order, and what was wrong with it."""

    references: tuple[Reference, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def read_bibliography(source: SourceText) -> Bibliography:
    """The entries of a BibTeX file. Keys are as they are written; of two entries with one key the first counts.

    `crossref` is followed once, as BibTeX does it: a missing field is the other entry's; `booktitle` may be its `title`.
    Fields of biblatex's `@xdata` go to the entries whose `xdata` names it.
    """
    reader = _Reader(source)
    found: dict[str, Reference] = {}
    starts: dict[str, int] = {}
    takes = False  # whether an entry may have fields of others
    for kind, key, fields, start in reader.entries():
        takes = takes or "xdata" in fields or "crossref" in fields
        if key in found:
            reader.report(start, f"a second entry `{key}`", "the first one is used: rename or delete one of them")
            continue
        found[key] = Reference(key, kind, tuple(fields.items()))
        starts[key] = start
    for key, reference in found.items() if takes else ():
        names = [name.strip() for name in reference.fields.get("xdata", "").split(",") if name.strip() in found]
        lent = {name: value for other in reversed(names) for name, value in found[other].own if name != "xdata"}
        if lent:
            own = dict(reference.own)
            found[key] = Reference(
                key, reference.type, reference.own, tuple(it for it in lent.items() if it[0] not in own)
            )
    folded = {key.casefold(): key for key in reversed(found)}
    for key, reference in found.items() if takes else ():
        parent = reference.fields.get("crossref", "").strip()
        if not parent:
            continue
        other = found.get(parent) or found.get(folded.get(parent.casefold(), ""))
        if other is None:
            reader.report(starts[key], f"`{key}` takes fields from `{parent}`, which is no entry of this file", "")
            continue
        theirs = {name: value for name, value in other.own if name not in _NEVER_INHERITED}
        if reference.type in _IN_OTHERS and "title" in theirs:
            theirs.setdefault("booktitle", theirs.pop("title"))
        known = reference.fields
        inherited = tuple((name, value) for name, value in theirs.items() if name not in known)
        found[key] = Reference(key, reference.type, reference.own, (*reference.inherited, *inherited))
    shown = tuple(reference for reference in found.values() if reference.type not in _LENDING)
    return Bibliography(shown, tuple(reader.diagnostics))


def _has_no_and(names: str) -> bool:
    """Whether a name has more commas than `von Last, Jr, First`, or signs that part names elsewhere."""
    names = _ENTITY.sub("x", names) if "&" in names else names  # whose `;` parts nothing
    if (names.count(",") <= _MOST_COMMAS and ";" not in names) or "{" in names:
        return False
    return any(name.count(",") > _MOST_COMMAS or ";" in name for name in AND.split(names))


class BibTeXParser(LowLevelParser):  # type: ignore[misc]  # pybtex has no types
    """pybtex's parser, which reads plain fields at once, and has a bound for what names of `@string`s stand for: each may be twice the one before."""

    pos: int

    def parse_entry_fields(self) -> None:
        """Read the fields of an entry: those with one value in braces or quotes, or a number, at once."""
        while found := _FIELD.match(self.text, self.pos):
            name, braced, quoted, number = found.groups()
            self.current_fields.append((name, [braced or quoted or number or ""]))
            self.pos = found.end()
        super().parse_entry_fields()

    def skip_to(self, patterns: Sequence[Literal]) -> Token | None:
        """Take the text up to the first of some signs. pybtex would look for each of them, and so each time through the rest of the entry."""
        for found in _SIGNS.finditer(self.text, self.pos):
            for pattern in patterns:
                if pattern.match(self.text, found.start()):
                    text = self.text[self.pos : found.end()]
                    self.pos = found.end()
                    return Token(text, pattern)
        return None

    def update_lineno(self, value: str) -> None:
        """Count no lines: problems are told by offsets."""

    def substitute_macro(self, name: str) -> str:
        """Return what a name stands for."""
        value: str = super().substitute_macro(name)
        if len(value) > self.macros.left:
            message = "what names of `@string`s stand for comes to too much text"
            raise PybtexSyntaxError(message, self)
        self.macros.left -= len(value)
        return value


class _BibTeXStrings(CaseInsensitiveDict):  # type: ignore[misc]  # pybtex has no types
    """The `@string`s of a file; `left` is how many characters they may still bring into it."""

    left = 0


class _Reader:
    """One run over a file, a piece at a time: what is not closed in one piece must not be looked for in the whole file."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.diagnostics: list[Diagnostic] = []
        self._macros = _BibTeXStrings(month_names)
        self._macros.left = _BROUGHT + _BROUGHT_A_CHARACTER * len(source.text)
        self._broken: PybtexSyntaxError | None = None
        self._begin = 0

    def entries(self) -> Iterator[tuple[str, str, Mapping[str, str], int]]:
        """Type, key, fields and place of each entry.

        Pieces begin where a line begins an entry. One that does not end is tried again with the next ones behind it,
        for the value of a field may hold such a line.
        """
        text = self.source.text
        starts = [found.start() for found in _ENTRY.finditer(text)]
        ends = [*starts[1:], len(text)]
        number = 0
        while number < len(starts):
            for last in range(number, min(number + _MOST_JOINED, len(starts))):
                commands, reached = self._parse(starts[number], ends[last])
                if self._broken is None or (last == number and not isinstance(self._broken, PrematureEOF)):
                    number = last + 1
                    break
            else:
                commands, reached = self._parse(starts[number], ends[number])
                number += 1
            yield from self._read(commands)
            if self._broken is not None:
                self._report_broken(self._broken, reached)

    def report(self, start: int, message: str, hint: str) -> None:
        """A problem of the entry that begins at an offset."""
        end = self.source.text.find("\n", start)
        end = end if end >= 0 else len(self.source.text)
        self.diagnostics.append(at(self.source, Span(start, end), message, code=CODE, hint=hint))

    def _parse(self, start: int, end: int) -> tuple[list[tuple[Any, int]], int]:
        """The commands of a piece with their places, up to a broken one, and where the parser stopped."""
        parser = BibTeXParser(self.source.text[start:end], handle_error=self._note, macros=self._macros)
        self._broken, self._begin = None, start
        commands: list[tuple[Any, int]] = []
        for command in parser:
            commands.append((command, start + parser.command_start))
            if self._broken is not None:
                break
        return commands, start + parser.pos

    def _read(self, commands: Iterable[tuple[Any, int]]) -> Iterator[tuple[str, str, Mapping[str, str], int]]:
        for (kind, (key, *rest)), start in commands:
            if kind.lower() in _NOT_ENTRIES or not key:
                continue
            fields: dict[str, str] = {}
            for written, parts in rest[0]:
                name = written.lower()
                if name in fields:
                    self.report(start, f"`{key}` has two fields `{written}`", "the first one is used")
                else:
                    fields[name] = " ".join("".join(parts).split())
            for role in _ROLES & fields.keys():
                if _has_no_and(fields[role]):
                    self.report(start, f"the names of `{role}` of `{key}` are not joined by `and`", _JOINED)
            yield kind.lower(), key, fields, start

    def _note(self, error: PybtexSyntaxError) -> None:
        """Keep the first problem of a piece; an undefined name breaks nothing."""
        if not isinstance(error, UndefinedMacro):
            self._broken = self._broken or error
            return
        name, end = str(error.args[0]), self._begin + error.parser.pos
        message, hint = f"no `@string` is called `{name}`", "put words into braces: `{…}`"
        self.diagnostics.append(at(self.source, Span(end - len(name), end), message, code=CODE, hint=hint))

    def _report_broken(self, error: PybtexSyntaxError, reached: int) -> None:
        """Say what broke an entry: where it begins, if it does not end, else where its parser stopped."""
        text, parser = self.source.text, error.parser
        key = parser.current_entry_key
        entry = f"the entry `{key}`" if key else "an entry"
        reason = str(error.args[0])
        if isinstance(error, PrematureEOF) or "braces" in reason:
            start = self._begin + (parser.command_start or 0)
            self.report(start, f"{entry} does not end", "a brace or a quote is missing in it")
            return
        place = reached + len(text) - reached - len(text[reached:].lstrip())
        expected = reason.replace("'}'", "`,` or `}`").replace("')'", "`,` or `)`").replace("'", "`")
        hint = "the fields before this place are used" if key else "nothing of it is used"
        message = f"{entry} is broken: {expected}"
        self.diagnostics.append(at(self.source, Span(place, place + 1), message, code=CODE, hint=hint))
