"""Any value -> the text that Ruby's Liquid prints for it."""

import datetime
import math
from collections.abc import Iterable, Mapping

from liquid.undefined import Undefined

from mathblog.liquid.filters.strftime import strftime


def to_text(value: object) -> str:
    """What `{{ value }}` prints: `2018-10-06 20:00:00 +0900` for a time, `a=>1` in braces for a mapping."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, Undefined):
        return ""
    if isinstance(value, Mapping):
        return str(value.liquid_text()) if hasattr(value, "liquid_text") else inspect(value)
    if isinstance(value, list | tuple):
        return "".join(map(to_text, value))
    return _scalar(value)


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, datetime.date):
        return _date(value)
    return f"{value.start}..{value.stop - 1}" if isinstance(value, range) else str(value)


def inspect(value: object) -> str:
    """Ruby's `inspect`, as hashes print."""
    if value is None or isinstance(value, Undefined):
        return "nil"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{inspect(key)}=>{inspect(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Iterable) and not isinstance(value, range):
        return "[" + ", ".join(map(inspect, value)) + "]"
    return to_text(value)


def _date(value: datetime.date) -> str:
    if not isinstance(value, datetime.datetime):
        return value.isoformat()
    return strftime(value, "%Y-%m-%d %H:%M:%S %z" if value.tzinfo else "%Y-%m-%d %H:%M:%S")


def _float(value: float) -> str:
    if math.isinf(value) or math.isnan(value):
        return {"inf": "Infinity", "-inf": "-Infinity"}.get(str(value), "NaN")
    text = repr(value)
    mantissa, mark, exponent = text.partition("e")
    if not mark:
        return text
    if "." not in mantissa:
        mantissa += ".0"
    return f"{mantissa}e{exponent}"
