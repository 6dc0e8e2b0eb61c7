"""Filters whose argument is an expression: `where_exp`, `group_by_exp`, `find_exp`."""

from collections.abc import Callable, Iterator
from functools import lru_cache

from liquid import Environment, TokenStream
from liquid.builtin.expressions import BooleanExpression, FilteredExpression, tokenize
from liquid.exceptions import FilterArgumentError, LiquidError
from liquid.expression import Expression
from liquid.filter import with_context
from liquid.token import Token

from mathblog.liquid.environment import Context
from mathblog.liquid.filters.arrays import grouped, items_of
from mathblog.liquid.text import to_text


@with_context
def where_exp(value: object, variable: object, expression: object, *, context: Context) -> object:
    """The items for which a condition holds; `variable` names the item in it."""
    condition = _parse(context.env, to_text(expression), condition=True)
    items = items_of(value)
    return [item for item, holds in zip(items, _values(items, variable, condition, context), strict=True) if holds]


@with_context
def find_exp(value: object, variable: object, expression: object, *, context: Context) -> object:
    """The first item for which a condition holds."""
    condition = _parse(context.env, to_text(expression), condition=True)
    items = items_of(value)
    return next(
        (item for item, holds in zip(items, _values(items, variable, condition, context), strict=True) if holds), None
    )


@with_context
def group_by_exp(value: object, variable: object, expression: object, *, context: Context) -> object:
    """The items by the value of an expression: a list of `name`, `items`, `size`."""
    parsed = _parse(context.env, to_text(expression), condition=False)
    items = items_of(value)
    return grouped(items, list(_values(items, variable, parsed, context)))


def _values(items: list[object], variable: object, expression: Expression, context: Context) -> Iterator[object]:
    name = to_text(variable)
    for item in items:
        context.run.step()
        with context.extend({name: item}):
            yield expression.evaluate(context)


@lru_cache(maxsize=256)
def _parse(environment: Environment, markup: str, *, condition: bool) -> Expression:
    parse: Callable[[Environment, TokenStream], Expression] = (
        BooleanExpression.parse if condition else FilteredExpression.parse
    )
    try:
        return parse(environment, TokenStream(tokenize(markup, Token("expression", markup, -1, markup))))
    except LiquidError as error:
        message = f"not a valid expression: `{markup}`"
        raise FilterArgumentError(message, token=None) from error
