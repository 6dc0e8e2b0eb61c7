"""Literals, variables and ranges (Liquid's `expression.rb`, `variable_lookup.rb`, `range_lookup.rb`)."""

import math
import re
from abc import abstractmethod
from collections.abc import Mapping
from functools import lru_cache

from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.context import Context
from mathblog.liquid.drops.drop import Drop
from mathblog.liquid.errors import FilterArgumentError
from mathblog.liquid.expressions.numbers import leading_integer

QUOTED_FRAGMENT = r"(?:\"[^\"]*\"|'[^']*'|(?:[^\s,|'\"]|\"[^\"]*\"|'[^']*')+)"
_SEGMENT = lazy_pattern(r"\[(?:[^\[\]]|\[[^\[\]]*\])+\]|[\w-]+\??")
_INTEGER = lazy_pattern(r"-?\d+")
_FLOAT = lazy_pattern(r"-?\d[\d.]+")
_RANGE = lazy_pattern(r"\(\s*(\S+?)\s*\.\.\s*(\S+)\s*\)")
_COMMANDS = frozenset({"size", "first", "last"})
_INTEGER_SIZE = 8  # bytes: what Ruby's `Integer#size` says


class Expression:
    """Something with a value. `source` is how it would be written."""

    source: str

    @abstractmethod
    def evaluate(self, context: Context) -> object:
        """The value, where the template is now; None is `nil`."""


@dataclass(frozen=True, slots=True)
class Literal(Expression):
    """A text, number, `true`, `false`, `nil`."""

    source: str
    value: object

    def evaluate(self, context: Context) -> object:  # noqa: ARG002 - a literal asks nobody
        """The value itself."""
        return self.value


@dataclass(frozen=True, slots=True)
class Nothing:
    """`empty` and `blank`, which are compared with (Liquid's `MethodLiteral`) and print as nothing."""

    word: str

    def liquid_text(self) -> str:
        """Nothing."""
        return ""


@dataclass(frozen=True, slots=True)
class Path(Expression):
    """A variable and what is looked up in it; a segment of brackets is an expression."""

    source: str
    name: str | Expression | None
    segments: tuple[str | Expression, ...]

    def evaluate(self, context: Context) -> object:
        """The value, None where there is none."""
        name = self.name.evaluate(context) if isinstance(self.name, Expression) else self.name
        value = context.find(name) if isinstance(name, str) else None
        for segment in self.segments:
            if value is None:
                break
            if isinstance(segment, str):
                value = look_up(value, segment, command=segment in _COMMANDS)
            else:
                value = look_up(value, segment.evaluate(context), command=False)
        if value is None and context.strict_variables:
            context.report_undefined(self.source)
        return value


@dataclass(frozen=True, slots=True)
class Range(Expression):
    """`(first..last)`, both included."""

    source: str
    first: Expression
    last: Expression

    def evaluate(self, context: Context) -> range:
        """The numbers, not yet listed."""
        return range(_bound(self.first.evaluate(context)), _bound(self.last.evaluate(context)) + 1)


def _bound(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if value is None or isinstance(value, str):
        return leading_integer(value or "")
    if isinstance(value, float) and math.isfinite(value):
        return int(value)
    message = "a range's ends are whole numbers"
    raise FilterArgumentError(message)


def look_up(value: object, key: object, *, command: bool) -> object:
    """A property, an item, or `size`, `first`, `last` of a value that has none of that name; None where it has not."""
    if isinstance(value, Mapping):
        found = value.get(key if isinstance(key, str) or key is None else str(key))
        if found is not None or not command or isinstance(value, Drop):
            return found
        if key == "size":
            return len(value)
        return next(([*pair] for pair in value.items()), None) if key == "first" else None
    if isinstance(value, list | tuple):
        if isinstance(key, int) and not isinstance(key, bool):
            return value[key] if -len(value) <= key < len(value) else None
        return _list_command(value, str(key)) if command else None
    if command:
        if isinstance(value, range):
            return _list_command(value, str(key))
        if key == "size":
            return len(value) if isinstance(value, str) else _INTEGER_SIZE if type(value) is int else None
    return None


def _list_command(value: "list[object] | tuple[object, ...] | range", key: str) -> object:
    if key == "size":
        return len(value)
    return value[0 if key == "first" else -1] if value else None


_WORDS: dict[str, object] = {
    "": None,
    "nil": None,
    "null": None,
    "true": True,
    "false": False,
    "empty": Nothing("empty"),
    "blank": Nothing("blank"),
}


@lru_cache(maxsize=8192)
def read_value(markup: str) -> Expression:
    """A literal, a range, or a variable: whatever is left of a fragment when all that means nothing is skipped."""
    markup = markup.strip()
    if len(markup) > 1 and markup[0] == markup[-1] and markup[0] in "\"'":
        return Literal(markup, markup[1:-1])
    if _INTEGER.fullmatch(markup):
        return Literal(markup, leading_integer(markup))
    if found := _RANGE.fullmatch(markup):
        return Range(markup, read_value(found[1]), read_value(found[2]))
    if _FLOAT.fullmatch(markup):
        return Literal(markup, float(re.match(r"-?\d+(?:\.\d+)?", markup)[0]))  # type: ignore[index] # it matches
    if markup in _WORDS:
        return Literal(markup, _WORDS[markup])
    names = _SEGMENT.findall(markup)
    if not names:
        return Literal("nil", None)
    source = "".join(name if name[0] == "[" or not at else f".{name}" for at, name in enumerate(names))
    head, *rest = [read_value(name[1:-1]) if name[0] == "[" else name for name in names]
    return Path(source, head, tuple(rest))


def known_variable(word: str, context: Context) -> Path | None:
    """The variable that a word names, None where nothing has this name."""
    found = read_value(word)
    return found if isinstance(found, Path) and isinstance(found.name, str) and context.knows(found.name) else None
