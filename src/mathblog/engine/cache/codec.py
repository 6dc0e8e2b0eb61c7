"""Frozen values -> bytes and back: msgpack, never pickle, so that a restored cache cannot run code."""

import datetime
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from enum import Enum
from itertools import starmap
from typing import Any, Final

import msgpack

from mathblog.core.diagnostic import Diagnostic, Severity
from mathblog.core.digest import fingerprint
from mathblog.core.source import Span
from mathblog.engine.cache.bodies import BODY, LARGE_BODY, pack_body, unpack_body
from mathblog.engine.cache.shapes import Shape, fields_of
from mathblog.model.body import Body, Math
from mathblog.model.citations.reference import Reference
from mathblog.model.compiled import Compiled, Excerpt, FileBeside, Heading, Label
from mathblog.model.document import Meta
from mathblog.model.formula import (
    Display,
    FormulaError,
    FormulaReference,
    Named,
    Numbering,
    NumberProblem,
    RenderedFormula,
    Row,
    TagContent,
)
from mathblog.model.navigation import NavigationItem

_OF_NUMBERS = (Numbering, Display, Row, Named, TagContent, FormulaReference, NumberProblem, Label)
_CLASSES: tuple[type, ...] = (
    *(
        Meta,
        Compiled,
        Excerpt,
        Heading,
        Diagnostic,
        Span,
        RenderedFormula,
        FormulaError,
        NavigationItem,
        Reference,
        FileBeside,
    ),
    *_OF_NUMBERS,
)
_FIELDS = {kind: tuple(fields_of(kind)) for kind in _CLASSES}
_NUMBER = {kind: number for number, kind in enumerate(_CLASSES)}
_CHECKSUM = 4  # bytes
_IDLE: Final[list[msgpack.Packer]] = []  # packers
_FLAT: Final[list[msgpack.Packer]] = []  # packers of tuples as lists
_PACKED, _REFERENCE, _NUMBERING, _LABELS, _TUPLE, _DATE, _DATETIME, _SEVERITY, _INTEGER = range(116, 125)

FORMAT = fingerprint(
    "flat numbers and references, packed parts",
    [[kind.__name__, [[name, str(hint)] for name, hint in fields_of(kind).items()]] for kind in (*_CLASSES, Math)],
)
"""Changes with every change of a stored class, so that values of another mathblog are never read."""


class DamagedError(ValueError):
    """Stored bytes are not what was written, or not what is asked for."""


class Packed(bytes):
    """A value that was packed. `encode` takes its bytes as they are, also inside other values; its digest is taken of them, too."""

    __slots__ = ()


def pack(value: object) -> Packed:
    """The value, packed once. The result can be put into several other values."""
    return Packed(_pack(value))


def encode(value: object) -> bytes:
    """The bytes of a value, with a checksum in front."""
    data = value if type(value) is Packed else _pack(value)
    return b"".join((_checksum(data), data))


def decode(data: bytes | memoryview, shape: Shape | None = None, *, whole: bool = False) -> Any:
    """The value that `encode` was given; with a `shape`, one of that shape. `whole` says that the bytes are known to be what was written.

    Raises:
        DamagedError: where the bytes were changed or cut, or the value has another shape.

    """
    try:
        whole = whole or is_whole(data)
        value = msgpack.unpackb(memoryview(data)[_CHECKSUM:], **_UNPACK) if whole else None
    except Exception as error:  # whatever damage does to bytes and to the classes made of them
        raise DamagedError from error
    if not whole or (shape is not None and not shape([value])):
        raise DamagedError
    return value


def is_whole(data: bytes | memoryview) -> bool:
    """Whether bytes have the checksum of what `encode` made of some value."""
    return _checksum(memoryview(data)[_CHECKSUM:]) == data[:_CHECKSUM]


def _checksum(data: bytes | memoryview) -> bytes:
    """Against damage, not against anybody: a digest takes four times as long."""
    return zlib.crc32(data).to_bytes(_CHECKSUM, "big")


def _pack(value: object) -> bytes:
    """The bytes of a value. A value in another one has a packer of its own; making one takes longer than most packing."""
    try:
        packer = _IDLE.pop()
    except IndexError:
        packer = msgpack.Packer(default=_pack_extension, strict_types=True, unicode_errors="surrogatepass")
    packed: bytes = packer.pack(value)
    _IDLE.append(packer)  # one that raised an error may hold half a value, and is not used again
    return packed


def _pack_flat(value: object) -> bytes:
    """The bytes of named tuples of texts, numbers and tuples: tuples are lists, so that nothing comes back here.

    Raises:
        OverflowError: for a number that needs more than 64 bits.

    """
    packer = _FLAT.pop() if _FLAT else msgpack.Packer(unicode_errors="surrogatepass")
    packed: bytes = packer.pack(value)
    _FLAT.append(packer)
    return packed


def _pack_extension(value: object) -> object:
    kind = type(value)
    if kind is Packed:
        return msgpack.ExtType(_PACKED, value)
    if kind is Numbering:
        with suppress(OverflowError):  # of a counter that is set to such a number
            return msgpack.ExtType(_NUMBERING, _pack_flat(value))
    if kind is tuple and value and type(value[0]) is Label:  # type: ignore[index]
        return msgpack.ExtType(_LABELS, _pack_flat(value))
    if kind is Reference:
        return msgpack.ExtType(_REFERENCE, _pack_flat([getattr(value, name) for name in _FIELDS[kind]]))
    return _pack_other(value)


def _pack_other(value: object) -> object:
    kind = type(value)
    number = _NUMBER.get(kind)
    if number is not None:
        return msgpack.ExtType(number, _pack([getattr(value, name) for name in _FIELDS[kind]]))
    if kind is Body:
        return pack_body(value, _pack)  # type: ignore[arg-type]
    if kind is tuple:
        return msgpack.ExtType(_TUPLE, _pack(list(value)))  # type: ignore[call-overload]
    if isinstance(value, datetime.datetime):
        return msgpack.ExtType(_DATETIME, _pack([value.isoformat(), getattr(value.tzinfo, "key", "")]))
    if isinstance(value, datetime.date):
        return msgpack.ExtType(_DATE, value.isoformat().encode())
    if isinstance(value, Severity):
        return msgpack.ExtType(_SEVERITY, value.value.encode())
    if isinstance(value, int) and not isinstance(value, bool):
        return msgpack.ExtType(_INTEGER, hex(value).encode())
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, str) and not isinstance(value, Enum):
        return str(value)
    message = f"no stored form for a value of type {kind.__qualname__}"
    raise TypeError(message)


def _unpack_extension(code: int, data: bytes) -> object:
    if code < len(_CLASSES):
        return _CLASSES[code](*_unpack(data))
    if code in _FLAT_KINDS:
        return _FLAT_KINDS[code](*msgpack.unpackb(data, use_list=False, unicode_errors="surrogatepass"))
    return _unpack_other(code, data)


def _unpack_other(code: int, data: bytes) -> object:
    if code == _PACKED:
        return _unpack(data)
    if code == _TUPLE:
        return tuple(_unpack(data))
    if code in (BODY, LARGE_BODY):
        return unpack_body(code, data, _unpack)
    if code == _DATETIME:
        text, zone = _unpack(data)
        moment = datetime.datetime.fromisoformat(text)
        if not zone:
            return moment
        from zoneinfo import ZoneInfo

        return moment.astimezone(ZoneInfo(zone))
    text = data.decode()
    if code == _DATE:
        return datetime.date.fromisoformat(text)
    if code == _SEVERITY:
        return Severity(text)
    if code == _INTEGER:
        return int(text, 16)
    raise DamagedError


def _numbering(*fields: Any) -> Numbering:
    """The numbering whose fields were packed flat."""
    form, parts, displays, events, tags, references, problems = fields
    return Numbering(
        form,
        parts,
        tuple(
            Display(kind, tuple(Row(auto, tuple(starmap(Named, labels)), tag) for auto, labels, tag in rows))
            for kind, rows in displays
        ),
        tuple((kind, tuple(starmap(Named, value)) if type(value) is tuple else value) for kind, value in events),
        tuple(starmap(TagContent, tags)),
        tuple(starmap(FormulaReference, references)),
        tuple(starmap(NumberProblem, problems)),
    )


_FLAT_KINDS: Final[Mapping[int, Callable[..., object]]] = {
    _NUMBERING: _numbering,
    _LABELS: lambda *labels: tuple(starmap(Label, labels)),
    _REFERENCE: Reference,
}


def _unpack(data: bytes) -> list[Any]:
    values: list[Any] = msgpack.unpackb(data, **_UNPACK)
    return values


_UNPACK: Final[dict[str, Any]] = {
    "ext_hook": _unpack_extension,
    "strict_map_key": False,
    "unicode_errors": "surrogatepass",
}
