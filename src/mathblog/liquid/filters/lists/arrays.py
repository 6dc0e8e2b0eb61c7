"""Filters on lists: Liquid's own (`standardfilters.rb`)."""

from collections.abc import Mapping, Sequence
from functools import cmp_to_key
from typing import cast

from mathblog.liquid.drops.drop import Drop
from mathblog.liquid.errors import FilterArgumentError
from mathblog.liquid.expressions.compare import compare, equals
from mathblog.liquid.filters.lists.lists import items_of, listed, own_property, pairs_of
from mathblog.liquid.text import inspect, to_s, too_long, too_many
from mathblog.model.limits import LEAST, Limits

_INTEGER_SIZE = 8


def size(value: object) -> int:
    """How many characters, items or keys a value has; 0 for anything else, but a number has its bytes, as in Ruby."""
    if isinstance(value, str | list | tuple | range | Mapping):
        return 0 if isinstance(value, Drop) else len(value)
    return _INTEGER_SIZE if type(value) is int else 0


def first(value: object) -> object:
    """The first item; a text has none."""
    if isinstance(value, Mapping):
        return next(iter(pairs_of(value)), None)
    return value[0] if isinstance(value, list | tuple | range) and len(value) else None


def last(value: object) -> object:
    """The last item; texts and mappings have none."""
    return value[-1] if isinstance(value, list | tuple | range) and len(value) else None


def join(value: object, separator: object = " ", *, limits: Limits = LEAST) -> str:
    """The items as one text."""
    texts = [to_s(item) for item in listed(value)]
    glue = to_s(separator)
    if sum(map(len, texts)) + len(glue) * len(texts) > limits.characters:
        raise too_long(limits)
    return glue.join(texts)


def reverse(value: object) -> list[object]:
    """The items from the last to the first."""
    return listed(value)[::-1]


def compact(value: object, name: object = None) -> list[object]:
    """The items without `nil`, or without those whose property is."""
    items = listed(value)
    return [item for item in items if (item if name is None else own_property(item, name)) is not None]


def concat(value: object, more: object, *, limits: Limits = LEAST) -> list[object]:
    """The items of two lists."""
    if not isinstance(more, list | tuple):
        message = f"`concat` adds a list, not `{to_s(more)}`"
        raise FilterArgumentError(message)
    items = [*listed(value), *more]
    if len(items) > limits.items:
        raise too_many(limits)
    return items


def map_property(value: object, name: object) -> list[object]:
    """A property of each item."""
    return [own_property(item, name) for item in listed(value)]


def uniq(value: object, name: object = None) -> list[object]:
    """The items without repetitions: 1, "1" and 1.0 are three."""
    seen: set[object] = set()
    kept = []
    for item in listed(value):
        mark = _identity(item if name is None else own_property(item, name))
        if mark not in seen:
            seen.add(mark)
            kept.append(item)
    return kept


def _identity(value: object) -> object:
    if isinstance(value, Mapping):
        return (
            (dict, value)
            if value.__hash__ is not None
            else (dict, *((key, _identity(item)) for key, item in value.items()))
        )
    if isinstance(value, list | tuple):
        return (list, inspect(value))
    return (type(value), value)


def sort_natural(value: object, name: object = None) -> list[object]:
    """The items in alphabetical order, capital letters or not; `nil` comes last."""
    items = listed(value)
    keys = [item if name is None else own_property(item, name) for item in items]
    order = sorted(range(len(items)), key=lambda at: (keys[at] is None, to_s(keys[at]).lower()))
    return [items[at] for at in order]


def sum_of(value: object, name: object = None) -> object:
    """The sum of numbers, or of a property (Liquid 5.5; Jekyll 4.3 does not have it)."""
    from mathblog.liquid.filters.numbers import plus

    total: object = 0
    for item in listed(value):
        total = plus(total, item if name is None else own_property(item, name))
    return total


def in_order(items: Sequence[tuple[object, object]]) -> list[object]:
    """Second values in the order of the first ones, which Ruby must be able to compare.

    Raises:
        FilterArgumentError: when it is not.

    """
    key = cmp_to_key(compare_any)
    return [item for _, item in sorted(items, key=lambda pair: key(pair[0]))]


def compare_any(left: object, right: object) -> int:
    """Ruby's `<=>`.

    Raises:
        FilterArgumentError: when the two have no order.

    """
    if isinstance(left, list | tuple) and isinstance(right, list | tuple):
        if equals(left, right):
            return 0
        one, other = next(
            (pair for pair in zip(left, right, strict=False) if not equals(*pair)), (len(left), len(right))
        )
        return compare_any(one, other)
    order = compare(left, right)
    if order is None and (left is right or left == right):
        return 0
    if order is None:
        message = f"`{to_s(left) or 'nil'}` and `{to_s(right) or 'nil'}` have no order"
        raise FilterArgumentError(message)
    return order


def sort_plain(value: object) -> list[object]:
    """The items in order: numbers with numbers, texts with texts (Ruby's `sort`)."""
    items = pairs_of(value)
    if all(isinstance(item, str) for item in items):
        return sorted(cast("list[str]", items))  # type: ignore[return-value] # a list of texts is a list
    return in_order([(item, item) for item in items])


def slice_items(value: Sequence[object], start: int, length: int) -> list[object]:
    """Ruby's `slice`: from `start` on, counted from the end when it is negative; nothing outside of the list."""
    if start < -len(value) or start > len(value) or length < 0:
        return []
    begin = start + len(value) if start < 0 else start
    return items_of(value)[begin : begin + length]
