"""Any value -> the text that Ruby's Liquid prints for it."""

import datetime
import math
from collections.abc import Iterator, Mapping

from mathblog.liquid.errors import LimitError
from mathblog.liquid.filters.dates.strftime import strftime
from mathblog.model.limits import LEAST, Limits


def to_text(value: object, limits: Limits = LEAST) -> str:
    """Return the text that `{{ value }}` prints: the items of a list one after the other, everything else as `to_s`."""
    if isinstance(value, str):
        return value
    if type(value) is int:
        return str(value)
    if isinstance(value, list | tuple):
        return _joined(_printed(value), limits)
    return inspect(value, limits) if isinstance(value, Mapping) and not hasattr(value, "liquid_text") else to_s(value)


def to_s(value: object) -> str:
    """Ruby's `to_s`: `2018-10-06 20:00:00 +0900` for a time, `["a", nil]` for a list, `{"a"=>1}` for a mapping."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if hasattr(value, "liquid_text"):
        return str(value.liquid_text())
    if isinstance(value, Mapping | list | tuple):
        return inspect(value)
    return _scalar(value)


def inspect(value: object, limits: Limits = LEAST) -> str:
    """Ruby's `inspect`, as mappings print."""
    return _joined(_inspected(value), limits)


def too_long(limits: Limits) -> LimitError:
    """Return the exception for a text that would be too long."""
    return LimitError(f"a text of more than {limits.characters // 1_000_000} million characters")


def too_many(limits: Limits) -> LimitError:
    """Return the exception for a list that would be too long."""
    return LimitError(f"a list of more than {limits.items:,} items")


def _joined(parts: Iterator[str], limits: Limits) -> str:
    """One text; lists within lists grow as 2 to the depth, so that values count as items."""
    found: list[str] = []
    length = 0
    for part in parts:
        found.append(part)
        length += len(part)
        if length > limits.characters:
            raise too_long(limits)
        if len(found) > limits.items:
            raise too_many(limits)
    return "".join(found)


def _printed(value: object) -> Iterator[str]:
    for item in value if isinstance(value, list | tuple) else (value,):
        if isinstance(item, list | tuple):
            yield ""  # counts
            yield from _printed(item)
        else:
            yield to_s(item)


def _inspected(value: object) -> Iterator[str]:
    if value is None:
        yield "nil"
    elif isinstance(value, str):
        text = value.translate(_ESCAPES)
        for sign in "{$@":
            text = text.replace("#" + sign, "\\#" + sign)
        yield f'"{text}"'
    elif isinstance(value, Mapping):
        yield "{"
        for index, (key, item) in enumerate(value.items()):
            yield ", " if index else ""
            yield from _inspected(key)
            yield "=>"
            yield from _inspected(item)
        yield "}"
    elif isinstance(value, list | tuple):
        yield "["
        for index, item in enumerate(value):
            yield ", " if index else ""
            yield from _inspected(item)
        yield "]"
    else:
        yield _scalar(value)


_ESCAPES = str.maketrans(
    {
        "\\": "\\\\",
        '"': '\\"',
        "\n": "\\n",
        "\t": "\\t",
        "\r": "\\r",
        "\f": "\\f",
        "\v": "\\v",
        "\b": "\\b",
        "\a": "\\a",
        "\x1b": "\\e",
    }
)


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if math.isinf(value) or math.isnan(value):
            return {"inf": "Infinity", "-inf": "-Infinity"}.get(str(value), "NaN")
        mantissa, mark, exponent = repr(value).partition("e")
        return f"{mantissa}{'.0' if mark and '.' not in mantissa else ''}{mark}{exponent}"
    if isinstance(value, datetime.datetime):
        return strftime(value, "%Y-%m-%d %H:%M:%S %z" if value.tzinfo else "%Y-%m-%d %H:%M:%S")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return f"{value.start}..{value.stop - 1}" if isinstance(value, range) else str(value)
