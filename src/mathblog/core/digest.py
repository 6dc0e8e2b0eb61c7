"""Fingerprint of any frozen value, derived from its fields, never from a hand-kept list."""

import datetime
import hashlib
import struct
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import lru_cache, partial
from types import NoneType
from typing import Any, TypeAlias

Update: TypeAlias = Callable[[bytes], None]
Feed: TypeAlias = Callable[[Update, Any], None]


def fingerprint(*values: object) -> str:
    """32 hexadecimal digits that are equal exactly for equal values.

    Takes None, booleans, numbers, strings, bytes, dates, enums, sequences, sets, mappings and dataclasses of these.
    Mappings count as unordered; a field that a dataclass leaves out of comparisons (`compare=False`) counts for nothing. The result depends on nothing else: no `hash()`, no `repr()` of objects, no pickling.

    Raises:
        TypeError: for a value of another type, so that nothing is left out in silence.

    """
    digest = hashlib.blake2b(digest_size=16)
    for value in values:
        _feed(digest.update, value)
    return digest.hexdigest()


def _feed(update: Update, value: object) -> None:
    kind: Any = type(value)
    if kind is str:  # by far the most
        _feed_text(update, value)  # type: ignore[arg-type]
    else:
        _feeder(kind)(update, value)


@lru_cache(maxsize=256)
def _feeder(kind: type) -> Feed:
    """How the values of a type are fed; to ask for each value costs more than the digest."""
    for base, feed in _FEEDERS.items():
        if issubclass(kind, base):
            return feed
    if is_dataclass(kind):
        name, names = kind.__qualname__.encode(), tuple(field.name for field in fields(kind) if field.compare)
        return partial(_feed_fields, name, names)
    message = f"no fingerprint for a value of type {kind.__qualname__}"
    raise TypeError(message)


def _feed_bytes(update: Update, mark: bytes, data: bytes) -> None:
    update(b"%b%d;%b" % (mark, len(data), data))


def _feed_text(update: Update, value: str) -> None:
    _feed_bytes(update, b"s", value.encode("utf-8", "surrogatepass"))


def _feed_integer(update: Update, value: int) -> None:
    _feed_bytes(update, b"i", str(value).encode() if abs(value) < 1 << 63 else hex(value).encode())


def _feed_items(update: Update, items: Sequence[object]) -> None:
    update(b"l%d;" % len(items))
    for item in items:
        _feed(update, item)


def _feed_mapping(update: Update, value: Mapping[Any, object]) -> None:
    update(b"m%d;" % len(value))
    for item in sorted(fingerprint(key, item) for key, item in value.items()):
        update(item.encode())


def _feed_set(update: Update, value: AbstractSet[object]) -> None:
    update(b"S%d;" % len(value))
    for item in sorted(map(fingerprint, value)):
        update(item.encode())


def _feed_fields(name: bytes, names: Sequence[str], update: Update, value: object) -> None:
    _feed_bytes(update, b"c%d" % len(names), name)
    for field in names:
        _feed(update, getattr(value, field))


_FEEDERS: Mapping[type, Feed] = {
    NoneType: lambda update, _: update(b"n"),
    bool: lambda update, value: update(b"t" if value else b"f"),
    Enum: lambda update, value: _feed_bytes(update, b"e", f"{type(value).__name__}.{value.name}".encode()),
    str: _feed_text,
    int: _feed_integer,
    float: lambda update, value: update(b"d" + struct.pack(">d", value)),
    bytes: lambda update, value: _feed_bytes(update, b"b", value),
    datetime.date: lambda update, value: _feed_bytes(update, b"D", value.isoformat().encode()),
    datetime.time: lambda update, value: _feed_bytes(update, b"D", value.isoformat().encode()),
    tuple: _feed_items,
    list: _feed_items,
    Mapping: _feed_mapping,
    set: _feed_set,
    frozenset: _feed_set,
}  # the first that a type is one of
