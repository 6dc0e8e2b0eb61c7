"""Functions that all filters on lists share: the items of a value, and properties of items."""

from collections.abc import Mapping, Sequence

from mathblog.liquid.errors import FilterArgumentError
from mathblog.liquid.text import to_s, too_many
from mathblog.model.limits import LEAST


def items_of(value: object) -> list[object]:
    """The items of a list or range; a mapping's values, as Jekyll's own filters see them; nothing for anything else.

    Raises:
        LimitError: when a range is too long to be listed.

    """
    if isinstance(value, Mapping):
        return list(value.values())
    if isinstance(value, range) and len(value) > LEAST.items:
        raise too_many(LEAST)
    return list(value) if isinstance(value, list | tuple | range) else []


def is_listed(value: object) -> bool:
    """Whether Ruby could go through a value's items."""
    return isinstance(value, list | tuple | range | Mapping)


def listed(value: object) -> list[object]:
    """The items as Liquid's own filters see them (`InputIterator`): lists are flattened, anything else is one item."""
    if isinstance(value, list | tuple):
        found: list[object] = []
        _flatten(value, found)
        return found
    if value is None:
        return []
    return items_of(value) if isinstance(value, range) else [value]


def _flatten(value: Sequence[object], found: list[object]) -> None:
    if len(found) > LEAST.items:
        raise too_many(LEAST)
    for item in value:
        if isinstance(item, list | tuple):
            _flatten(item, found)
        else:
            found.append(item)


def pairs_of(value: object) -> list[object]:
    """The items as Ruby's own methods see them: a mapping's are pairs."""
    return [[*pair] for pair in value.items()] if isinstance(value, Mapping) else items_of(value)


def property_of(item: object, name: object) -> object:
    """A property of an item, None where it has none; `a.b` goes down, and is `false` where `a` has no properties.

    That is what Jekyll's `read_liquid_attribute` makes of it.
    """
    first, *rest = to_s(name).split(".")
    value = item.get(first) if isinstance(item, Mapping) else None
    for key in rest:
        value = value.get(key) if isinstance(value, Mapping) else False
    return value


def own_property(item: object, name: object) -> object:
    """A property as Liquid's own filters take it: `item[name]`."""
    if isinstance(item, Mapping):
        return item.get(to_s(name))
    if isinstance(item, str):  # Ruby's `"text"["e"]` finds a part
        return name if isinstance(name, str) and name in item else None
    if isinstance(item, int) and not isinstance(item, bool):
        message = f"a number has no property `{to_s(name)}`"
        raise FilterArgumentError(message)
    return None
