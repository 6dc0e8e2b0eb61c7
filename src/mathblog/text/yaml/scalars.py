"""A plain YAML scalar -> its value, as Ruby reads it (Psych's `scalar_scanner.rb`)."""

import datetime
import re
from functools import lru_cache

from mathblog.core.patterns import lazy_pattern

LONGEST_NUMBER = 1000  # characters; longer ones are mistakes or bombs
DEEPEST = 100  # mappings and lists within each other

_WORDS = {"null": None, "~": None, "yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
_SYMBOL = lazy_pattern(r":\w+\Z")
_DATE = lazy_pattern(r"(\d{4})-(1[012]|0\d|\d)-([12]\d|3[01]|0\d|\d)\Z", re.ASCII)
_TIME = lazy_pattern(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt]|\s+)(\d{1,2}):(\d\d):(\d\d)(?:\.(\d*))?"
    r"(?:\s*(Z|([-+])(\d{1,2}):?(\d\d)?))?\Z",
    re.ASCII,
)
_SEXAGESIMAL = lazy_pattern(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9]){1,2}\Z", re.ASCII)
_SEXAGESIMAL_FLOAT = lazy_pattern(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9]){1,2}\.[0-9_]*\Z", re.ASCII)
_FLOAT = lazy_pattern(r"[-+]?(?:[0-9][0-9_,]*)?\.[0-9]*(?:[eE][-+][0-9]+)?\Z", re.ASCII)
_DECIMAL = lazy_pattern(r"[-+]?(?:0|[1-9](?:[0-9]|,[0-9]|_[0-9])*)\Z", re.ASCII)
_BASED = lazy_pattern(r"([-+]?)(?:0b([0-1_,]+)|0([0-7_,]+)|0x([0-9a-fA-F_,]+))\Z", re.ASCII)
_INFINITY = {".inf": float("inf"), "+.inf": float("inf"), "-.inf": float("-inf"), ".nan": float("nan")}
_DIGITS = lazy_pattern(r"[-+]?[0-9a-fA-FxXb_,.:]+\Z", re.ASCII)
_WORTH_KEEPING = 40  # characters: the same words and dates come again and again, sentences do not
_BASES = ((2, 2), (3, 8), (4, 16))

Scalar = bool | int | float | str | datetime.date | datetime.datetime | None


class NumberTooLongError(ValueError):
    """A number of more digits than any text about mathematics needs as a value."""


def read_scalar(text: str) -> Scalar:
    """The value of a plain (unquoted) scalar.

    Booleans are `yes`, `no`, `on`, `off`, `true` and `false` in any case. A time without an offset is UTC. A Ruby symbol
    such as `:compressed` is the word after the colon. What looks like a date but is none stays text.

    Raises:
        NumberTooLongError: for a number of more than `LONGEST_NUMBER` characters.

    """
    return _read_known(text) if len(text) < _WORTH_KEEPING else _read(text)


def _read(text: str) -> Scalar:
    if not text:
        return None
    first = text[0]
    if first.isalpha() or first == "~":
        return _WORDS.get(text.lower(), text) if len(text) <= len("false") else text
    if first == ":":
        return text[1:] if _SYMBOL.match(text) else text
    if first in "0123456789+-.":
        if text[-1] not in "0123456789abcdefABCDEFnNZ._,":
            return text
        if len(text) > LONGEST_NUMBER:
            if _DIGITS.match(text):
                raise NumberTooLongError
            return text
        time = _read_time(text)
        if time is not None:
            return time
        number = _read_decimal(text)
        return text if number is None else number
    return text


_read_known = lru_cache(maxsize=4096)(_read)


def _read_decimal(text: str) -> int | float | None:
    if text.lower() in _INFINITY:
        return _INFINITY[text.lower()]
    digits = text.replace("_", "")
    if _SEXAGESIMAL.match(text):
        # Psych counts hours and minutes even where there are no seconds: `12:30` is 45000
        return sum(int(part) * int(60 ** abs(place - 2)) for place, part in enumerate(digits.split(":")))
    if _SEXAGESIMAL_FLOAT.match(text):
        return sum(float(part) * 60.0 ** abs(place - 2) for place, part in enumerate(digits.split(":")))
    if _FLOAT.match(text) and any(map(str.isdigit, text)):
        return float(digits.replace(",", ""))
    if _DECIMAL.match(text):
        return int(digits.replace(",", ""))
    if found := _BASED.match(text):
        for group, base in _BASES:
            digits = (found[group] or "").replace("_", "").replace(",", "")
            if digits:
                return int(found[1] + digits, base)
    return None


def _read_time(text: str) -> datetime.date | datetime.datetime | None:
    try:
        if found := _DATE.match(text):
            return datetime.date(int(found[1]), int(found[2]), int(found[3]))
        if found := _TIME.match(text):
            micro = int((found[7] or "0")[:6].ljust(6, "0"))
            year, month, day, hour, minute, second = map(int, found.group(1, 2, 3, 4, 5, 6))
            zone = datetime.UTC
            if found[9] is not None:
                offset = datetime.timedelta(hours=int(found[10]), minutes=int(found[11] or 0))
                zone = datetime.timezone(-offset if found[9] == "-" else offset)
            return datetime.datetime(year, month, day, hour, minute, second, micro, zone)
    except (ValueError, OverflowError):
        return None
    return None
