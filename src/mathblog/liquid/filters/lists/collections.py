"""Filters on lists that Jekyll adds (`filters.rb`, `filters/grouping_filters.rb`)."""

import datetime
import random
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cmp_to_key

from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.errors import FilterArgumentError
from mathblog.liquid.expressions.loops import whole_number
from mathblog.liquid.expressions.numbers import leading_integer
from mathblog.liquid.expressions.values import Nothing
from mathblog.liquid.filters.lists.arrays import compare_any, sort_plain
from mathblog.liquid.filters.lists.lists import is_listed, items_of, pairs_of, property_of
from mathblog.liquid.text import to_s, too_many
from mathblog.model.limits import LEAST, Limits

_WHOLE = lazy_pattern(r"\s*-?\d+\s*", re.ASCII)
_NUMBER = lazy_pattern(r"\s*-?(?:\d+\.?\d*|\.\d+)\s*", re.ASCII)


def where(value: object, name: object, target: object) -> object:
    """The items whose property equals the target, as text; of a list property any member may."""
    if name is None or name is False or isinstance(target, list | tuple | dict) or not is_listed(value):
        return value
    matches = matcher(target)
    return [item for item in items_of(value) if matches(property_of(item, name))]


def find(value: object, name: object, target: object) -> object:
    """The first item that `where` would keep."""
    if name is None or name is False or isinstance(target, list | tuple | dict) or not is_listed(value):
        return value
    matches = matcher(target)
    return next((item for item in items_of(value) if matches(property_of(item, name))), None)


def matcher(target: object) -> Callable[[object], bool]:
    """Whether a property is what is looked for (Jekyll's `compare_property_vs_target`)."""
    if target is None:
        return lambda value: value is None
    if isinstance(target, Nothing):
        return lambda value: (
            value is None or value == "" or (isinstance(value, list | tuple) and not "".join(map(to_s, value)))
        )
    wanted = to_s(target)

    def matches(value: object) -> bool:
        if isinstance(value, list | tuple):
            return any(to_s(member) == wanted for member in value)
        if isinstance(value, datetime.datetime):
            return wanted in _parts(value)
        return value is not None and to_s(_number_like(value)) == wanted

    return matches


def _parts(time: datetime.datetime) -> list[str]:
    """The parts of a time as Ruby lists them (`Time#to_a`): `where: "date", "2024"` keeps the posts of a year."""
    numbers = (
        time.second,
        time.minute,
        time.hour,
        time.day,
        time.month,
        time.year,
        time.isoweekday() % 7,
        time.timetuple().tm_yday,
    )
    return [*map(str, numbers), "true" if time.dst() else "false", time.tzname() or ""]


def _number_like(value: object) -> object:
    """A text that looks like a number, as one: Jekyll does so to the properties it compares (`parse_sort_input`)."""
    if isinstance(value, str):
        if _WHOLE.fullmatch(value):
            return leading_integer(value)
        if _NUMBER.fullmatch(value):
            return float(value)
    return value


def group_by(value: object, name: object) -> object:
    """The items by a property: a list of `name`, `items`, `size`."""
    if not is_listed(value):
        return value
    items = items_of(value)
    return grouped(items, [to_s(_number_like(property_of(item, name))) for item in items])


def grouped(items: Sequence[object], keys: Sequence[object]) -> list[object]:
    """Items by their keys, in order of first appearance; 1 and "1" are two keys."""
    groups: dict[tuple[type, object], tuple[object, list[object]]] = {}
    for item, key in zip(items, keys, strict=True):
        mark = key if isinstance(key, str | int | float) else to_s(key)
        groups.setdefault((type(key), mark), (key, []))[1].append(item)
    return [{"name": name, "items": members, "size": len(members)} for name, members in groups.values()]


def sort(value: object, name: object = None, nils: object = "first") -> object:
    """The items in order, by a property if one is named; those without it come first, or `last`."""
    if value is None:
        message = "cannot sort nothing"
        raise FilterArgumentError(message, hint="has the list another name?")
    if nils not in {"first", "last"}:
        message = f"nils go `first` or `last`, not `{to_s(nils)}`"
        raise FilterArgumentError(message)
    if name is None:
        return sort_plain(value)
    items = pairs_of(value) if not isinstance(value, Mapping) else items_of(value)
    keyed = [(_number_like(property_of(item, name)), item) for item in items]
    empty = [item for key, item in keyed if key is None]
    filled = sorted(((key, item) for key, item in keyed if key is not None), key=cmp_to_key(_order))
    ordered = [item for _, item in filled]
    return empty + ordered if nils == "first" else ordered + empty


def _order(left: tuple[object, object], right: tuple[object, object]) -> int:
    """By Ruby's `<=>`, else by the texts."""
    try:
        return compare_any(left[0], right[0])
    except FilterArgumentError:
        pass
    first, second = to_s(left[0]), to_s(right[0])
    return (first > second) - (first < second)


def array_to_sentence_string(value: object, connector: object = "and") -> str:
    """`foo, bar, and baz`."""
    words = [value] if isinstance(value, str) else [to_s(item) for item in items_of(value)]
    if len(words) <= 1:
        return "".join(words)
    if len(words) == 2:  # noqa: PLR2004 - two words need no comma
        return f"{words[0]} {to_s(connector)} {words[1]}"
    return f"{', '.join(words[:-1])}, {to_s(connector)} {words[-1]}"


def push(value: object, item: object, *, limits: Limits = LEAST) -> object:
    """A list and one more item at its end."""
    return _checked([*value, item], limits) if isinstance(value, list | tuple) else value


def unshift(value: object, item: object, *, limits: Limits = LEAST) -> object:
    """A list and one more item at its start."""
    return _checked([item, *value], limits) if isinstance(value, list | tuple) else value


def _checked(items: list[object], limits: Limits) -> list[object]:
    if len(items) > limits.items:
        raise too_many(limits)
    return items


def pop(value: object, count: object = 1) -> object:
    """A list without its last items."""
    if not isinstance(value, list | tuple):
        return value
    return list(value[: max(0, len(value) - _count(count))])


def shift(value: object, count: object = 1) -> object:
    """A list without its first items."""
    return list(value[_count(count) :]) if isinstance(value, list | tuple) else value


def sample(value: object, count: object = 1) -> object:
    """Items picked by chance, the same ones in every build of the same list: output must not change by itself."""
    if not isinstance(value, list | tuple):
        return value
    items = list(value)
    try:
        number = _count(count)
    except FilterArgumentError:
        number = 1
    chance = random.Random("\n".join(map(to_s, items)))  # noqa: S311 - no secret depends on it
    picked = chance.sample(items, min(number, len(items)))
    return (picked[0] if picked else None) if number == 1 else picked


def _count(value: object) -> int:
    count = whole_number(value)
    if count < 0:
        message = "a number of items below zero"
        raise FilterArgumentError(message)
    return count
