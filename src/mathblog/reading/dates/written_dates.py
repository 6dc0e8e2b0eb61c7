"""Dates in words and in other orders, as Ruby's `Date._parse` finds them in a text (`ext/date/date_parse.c`)."""

import re
from collections.abc import Mapping

from mathblog.core.patterns import lazy_pattern

_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = r"('?-?\d+(?:(?:st|nd|rd|th)\b)?)"
_TIME = lazy_pattern(
    r"(?P<hour>\d+)\s*(?:(?::\s*(?P<minute>\d+)(?:\s*:\s*(?P<second>\d+)(?:[,.]\d*)?)?|h(?:\s*(?P<past>\d+)m?\b)?)"
    r"\s*(?P<half>[ap]\.?m\.?\b)?|(?P<bare_half>[ap]\.?m\.?\b))"
    r"\s*(?:(?:gmt|utc?)?(?P<sign>[-+])(?P<off_hour>\d{1,2}):?(?P<off_minute>\d{2})?|(?P<zone>[a-z]+))?",
    re.IGNORECASE | re.ASCII,
)
# in Ruby's order; which of the three groups is the year, the month, the day
_FORMS = tuple(
    (lazy_pattern(form, re.IGNORECASE | re.ASCII), order)
    for form, order in (
        (rf"('?\d+)[^-\d\s]*\s*{_MONTH}[^-\d\s']*(?:\s*{_YEAR})?", (2, 1, 0)),
        (rf"\b{_MONTH}[^-\d\s']*\s*('?\d+)[^-\d\s']*(?:\s*,?\s*('?-?\d+))?", (2, 0, 1)),
        (r"(?<![a-z])('?[-+]?\d+)-(\d+)-('?-?\d+)", (0, 1, 2)),
        (rf"('?-?\d+)-{_MONTH}[^-/.]*-('?-?\d+)", (2, 1, 0)),
        (rf"\b{_MONTH}[^-/.]*-('?-?\d+)(?:-('?-?\d+))?", (2, 0, 1)),
        (r"('?-?\d+)/\s*('?\d+)(?:\D\s*('?-?\d+))?", (0, 1, 2)),
        (r"(?<![a-z\d])('?-?\d+)\.\s*('?\d+)\.\s*('?-?\d+)", (0, 1, 2)),
    )
)
_SUFFIX = lazy_pattern(r"('?-?\d+)(?:st|nd|rd|th)\Z", re.IGNORECASE)
_SHORT = 2  # digits of a day, a month, and a year without its century


def find_date(text: str) -> Mapping[str, str | None] | None:
    """The parts of a date as digits, None where there is none with a month and a year.

    The day is `1` where none is written, as in `Time.parse`. What Ruby would fill in from today's date is no date here.
    """
    time = _TIME.search(text)
    rest = f"{text[: time.start()]} {text[time.end() :]}" if time else text
    for form, order in _FORMS:
        if found := form.search(rest):
            year, month, day = (found[place + 1] or "" for place in order)
            break
    else:
        return None
    # the parts are exchanged where one of them can only be a year (`s3e` in Ruby's source)
    if year and month and not day:
        year, month, day = day, year, month
    if not year and _is_year(day):
        year, day = day, year
    if suffixed := _SUFFIX.match(year):
        year, day = day, suffixed[1]
    if month.lower() not in _MONTHS and _is_year(month):
        year, month, day = month, day, year
    if _is_year(day):
        year, day = day, year
    if not year or not month or year.startswith("-"):
        return None
    parts = time.groupdict() if time else {}
    return {
        **dict.fromkeys(("hour", "minute", "second", "half", "sign", "off_hour", "off_minute", "zone")),
        **parts,
        "minute": parts.get("minute") or parts.get("past"),
        "half": parts.get("half") or parts.get("bare_half"),
        "year": year.strip("'"),
        "month": str(_MONTHS.index(month.lower()) + 1) if month.lower() in _MONTHS else month,
        "day": day or "1",
    }


def _is_year(part: str) -> bool:
    return part.startswith("'") or len(part) > _SHORT
