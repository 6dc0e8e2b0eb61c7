"""Fingerprint of any frozen value, derived from its fields, never from a hand-kept list."""

import datetime
import hashlib
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import lru_cache
from typing import TypeAlias

Update: TypeAlias = Callable[[bytes], None]


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
    kind = type(value)
    if kind is str:  # by far the most, and no enum
        _feed_bytes(update, b"s", value.encode("utf-8", "surrogatepass"))  # type: ignore[attr-defined]
    elif kind is tuple or kind is list:
        _feed_items(update, value)  # type: ignore[arg-type]
    elif value is None or kind is bool:
        update(b"n" if value is None else b"t" if value else b"f")
    elif isinstance(value, Enum):
        _feed_bytes(update, b"e", f"{type(value).__name__}.{value.name}".encode())
    elif isinstance(value, str):
        _feed_bytes(update, b"s", value.encode("utf-8", "surrogatepass"))
    elif isinstance(value, int):
        _feed_bytes(update, b"i", str(value).encode() if abs(value) < 1 << 63 else hex(value).encode())
    elif isinstance(value, float):
        update(b"d" + struct.pack(">d", value))
    elif isinstance(value, bytes):
        _feed_bytes(update, b"b", value)
    elif isinstance(value, datetime.date | datetime.time):
        _feed_bytes(update, b"D", value.isoformat().encode())
    else:
        _feed_compound(update, value)


def _feed_compound(update: Update, value: object) -> None:
    if is_dataclass(value) and not isinstance(value, type):
        name, names = _shape(type(value))
        _feed_bytes(update, b"c%d" % len(names), name)
        for field in names:
            _feed(update, getattr(value, field))
    elif isinstance(value, Mapping):
        update(b"m%d;" % len(value))
        for item in sorted(fingerprint(key, item) for key, item in value.items()):
            update(item.encode())
    elif isinstance(value, list | tuple):
        _feed_items(update, value)
    elif isinstance(value, set | frozenset):
        update(b"S%d;" % len(value))
        for item in sorted(fingerprint(item) for item in value):
            update(item.encode())
    else:
        message = f"no fingerprint for a value of type {type(value).__qualname__}"
        raise TypeError(message)


def _feed_items(update: Update, items: Sequence[object]) -> None:
    update(b"l%d;" % len(items))
    for item in items:
        _feed(update, item)


@lru_cache(maxsize=256)
def _shape(kind: type) -> tuple[bytes, tuple[str, ...]]:
    """The name of a dataclass and of its fields; asking `fields` for each value costs more than the digest."""
    return kind.__qualname__.encode(), tuple(field.name for field in fields(kind) if field.compare)


def _feed_bytes(update: Update, mark: bytes, data: bytes) -> None:
    update(b"%b%d;" % (mark, len(data)))
    update(data)
