"""Any value -> the moment it means (Jekyll's `Utils.parse_date` and Liquid's `to_date`)."""

import datetime
import re

from mathblog.core.patterns import lazy_pattern
from mathblog.model.local_time import local_moment
from mathblog.text.english_dates import MONTHS

_NUMERIC = lazy_pattern(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_FIRST = lazy_pattern(r"\b(\d{1,2})(?:st|nd|rd|th)?[\s,.-]+([A-Za-z]{3,9})\.?[\s,.-]+(\d{4})\b")
_MONTH_FIRST = lazy_pattern(r"\b([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_MONTH = lazy_pattern(r"\b([A-Za-z]{3,9})\.?,?\s+(\d{4})\b")
_SLASHES = lazy_pattern(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_CLOCK = lazy_pattern(r"(?:[T\s]|^)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6})\d*)?)?\s*([ap]m)?", re.IGNORECASE)
_ZONE = lazy_pattern(r"(?::\d{2}(?:\.\d+)?|[ap]m)\s*(?:(Z|UTC|GMT)|([+-])(\d{2}):?(\d{2}))\s*$", re.IGNORECASE)
_MONTH_NUMBER = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_NOON = 12
_LONGEST_MONTH = 31


def read_moment(value: object, zone: datetime.tzinfo) -> datetime.datetime | None:
    """The moment a time, date, number of seconds or text means; None where it means none.

    What names no zone is in `zone`. Whole numbers are seconds since 1970, also as texts.
    """
    if isinstance(value, datetime.datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, datetime.date):
        return datetime.datetime.combine(value, datetime.time(), zone)
    try:
        if isinstance(value, int) and not isinstance(value, bool):
            return datetime.datetime.fromtimestamp(value, zone)
        if isinstance(value, str):
            stamp = re.fullmatch(r"\d{1,12}", value, re.ASCII)
            return datetime.datetime.fromtimestamp(int(value), zone) if stamp else _read(value.strip(), zone)
    except (ValueError, OverflowError, OSError):
        return None
    return None


def _read(text: str, zone: datetime.tzinfo) -> datetime.datetime | None:
    day = _read_day(text)
    if day is None:
        return None
    time = datetime.time()
    if clock := _CLOCK.search(text):
        hour = int(clock[1])
        if clock[5]:
            hour = hour % _NOON + (_NOON if clock[5].lower() == "pm" else 0)
        time = datetime.time(hour, int(clock[2]), int(clock[3] or 0), int((clock[4] or "0").ljust(6, "0")))
    offset = _ZONE.search(text)
    if offset and offset[1]:
        zone = datetime.UTC
    elif offset:
        delta = datetime.timedelta(hours=int(offset[3]), minutes=int(offset[4]))
        zone = datetime.timezone(-delta if offset[2] == "-" else delta)
    return local_moment(datetime.datetime.combine(day, time), zone)


def _read_day(text: str) -> datetime.date | None:
    if match := _NUMERIC.search(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _SLASHES.search(text):
        return _day(int(match[3]), int(match[2]), int(match[1]))
    if match := _DAY_FIRST.search(text):
        day, month, year = match.groups()
    elif match := _MONTH_FIRST.search(text):
        month, day, year = match.groups()
    elif match := _MONTH.search(text):
        month, day, year = match[1], "1", match[2]
    else:
        return None
    number = _MONTH_NUMBER.get(month[:3].lower())
    return _day(int(year), number, int(day)) if number else None


def _day(year: int, month: int, day: int) -> datetime.date:
    """A day; the 30th of February is the 2nd of March, as in Ruby's `Time.parse`.

    Raises:
        ValueError: when there are no such days.

    """
    if not 1 <= day <= _LONGEST_MONTH:
        raise ValueError(day)
    return datetime.date(year, month, 1) + datetime.timedelta(days=day - 1)
