"""Filters whose argument is an expression: `where_exp`, `group_by_exp`, `find_exp`."""

from collections.abc import Iterator
from functools import lru_cache

from mathblog.liquid.context import Context
from mathblog.liquid.errors import FilterArgumentError
from mathblog.liquid.expressions.compare import is_true
from mathblog.liquid.expressions.conditions import read_strict_condition
from mathblog.liquid.expressions.lexer import UnreadableError
from mathblog.liquid.expressions.outputs import read_output
from mathblog.liquid.expressions.values import Expression
from mathblog.liquid.filters.lists.collections import grouped
from mathblog.liquid.filters.lists.lists import is_listed, items_of, pairs_of
from mathblog.liquid.text import to_s


def where_exp(value: object, variable: object, expression: object, *, context: Context) -> object:
    """The items for which a condition holds; `variable` names the item in it."""
    if not is_listed(value):
        return value
    items = items_of(value)
    return [item for item, holds in zip(items, _tests(items, variable, expression, context), strict=True) if holds]


def find_exp(value: object, variable: object, expression: object, *, context: Context) -> object:
    """The first item for which a condition holds."""
    if not is_listed(value):
        return value
    items = items_of(value)
    tests = _tests(items, variable, expression, context)
    return next((item for item, holds in zip(items, tests, strict=True) if holds), None)


def group_by_exp(value: object, variable: object, expression: object, *, context: Context) -> object:
    """The items by the value of an expression: a list of `name`, `items`, `size`."""
    if not is_listed(value):
        return value
    items = pairs_of(value)
    parsed = read_output(to_s(expression)).expression
    return grouped(items, list(_values(items, variable, parsed, context)))


def _tests(items: list[object], variable: object, expression: object, context: Context) -> Iterator[bool]:
    condition = _read(to_s(expression))
    return map(is_true, _values(items, variable, condition, context))


def _values(items: list[object], variable: object, expression: Expression, context: Context) -> Iterator[object]:
    names: dict[str, object] = {}
    name = to_s(variable)
    with context.extend(names):
        for names[name] in items:
            context.run.step()
            yield expression.evaluate(context)


@lru_cache(maxsize=1024)
def _read(markup: str) -> Expression:
    try:
        return read_strict_condition(markup)
    except UnreadableError:
        message = f"not a valid expression: `{markup}`"
        raise FilterArgumentError(message) from None
