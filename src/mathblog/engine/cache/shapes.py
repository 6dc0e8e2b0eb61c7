"""The shapes of stored values: many of one kind are checked at once, before one of them is used.

A shape answers of a column of values whether all of them have it. Columns, because a ledger has a hundred thousand values:
`set(map(type, column))` looks at them in C.
"""

import datetime
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from itertools import chain
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, TypeAlias, Union, get_args, get_origin

from mathblog.model.document import Meta
from mathblog.model.output import PageSpec
from mathblog.model.values import Data

Shape: TypeAlias = Callable[[Sequence[Any]], bool]

_SCALARS = frozenset((NoneType, bool, int, float, str, bytes, datetime.date, datetime.datetime))
_HOLDERS = frozenset((list, tuple, dict))
_STRANGE = ("\0\0", "\0.\0", "\0..\0", *(() if os.name == "posix" else ("\\", ":")))  # in paths, `\0` for `/`


def are_plain_paths(values: Sequence[str]) -> bool:
    """Whether all of these are relative paths that stay below the folder they are joined to."""
    joined = "\0".join(values)
    if not values or joined.count("\0") != len(values) - 1:
        return not values
    try:
        joined.encode()  # which surrogates refuse
    except UnicodeEncodeError:
        return False
    parts = f"\0{joined}\0".replace("/", "\0")
    return not any(part in parts for part in _STRANGE)


def are_reads(values: Sequence[list[list[str]]]) -> bool:
    """Whether all of these lists hold words of a fact's key with a digest behind them."""
    return min(map(len, chain.from_iterable(values)), default=2) > 1


def _are_aware(values: Sequence[datetime.datetime | None]) -> bool:
    return all(value is None or value.tzinfo is not None for value in values)


def are_plain(values: Iterable[Any]) -> bool:
    """Whether all of these are what YAML, JSON and CSV hold, all the way down."""
    column = list(values)
    while column:
        kinds = set(map(type, column))
        if not kinds <= _SCALARS | _HOLDERS:
            return False
        if kinds.isdisjoint(_HOLDERS):
            return True
        maps = [value for value in column if type(value) is dict]
        if not set(map(type, chain.from_iterable(maps))) <= _SCALARS:
            return False
        lists = (value for value in column if type(value) in (list, tuple))
        column = [*chain.from_iterable(lists), *chain.from_iterable(map(dict.values, maps))]
    return True


SitePath = Annotated[str, are_plain_paths]
"""A path below the source folder or below the destination."""

# what the declared types do not say of fields of the stored classes
_RULES: Mapping[tuple[type, str], Shape] = {
    (Meta, "path"): are_plain_paths,
    (Meta, "output_path"): are_plain_paths,
    (Meta, "date"): _are_aware,
    (PageSpec, "output_path"): are_plain_paths,
}


def fields_of(kind: type) -> dict[str, Any]:
    """The declared types of the fields of a dataclass or of a named tuple, in order."""
    return dict(kind.__annotations__)


@cache
def shape_of(hint: Any) -> Shape:
    """The shape that a declared type asks for.

    Takes plain types, unions, `list`, `tuple`, `dict`, `Mapping`, dataclasses, named tuples, `Any`, and `object` and `Data`
    for what YAML, JSON and CSV hold. What stands in an
    `Annotated` besides the type are rules for a column of it.

    Raises:
        TypeError: for another type, so that nothing goes unchecked.

    """
    if hint in _SPECIAL:
        return _SPECIAL[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _all_of(*map(shape_of, arguments[:1]), *arguments[1:])
    if origin in (Union, UnionType):
        return partial(_one_of, tuple((_runtime(item), shape_of(item)) for item in arguments))
    if origin in (list, tuple) and arguments[1:] in ((), (Ellipsis,)):
        return partial(_each, origin, shape_of(arguments[0]))
    if origin is tuple:
        return partial(_columns, tuple, tuple(map(shape_of, arguments)))
    if origin is not None and issubclass(origin, Mapping):
        return partial(_items, shape_of(arguments[0]), shape_of(arguments[1]))
    if hasattr(hint, "stored"):  # a class that is stored as something else
        return shape_of(hint.stored)
    if not isinstance(hint, type):
        message = f"no shape for `{hint}`"
        raise TypeError(message)
    if hasattr(hint, "__dataclass_fields__") or hasattr(hint, "_fields"):
        return partial(_have_fields, hint, _fields(hint))
    return partial(_are, hint)


def _all_of(*shapes: Shape) -> Shape:
    return lambda values: all(shape(values) for shape in shapes)


def _are(kind: type, values: Sequence[Any]) -> bool:
    return set(map(type, values)) <= {kind}


_SPECIAL: Mapping[Any, Shape] = {
    Any: lambda _values: True,
    object: are_plain,  # the declared types say no more of what authors write
    Data: _all_of(partial(_are, dict), are_plain),
    Path: partial(_are, type(Path())),
}


def row(kind: type) -> Shape:
    """The shape of a list that holds the fields of a dataclass or of a named tuple, in order."""
    return partial(_columns, list, tuple(shape for _, shape in _fields(kind)))


def _fields(kind: type) -> tuple[tuple[str, Shape], ...]:
    rules = ((name, shape_of(hint), _RULES.get((kind, name))) for name, hint in fields_of(kind).items())
    return tuple((name, _all_of(shape, rule) if rule else shape) for name, shape, rule in rules)


def _runtime(hint: Any) -> type:
    """The class that values of a declared type have."""
    origin = get_origin(hint)
    if origin is Annotated:
        return _runtime(get_args(hint)[0])
    found = origin or (NoneType if hint is None else hint)
    return dict if found is not NoneType and issubclass(found, Mapping) else found


def _one_of(kinds: tuple[tuple[type, Shape], ...], values: Sequence[Any]) -> bool:
    found = set(map(type, values))
    if not found <= {kind for kind, _ in kinds}:
        return False
    return all(shape([value for value in values if type(value) is kind]) for kind, shape in kinds if kind in found)


def _each(kind: type, shape: Shape, values: Sequence[Any]) -> bool:
    return _are(kind, values) and shape(list(chain.from_iterable(values)))


def _columns(kind: type, shapes: tuple[Shape, ...], values: Sequence[Any]) -> bool:
    if not (_are(kind, values) and set(map(len, values)) <= {len(shapes)}):
        return False
    return all(shape(column) for shape, column in zip(shapes, zip(*values, strict=True), strict=False))


def _items(keys: Shape, shape: Shape, values: Sequence[Any]) -> bool:
    if not (_are(dict, values) and keys(list(chain.from_iterable(values)))):
        return False
    return shape(list(chain.from_iterable(map(dict.values, values))))


def _have_fields(kind: type, fields: tuple[tuple[str, Shape], ...], values: Sequence[Any]) -> bool:
    return _are(kind, values) and all(shape([getattr(value, name) for value in values]) for name, shape in fields)
