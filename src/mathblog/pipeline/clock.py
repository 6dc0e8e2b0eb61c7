"""The time of the build: as templates print it, and how long what they printed stays true."""

import datetime
import re
from collections.abc import Iterable

_OF_THE_DAY = re.compile(r"%[-0^#_]*\d*:{0,2}[HIklMSLNpPsrRTXcQ+]")  # directives that change within a day


def local_time(time: datetime.datetime, timezone: str) -> datetime.datetime:
    """The time in the site's zone, UTC where it names none."""
    if not timezone:
        return time.astimezone(datetime.UTC)
    from zoneinfo import ZoneInfo

    return time.astimezone(ZoneInfo(timezone))


def print_time(time: datetime.datetime, form: str) -> str:
    """The time in a Ruby format."""
    from mathblog.liquid.filters.strftime import strftime

    return strftime(time, form)


def prints_valid_until(time: datetime.datetime, forms: Iterable[str]) -> datetime.datetime | None:
    """Until when these formats print what they print at `time`: until midnight, or not at all; None for ever."""
    forms = tuple(forms)
    if not forms:
        return None
    if any(_OF_THE_DAY.search(form) for form in forms):
        return time
    tomorrow = time.date() + datetime.timedelta(days=1)
    return datetime.datetime.combine(tomorrow, datetime.time(), time.tzinfo)
