"""Dates in words, by the page's language and never by the machine's locale."""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from mathblog.core.patterns import lazy_pattern
from mathblog.text.english_dates import DAYS, MONTHS

Labels = Mapping[str, object]

_CODE = lazy_pattern(r"%(-?[A-Za-z%])")
_SHORT = 3
_SHORT_PATTERN = 200  # characters: what a template makes longer is not kept
_NOON = 12

_NUMBERS: Mapping[str, Callable[[datetime.date], str]] = {
    "Y": lambda date: f"{date.year:04}",
    "y": lambda date: f"{date.year % 100:02}",
    "m": lambda date: f"{date.month:02}",
    "-m": lambda date: str(date.month),
    "d": lambda date: f"{date.day:02}",
    "-d": lambda date: str(date.day),
    "e": lambda date: f"{date.day:2}",
    "j": lambda date: f"{date.timetuple().tm_yday:03}",
    "F": lambda date: f"{date.year:04}-{date.month:02}-{date.day:02}",
    "%": lambda _: "%",
}
_TIMES: Mapping[str, Callable[[datetime.datetime], str]] = {
    "H": lambda time: f"{time.hour:02}",
    "-H": lambda time: str(time.hour),
    "I": lambda time: f"{time.hour % _NOON or _NOON:02}",
    "-I": lambda time: str(time.hour % _NOON or _NOON),
    "M": lambda time: f"{time.minute:02}",
    "S": lambda time: f"{time.second:02}",
    "p": lambda time: "AM" if time.hour < _NOON else "PM",
    "z": lambda time: time.isoformat()[-6:].replace(":", "") if time.utcoffset() is not None else "",
}


def format_date(date: datetime.date, pattern: str, labels: Labels) -> str:
    """The date by a pattern of `strftime` codes, `%-d` for a number without its zero; unknown codes stay as they are.

    The names of months and days are those of `labels` (`months`, `days`: twelve and seven words, Monday first), with
    English as the default. A code of the time of day gives midnight for a date without one.
    """
    months, days = _names(labels.get("months"), MONTHS), _names(labels.get("days"), DAYS)
    filled = _filled if len(pattern) < _SHORT_PATTERN else _filled.__wrapped__
    return filled(date, date.isoformat(), pattern, months, days)


def _names(given: object, english: Sequence[str]) -> tuple[str, ...]:
    is_given = isinstance(given, list | tuple) and len(given) == len(english)
    return tuple(map(str, given)) if is_given else ()  # type: ignore[call-overload]


@lru_cache(maxsize=2048)
def _filled(date: datetime.date, _written: str, pattern: str, months: tuple[str, ...], days: tuple[str, ...]) -> str:
    """The date by a pattern; lists show each date many times. `_written` tells one moment in two zones apart."""
    time = date if isinstance(date, datetime.datetime) else datetime.datetime(date.year, date.month, date.day)  # noqa: DTZ001 - has none

    def fill(found: re.Match[str]) -> str:
        code = found[1]
        if code in _NUMBERS:
            return _NUMBERS[code](date)
        if code in _TIMES:
            return _TIMES[code](time)
        name = ""
        if code in ("B", "b", "h"):
            name = _pick(months, MONTHS, date.month - 1, short=code != "B")
        elif code in ("A", "a"):
            name = _pick(days, DAYS, date.weekday(), short=code == "a")
        return name or found[0]

    return _CODE.sub(fill, pattern)


def _pick(given: Sequence[str], english: Sequence[str], index: int, *, short: bool) -> str:
    if given:
        return given[index]  # no rule says where to cut a word of another language
    return english[index][:_SHORT] if short else english[index]
