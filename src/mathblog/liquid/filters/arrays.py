"""Filters on lists that Jekyll adds (`filters.rb`, `filters/grouping_filters.rb`)."""

import datetime
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cmp_to_key

from liquid.exceptions import FilterArgumentError
from liquid.undefined import Undefined, is_undefined

from mathblog.liquid.text import to_text

_NUMBER = re.compile(r"\s*-?(?:\d+\.?\d*|\.\d+)\s*")


def items_of(value: object) -> list[object]:
    """The items of a list; the values of a mapping; nothing for anything else."""
    if isinstance(value, Undefined) or value is None or isinstance(value, str):
        return []
    if isinstance(value, Mapping):
        return list(value.values())
    return list(value) if isinstance(value, Iterable) else []


def property_of(item: object, name: object) -> object:
    """A property of an item, None where it has none; `a.b` goes down."""
    for key in to_text(name).split("."):
        if not isinstance(item, Mapping):
            return None
        item = item.get(key)
    return item


def where(value: object, name: object = None, target: object = None) -> object:
    """The items whose property equals the target, as text; of a list property any member may."""
    if not _is_listed(value) or not to_text(name) or isinstance(target, list | dict):
        return value
    return [item for item in items_of(value) if _equals(property_of(item, name), target)]


def find(value: object, name: object = None, target: object = None) -> object:
    """The first item that `where` would keep."""
    return next((item for item in items_of(value) if _equals(property_of(item, name), target)), None)


def _equals(value: object, target: object) -> bool:
    if target is None or is_undefined(target):
        return value is None
    wanted = "" if type(target).__name__ in {"Empty", "Blank"} else to_text(target)
    if isinstance(value, str):
        return value == wanted
    members = list(value) if isinstance(value, list | tuple) else [] if value is None else [value]
    if not wanted and not members:
        return value is not None or type(target).__name__ in {"Empty", "Blank"}
    return any(to_text(member) == wanted for member in members)


def group_by(value: object, name: object) -> object:
    """The items by a property: a list of `name`, `items`, `size`."""
    return (
        grouped(items_of(value), [property_of(item, name) for item in items_of(value)]) if _is_listed(value) else value
    )


def grouped(items: Sequence[object], keys: Sequence[object]) -> list[dict[str, object]]:
    """Items by their keys, in order of first appearance."""
    groups: dict[str, list[object]] = {}
    for item, key in zip(items, keys, strict=True):
        groups.setdefault(to_text(key), []).append(item)
    return [{"name": name, "items": members, "size": len(members)} for name, members in groups.items()]


def sort(value: object, name: object = None, nils: object = "first") -> object:
    """The items in order, by a property if one is named; those without it come first, or `last`."""
    if value is None or is_undefined(value):
        message = "cannot sort nothing"
        raise FilterArgumentError(message, token=None)
    if nils not in {"first", "last"}:
        message = f"nils go `first` or `last`, not `{to_text(nils)}`"
        raise FilterArgumentError(message, token=None)
    items = items_of(value)
    keys = [_sortable(property_of(item, name) if to_text(name) else item) for item in items]
    filled = [(key, item) for key, item in zip(keys, items, strict=True) if key is not None]
    empty = [item for key, item in zip(keys, items, strict=True) if key is None]
    ordered = [item for _, item in sorted(filled, key=cmp_to_key(_compare))]
    return empty + ordered if nils == "first" else ordered + empty


def _sortable(key: object) -> object:
    return float(key) if isinstance(key, str) and _NUMBER.fullmatch(key) else key


def _compare(left: tuple[object, object], right: tuple[object, object]) -> int:
    """Numbers, texts and times by themselves, anything else by its text."""
    one, other = left[0], right[0]
    if isinstance(one, int | float) and isinstance(other, int | float):
        return (one > other) - (one < other)
    if isinstance(one, datetime.datetime) and isinstance(other, datetime.datetime) and _are_alike(one, other):
        return (one > other) - (one < other)
    first, second = to_text(one), to_text(other)
    return (first > second) - (first < second)


def _are_alike(one: datetime.datetime, other: datetime.datetime) -> bool:
    return (one.tzinfo is None) == (other.tzinfo is None)


def array_to_sentence_string(value: object, connector: object = "and") -> object:
    """`foo, bar, and baz`."""
    words = [to_text(item) for item in items_of(value)]
    if len(words) <= 1:
        return "".join(words)
    if len(words) == 2:  # noqa: PLR2004 - two words need no comma
        return f"{words[0]} {to_text(connector)} {words[1]}"
    return f"{', '.join(words[:-1])}, {to_text(connector)} {words[-1]}"


def push(value: object, item: object) -> object:
    """A list and one more item at its end."""
    return [*items_of(value), item] if _is_listed(value) else value


def unshift(value: object, item: object) -> object:
    """A list and one more item at its start."""
    return [item, *items_of(value)] if _is_listed(value) else value


def pop(value: object, count: object = 1) -> object:
    """A list without its last items."""
    items = items_of(value)
    return items[: max(0, len(items) - _count(count))] if _is_listed(value) else value


def shift(value: object, count: object = 1) -> object:
    """A list without its first items."""
    return items_of(value)[_count(count) :] if _is_listed(value) else value


def sample(value: object, count: object = 1) -> object:
    """Items picked by chance, the same ones in every build of the same list: output must not change by itself."""
    if not _is_listed(value):
        return value
    items = items_of(value)
    chance = random.Random("\n".join(map(to_text, items)))  # noqa: S311 - no secret depends on it
    picked = chance.sample(items, min(_count(count), len(items)))
    return (picked[0] if picked else None) if _count(count) == 1 else picked


def join(value: object, separator: object = " ") -> str:
    """The items as one text."""
    items = [value] if isinstance(value, str) or not _is_listed(value) else _flat(items_of(value))
    return to_text(separator).join(to_text(item) for item in items)


def uniq(value: object, name: object = None) -> object:
    """The items without repetitions."""
    seen: set[str] = set()
    kept = []
    for item in items_of(value):
        key = property_of(item, name) if name is not None else item
        mark = f"{type(key).__name__}:{to_text(key)}" if not isinstance(key, Mapping) else repr(id(key))
        if mark not in seen:
            seen.add(mark)
            kept.append(item)
    return kept


def _flat(items: Iterable[object]) -> list[object]:
    flat: list[object] = []
    for item in items:
        flat.extend(_flat(item) if isinstance(item, list | tuple) else [item])
    return flat


def _count(value: object) -> int:
    return max(0, int(value)) if isinstance(value, int | float) else int(to_text(value) or 0)


def _is_listed(value: object) -> bool:
    return isinstance(value, list | tuple | range | Mapping) and not is_undefined(value)
