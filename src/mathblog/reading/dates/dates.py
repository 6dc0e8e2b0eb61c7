"""Jekyll's dates: a `date:` or a file name -> a time in the site's zone."""

import datetime
import re
from collections.abc import Mapping

from mathblog.core.patterns import lazy_pattern
from mathblog.model.local_time import local_moment
from mathblog.model.values import Value

_ZONES = {"z": 0, "utc": 0, "ut": 0, "gmt": 0}  # Ruby's `Time::ZoneOffset`: with any other name a time is local
_ZONES |= {"est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

_TIME_AND_ZONE = (
    r"(?:[ \tT]+(?P<hour>\d{1,2})(?::(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:\.\d*)?)?)?\s*(?P<half>[ap]\.?m\.?)?)?"
    r"(?:\s*(?P<sign>[-+])(?P<off_hour>\d{1,2}):?(?P<off_minute>\d{2})?|\s*(?P<zone>[A-Za-z]{1,4}))?\s*\Z"
)
_FORMS = tuple(
    lazy_pattern(form + _TIME_AND_ZONE, re.IGNORECASE | re.ASCII)
    for form in (
        r"\s*(?P<year>\d{2}|\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})",
        r"\s*(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        r"\s*(?:[a-z]{3,9},?\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?[ -](?P<name>[a-z]{3})[a-z]*\.?,?[ -](?P<year>\d{4}),?",
        r"\s*(?:[a-z]{3,9},?\s+)??(?P<name>[a-z]{3})[a-z]*\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4}),?",
    )
)
_CENTURY_TURN = 69  # two-digit years from here on belong to the 20th century, as in Ruby's `Date._parse`
_NOON = 12
_LONGEST_MONTH = 31
_LONGEST = 200  # characters of a text that are looked through for a date


def read_date(value: Value, zone: datetime.tzinfo) -> datetime.datetime | None:
    """The time of a front matter `date` (or a file name's date) in the site's zone, None where it is no date.

    YAML's time without an offset is UTC (`yaml_scalars`); a date alone, and what YAML keeps as text
    (`2018-10-11 12:00`), is local; an offset counts. Nothing is filled in from today.
    """
    try:
        if isinstance(value, datetime.datetime):
            return value.replace(microsecond=0).astimezone(zone)
        if isinstance(value, datetime.date):
            return local_moment(datetime.datetime(value.year, value.month, value.day), zone)  # noqa: DTZ001 - a wall clock time
        if isinstance(value, bool) or not isinstance(value, int | str):
            return None
        return parse_date(str(value), zone)
    except (ValueError, OverflowError):
        return None


def localize(value: Value, zone: datetime.tzinfo) -> Value:
    """Nested data, its times of UTC in the site's zone; a time with an offset keeps it, as in Ruby's YAML."""
    if isinstance(value, Mapping):
        return {key: localize(inner, zone) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [localize(inner, zone) for inner in value]
    if isinstance(value, datetime.datetime) and value.tzinfo is datetime.UTC:
        try:
            return value.astimezone(zone)
        except (ValueError, OverflowError):  # at the ends of the calendar
            return value
    return value


def parse_date(text: str, zone: datetime.tzinfo) -> datetime.datetime | None:
    """The time of a written date as Ruby's `Time.parse` takes it; a day that a month does not have is one of the next.

    A month alone is its first day. What Ruby would fill in from today (`March 3`, `10:00`) is no date.

    Raises:
        ValueError, OverflowError: for a day or time that does not exist, such as 32 May.

    """
    for form in _FORMS:
        if found := form.match(text):
            return _time(found.groupdict(), zone)
    from mathblog.reading.dates.written_dates import find_date

    parts = find_date(text[:_LONGEST])
    return _time(parts, zone) if parts else None


def missing_day(value: Value) -> bool:
    """Whether a written date names a day that its month does not have, such as 30 February."""
    found = next((found for form in _FORMS if (found := form.match(value))), None) if isinstance(value, str) else None
    if not found:
        return False
    parts = found.groupdict()
    try:
        datetime.date(_year(parts["year"]), _month(parts), int(parts.get("day") or 1))
    except ValueError:
        return True
    return False


def unknown_zone(value: Value) -> str:
    """The name of a zone in a written date that Ruby does not know, so that the time is local; '' where all is well."""
    found = next((found for form in _FORMS if (found := form.match(value))), None) if isinstance(value, str) else None
    zone = found["zone"] if found else None
    return zone if zone and zone.lower() not in _ZONES else ""


def _time(parts: Mapping[str, str | None], zone: datetime.tzinfo) -> datetime.datetime | None:
    month = _month(parts)
    if not month:
        return None
    year, number = _year(parts["year"] or ""), int(parts.get("day") or 1)
    if not 1 <= number <= _LONGEST_MONTH:
        message = f"no day {number}"
        raise ValueError(message)
    # up to the 31st a month has every day in Ruby's `Time.local`, and 30 February is 2 March
    day = datetime.datetime(year, month, 1) + datetime.timedelta(days=number - 1)  # noqa: DTZ001 - a wall clock time
    hour, minute, second = _number(parts["hour"]), _number(parts["minute"]), _number(parts["second"])
    if parts["half"]:
        hour = hour % _NOON + (_NOON if parts["half"].lower().startswith("p") else 0)
    if hour == 24 and minute == second == 0:  # noqa: PLR2004 - midnight at the end of the day
        naive = day + datetime.timedelta(days=1)
    else:
        naive = day.replace(hour=hour, minute=minute, second=second)
    offset: datetime.timedelta | None = None
    if parts["sign"]:
        size = datetime.timedelta(hours=_number(parts["off_hour"]), minutes=_number(parts["off_minute"]))
        offset = -size if parts["sign"] == "-" else size
    elif parts["zone"] and (minutes := _ZONES.get(parts["zone"].lower())) is not None:
        offset = datetime.timedelta(minutes=minutes)
    if offset is None:
        return local_moment(naive, zone)
    return naive.replace(tzinfo=datetime.timezone(offset)).astimezone(zone)


def _number(text: str | None) -> int:
    return int(text or 0)


def _year(text: str) -> int:
    year = int(text)
    if len(text) > 2:  # noqa: PLR2004 - more than two digits are the year itself
        return year
    return year + (1900 if year >= _CENTURY_TURN else 2000)


def _month(parts: Mapping[str, str | None]) -> int:
    if parts.get("month"):
        return int(parts["month"] or 0)
    name = (parts.get("name") or "").lower()
    return _MONTHS.index(name) + 1 if name in _MONTHS else 0
