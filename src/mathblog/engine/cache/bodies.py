"""Bodies in the store. A large one is compressed piece by piece, so that no copy of it as a whole is made on the way."""

import zlib
from collections.abc import Callable
from typing import Any, Final

import msgpack

from mathblog.model.body import Body, pack, size_of, unpack

BODY, LARGE_BODY = 125, 126  # the codes of the two forms
LARGE = 1_000_000  # characters of HTML from which a body counts as large
_LARGEST = 1 << 30  # bytes of a body; more is not read, however few the compressed ones are
_SLICE = 1 << 20  # bytes that are unpacked at once
_UNPACK: Final[dict[str, Any]] = {"unicode_errors": "surrogatepass", "max_buffer_size": _LARGEST}


def pack_body(body: Body, pack_value: Callable[[object], bytes]) -> msgpack.ExtType:
    """A body for msgpack; `pack_value` has the bytes of a text or a list."""
    kinds, texts = pack(body)
    if size_of(body) <= LARGE:
        return msgpack.ExtType(BODY, pack_value([kinds, texts]))
    compressor = zlib.compressobj(1)
    pressed = [compressor.compress(pack_value(text)) for text in (kinds, *texts)]
    return msgpack.ExtType(LARGE_BODY, b"".join((*pressed, compressor.flush())))


def unpack_body(code: int, data: bytes, unpack_value: Callable[[bytes], list[Any]]) -> Body:
    """The body that `pack_body` was given.

    Raises:
        ValueError, zlib.error: where it was not given any.

    """
    kinds, texts = unpack_value(data) if code == BODY else _decompress(data)
    if type(kinds) is not str or not set(map(type, texts)) <= {str}:
        message = "no texts in a body"
        raise ValueError(message)
    return unpack(kinds, texts)


def _decompress(data: bytes) -> tuple[object, list[Any]]:
    unpacker, values, size = msgpack.Unpacker(**_UNPACK), list[Any](), 0
    decompressor = zlib.decompressobj()
    while not decompressor.eof:
        part = decompressor.decompress(data, _SLICE)
        data = decompressor.unconsumed_tail
        size += len(part)
        if size > _LARGEST or not (part or data or decompressor.eof):
            break
        unpacker.feed(part)
        values += unpacker
    if not decompressor.eof or not values:
        message = "no compressed body"
        raise ValueError(message)
    return values[0], values[1:]
