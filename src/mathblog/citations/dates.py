"""The date of an entry: `date`, or `year`, `month` and `day`."""

import re
from typing import NamedTuple

from mathblog.citations.latex import plain
from mathblog.core.digits import to_number
from mathblog.core.patterns import lazy_pattern
from mathblog.model.citations.reference import Reference

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ISO = lazy_pattern(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_NUMBER = lazy_pattern(r"\d+")
_DAY = lazy_pattern(r"[^\d](\d{1,2})\b")
_DIGITS = 2  # of a month or a day


class Date(NamedTuple):
    """A date; `year` is as it is written, '' where there is none, month and day are 0 where nobody knows."""

    year: str
    month: int = 0
    day: int = 0


def date_of(reference: Reference) -> Date:
    """Return the date of an entry, `date` before `year`."""
    fields = reference.fields
    iso = _ISO.match(plain(fields.get("date", "")).strip())
    if iso:
        return _iso_date(iso)
    month, day = read_month(fields.get("month", ""))
    written = _NUMBER.search(plain(fields["day"])) if "day" in fields else None
    own = to_number(written[0], _DIGITS) if written else None
    return Date(plain(fields.get("year", "")).strip(), month, day if own is None else own)


def read_month(value: str) -> tuple[int, int]:
    """The number of a month and the day that stands with it: of `April`, `apr`, `4`, `January~15`."""
    words = plain(value).replace("\xa0", " ").strip().casefold()
    if not words:
        return 0, 0
    day = _DAY.search(words)
    for number, name in enumerate(MONTHS, 1):
        if words[:3] == name[:3].casefold():
            return number, int(day[1]) if day else 0
    number = to_number(words, _DIGITS) or 0
    return (number, 0) if number <= len(MONTHS) else (0, 0)


def accessed(reference: Reference) -> Date:
    """When a page was read: `urldate`."""
    iso = _ISO.match(plain(reference.fields.get("urldate", "")).strip())
    return _iso_date(iso) if iso else Date("")


def _iso_date(found: re.Match[str]) -> Date:
    """A date by its digits; a month that no year has is none, and its day neither."""
    month = int(found[2] or 0)
    return Date(found[1], month, int(found[3] or 0)) if month <= len(MONTHS) else Date(found[1])
