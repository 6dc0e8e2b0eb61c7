"""`value | filter: argument, name: argument` (Liquid's `variable.rb`)."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.context import Context
from mathblog.liquid.errors import FAULTS, LiquidError
from mathblog.liquid.expressions.lexer import Cursor, UnreadableError
from mathblog.liquid.expressions.values import QUOTED_FRAGMENT, Expression, Literal, read_value

_FIRST = lazy_pattern(rf"({QUOTED_FRAGMENT})")
_FILTER = lazy_pattern(rf"(?:\s+|{QUOTED_FRAGMENT}|,)+")
_NAME = lazy_pattern(r"\w+")
_ARGUMENT = lazy_pattern(rf"[:,]\s*((?:\w+\s*:\s*)?{QUOTED_FRAGMENT})")
_BRACKETS = lazy_pattern(r"\s*\((.*)\)\s*", re.DOTALL)
_NAMED = lazy_pattern(rf"(\w[\w-]*)\s*:\s*({QUOTED_FRAGMENT})")


@dataclass(frozen=True, slots=True)
class FilterCall:
    """A filter with its arguments; `start` is where its name stands in the expression."""

    name: str
    arguments: tuple[Expression, ...]
    named: tuple[tuple[str, Expression], ...]
    start: int

    def apply(self, value: object, context: Context) -> object:
        """The value after it."""
        function = context.filter(self)
        context.charge(value, self.name)
        arguments = [argument.evaluate(context) for argument in self.arguments]
        try:
            if self.named:
                return function(value, *arguments, **{name: item.evaluate(context) for name, item in self.named})
            return function(value, *arguments)
        except LiquidError as error:
            error.token = error.token or context.spot(self)
            raise
        except FAULTS as error:
            raise context.fault(self, error) from error

    @property
    def source(self) -> str:
        """How it would be written."""
        arguments = [argument.source for argument in self.arguments]
        arguments += [f"{name}: {value.source}" for name, value in self.named]
        return f"{self.name}: {', '.join(arguments)}" if arguments else self.name


@dataclass(frozen=True, slots=True)
class Filtered(Expression):
    """A value that passes through filters."""

    source: str
    value: Expression
    filters: tuple[FilterCall, ...]

    def evaluate(self, context: Context) -> object:
        """The value after the last filter."""
        value = self.value.evaluate(context)
        for item in self.filters:
            value = item.apply(value, context)
        return value


class Reading(NamedTuple):
    """An expression, and whether only Liquid's lax mode understands it, as something else than was written."""

    expression: Expression
    lax: bool


@lru_cache(maxsize=8192)
def read_output(markup: str) -> Reading:
    """Read the expression in `{{ … }}`, or after the `=` of an assignment."""
    try:
        return Reading(_filtered(*_strict(markup)), lax=False)
    except UnreadableError:
        value: Expression = Literal("nil", None)
        filters: list[FilterCall] = []
        if first := _FIRST.search(markup):
            value, bar = read_value(first[1]), markup.find("|", first.end())
            parts = _FILTER.finditer(markup, bar + 1) if bar >= 0 else ()
            named = ((part, name) for part in parts if (name := _NAME.search(part[0])))
            filters = [_filter(it[0], _ARGUMENT.findall(part[0]), part.start() + it.start()) for part, it in named]
        return lax_reading(markup, _filtered(value, filters), lambda inner: _filtered(*_strict(inner)))


def lax_reading(markup: str, expression: Expression, strict: Callable[[str], Expression]) -> Reading:
    """Read an expression as Liquid's lax mode does.

    One in brackets, or with `{{a}}` for `a`, is what was meant where it is what `strict` reads without them.
    """
    inner = _BRACKETS.fullmatch(markup)
    plain = " " * inner.start(1) + inner[1] if inner else markup  # blanks keep the places of filters
    plain = plain.replace("{{", "  ").replace("}}", "  ")
    try:
        lax = strict(plain) != expression
    except UnreadableError:
        lax = True
    return Reading(expression, lax)


def _filtered(value: Expression, filters: list[FilterCall]) -> Expression:
    if not filters:
        return value
    return Filtered(" | ".join([value.source, *(item.source for item in filters)]), value, tuple(filters))


def _strict(markup: str) -> tuple[Expression, list[FilterCall]]:
    cursor = Cursor(markup)
    if cursor.accept("end"):
        return Literal("nil", None), []
    value, filters = read_value(cursor.value()), []
    while cursor.accept("|"):
        name = cursor.take("id")
        arguments: list[str] = []
        if cursor.accept(":"):
            arguments.append(_argument(cursor))
            while cursor.accept(","):
                arguments.append(_argument(cursor))
        filters.append(_filter(name.text, arguments, name.start))
    cursor.take("end")
    return value, filters


def _argument(cursor: Cursor) -> str:
    name = ""
    if cursor.look("id") and cursor.look(":", 1):
        name = f"{cursor.take('id').text}: "
        cursor.take(":")
    return name + cursor.value()


def _filter(name: str, arguments: list[str], start: int) -> FilterCall:
    named = [found for argument in arguments if (found := _NAMED.fullmatch(argument))]
    plain = [argument for argument in arguments if not _NAMED.fullmatch(argument)]
    return FilterCall(
        name, tuple(map(read_value, plain)), tuple((found[1], read_value(found[2])) for found in named), start
    )
