r"""Macro definitions in a formula: `\newcommand`, `\def`, `\let`, `\DeclareMathOperator` and their relatives."""

import difflib
from collections.abc import Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import Span
from mathblog.text.tex.tokens import TexToken, control_sequences, tokenize

# The parts of a definition: a star, a `n`ame, the `g`roup of a name without a backslash, `o`ptions in brackets, `a`rguments.
_SHAPES = {
    **dict.fromkeys((r"\newcommand", r"\renewcommand", r"\providecommand"), "*noa"),
    r"\DeclareMathOperator": "*na",
    **{rf"\{verb}DocumentCommand": "naa" for verb in ("New", "Renew", "Declare", "Provide")},
    r"\DeclarePairedDelimiter": "naa",
    r"\DeclarePairedDelimiterX": "noaaa",
    r"\DeclarePairedDelimiterXPP": "noaaaaa",
    **dict.fromkeys((r"\newenvironment", r"\renewenvironment"), "*goaa"),
    r"\definecolor": "gaa",
    r"\colorlet": "ga",
    r"\require": "g",
}
_XARGS = frozenset(
    rf"\{verb}" for verb in ("newcommandx", "renewcommandx", "providecommandx", "newenvironmentx", "renewenvironmentx")
)  # which are no slips
_KINDS = {
    r"\newenvironment": r"\begin",
    r"\renewenvironment": r"\begin",
    r"\definecolor": r"\color",
    r"\colorlet": r"\color",
}
_DEFS = frozenset({r"\def", r"\gdef", r"\edef", r"\xdef"})
_LETS = frozenset({r"\let"})
_PREFIXES = frozenset({r"\global", r"\long"})
_GLOBAL = frozenset({r"\gdef", r"\xdef"})
_EAGER = frozenset({r"\let", r"\edef", r"\xdef"})
_CLOSE = 0.9
_LONG_ENOUGH = 8  # characters of a command that may be one with a slip
_FARTHEST = 200  # tokens of a parameter text or of a default argument
_OPENING = frozenset({"{", r"\begin", r"\left", r"\begingroup", r"\bgroup"})
_CLOSING = frozenset({"}", r"\end", r"\right", r"\endgroup", r"\egroup"})
_LIKELY = lazy_pattern(
    r"\\(?:newcommand|renewcommand|providecommand|[gex]?def|let|DeclareMathOperator|DeclarePairedDelimiter(?:X(?:PP)?)?"
    r"|(?:New|Renew|Declare|Provide)DocumentCommand|(?:re)?newenvironment|definecolor|colorlet|require)(?![a-zA-Z@])",
)


class Definition(NamedTuple):
    r"""One definition: its TeX, the macro's name, the commands its body uses, and where it stands.

    An environment's name is `\begin{name}`, a colour's `\color{name}`, that of a package `\require{name}`.

    `eager` says that it takes the meaning its names have now (`\let`, `\edef`), not when it is used. `lasting` says
    that it outlives the formula: made outside of all groups, or with `\gdef`. `keeps` is `\providecommand`.
    """

    name: str
    tex: str
    uses: frozenset[str]
    span: Span
    eager: bool
    lasting: bool
    keeps: bool


def may_define(text: str) -> bool:
    """Whether the name of a defining command stands somewhere in a text."""
    return _LIKELY.search(text) is not None


def suggest_defining(command: str) -> str:
    r"""The defining command that `command` is, or of which it is a slip (`\newcomand`); '' for others."""
    if command in _XARGS:
        return ""
    if command in _SHAPES or command in _DEFS or command in _LETS:
        return "" if command == r"\require" else command
    near = difflib.get_close_matches(command, _SHAPES, 1, _CLOSE) if len(command) >= _LONG_ENOUGH else []
    return near[0] if near else ""


def find_definitions(tex: str) -> list[Definition]:
    """The definitions of a formula in order; one that is cut off or malformed is left out."""
    if not may_define(tex):
        return []
    tokens = [token for token in tokenize(tex) if not token.text.isspace()]
    ends: dict[int, int] = {}  # for the index of each `{` the index of its `}`
    stack: list[int] = []
    for at, token in enumerate(tokens):
        if token.text == "{":
            stack.append(at)
        elif token.text == "}" and stack:
            ends[stack.pop()] = at
    reader = _Reader(tokens, ends)
    definitions: list[Definition] = []
    depth = index = 0
    prefix: TexToken | None = None
    while index < len(tokens):
        token = tokens[index]
        end = _end_of_definition(reader, index)
        if end is not None:
            definitions.append(_definition(tex, tokens[index:end], prefix, depth))
            index = end
        else:
            depth += (token.text in _OPENING) - (token.text in _CLOSING)
            index += 1
        prefix = (prefix or token) if end is None and token.text in _PREFIXES else None
    return definitions


def defined_name(tex: str) -> str:
    """The name of the macro that a definition defines, also of one that is cut off; '' where there is none."""
    found = find_definitions(tex)
    controls = [token.text for token in tokenize(tex) if token.is_control]
    return found[0].name if found else "".join(controls[1:2])


def only_defines(tex: str) -> bool:
    r"""Whether a formula holds definitions, `\require` among them, and nothing that could be seen."""
    definitions = find_definitions(tex)
    return bool(definitions) and not _is_seen(tex, definitions)


def waits(tex: str, definitions: Sequence[Definition]) -> bool:
    """Whether a formula holds `definitions` that take no meaning yet, and nothing else: what they use may be unknown."""
    return not any(definition.eager for definition in definitions) and not _is_seen(tex, definitions)


def _is_seen(tex: str, definitions: Sequence[Definition]) -> bool:
    """Whether a formula holds anything beside its definitions."""
    parts, at = [], 0
    for definition in definitions:
        parts.append(tex[at : definition.span.start])
        at = definition.span.end
    return not all(token.text.isspace() for token in tokenize("".join((*parts, tex[at:]))))


def _definition(tex: str, parts: list[TexToken], prefix: TexToken | None, depth: int) -> Definition:
    command = parts[0].text
    span = Span((prefix or parts[0]).start, parts[-1].end)
    named = next(index for index, part in enumerate(parts) if index and part.text not in "{*")
    word = (
        list(takewhile(lambda part: part.text != "}", parts[named:]))
        if parts[named - 1].text == "{"
        else [parts[named]]
    )
    name = "".join(part.text for part in word)
    if _SHAPES.get(command, "").lstrip("*").startswith("g"):
        name = f"{_KINDS.get(command, command)}{{{name}}}"
    is_global = command in _GLOBAL or r"\global" in control_sequences(tex[span.start : parts[0].start])
    return Definition(
        name=name if name[0] == "\\" else f"\\{name}",
        tex=tex[span.start : span.end],
        uses=control_sequences(tex[word[-1].end : span.end]),
        span=span,
        eager=command in _EAGER,
        lasting=is_global or depth <= 0,
        keeps=command == r"\providecommand",
    )


class _Reader(NamedTuple):
    """The parts of a definition. Each method takes an index and gives the one after the part, or None."""

    tokens: list[TexToken]
    ends: dict[int, int]

    def reads(self, index: int, text: str) -> bool:
        return index < len(self.tokens) and self.tokens[index].text == text

    def part(self, kind: str, index: int) -> int | None:
        """A part of a definition, by its letter in `_SHAPES`."""
        if kind == "*":
            return index + 1 if self.reads(index, "*") else index
        if kind == "n":
            return self.name(index)
        if kind == "g":
            return self.argument(index) if self.reads(index, "{") and not self.reads(index + 1, "}") else None
        return self.options(index) if kind == "o" else self.argument(index)

    def options(self, index: int) -> int | None:
        at: int | None = index
        while at is not None and self.reads(at, "["):
            bracket = self.until(at, "]")
            at = None if bracket is None else bracket + 1
        return at

    def control(self, index: int) -> int | None:
        return index + 1 if index < len(self.tokens) and self.tokens[index].is_control else None

    def name(self, index: int) -> int | None:
        r"""A macro's name, in braces or not. MathJax takes `{iid}` for `{\iid}`."""
        if not self.reads(index, "{"):
            return self.control(index)
        end = self.control(index + 1)
        if end is None:
            tokens = islice(self.tokens, index + 1, None)
            count = sum(takewhile(bool, (token.text.isascii() and token.text.isalpha() for token in tokens)))
            end = index + 1 + count if count else None
        return end + 1 if end is not None and self.reads(end, "}") else None

    def argument(self, index: int) -> int | None:
        if index >= len(self.tokens) or self.tokens[index].text == "}":
            return None
        if self.tokens[index].text != "{":
            return index + 1
        return self.ends[index] + 1 if index in self.ends else None

    def until(self, index: int, text: str) -> int | None:
        """The index of the next `text`. The search is short, so that bad input costs little."""
        for at in range(index, min(index + _FARTHEST, len(self.tokens))):
            if self.tokens[at].text == text:
                return at
        return None


def _end_of_definition(reader: _Reader, index: int) -> int | None:
    """The index after the definition that starts at `index`, None where none starts there."""
    command = reader.tokens[index].text
    if command in _SHAPES:
        at: int | None = index + 1
        for part in _SHAPES[command]:
            at = reader.part(part, at) if at is not None else None
        return at
    if command in _DEFS:
        named = reader.control(index + 1)
        body = None if named is None else reader.until(named, "{")
        return None if body is None else reader.argument(body)
    if command in _LETS:
        named = reader.control(index + 1)
        if named is None:
            return None
        at = named + 1 if reader.reads(named, "=") else named
        return at + 1 if at < len(reader.tokens) else None
    return None
