"""The time of the build: as templates print it, and how long what they printed stays true."""

import datetime
import re
from collections.abc import Iterable

from mathblog.core.diagnostic import Diagnostic, in_file
from mathblog.core.stops import Stop
from mathblog.model.options import ReadingOptions
from mathblog.model.zones import load_zone
from mathblog.reading.dates.dates import read_date

_OF_THE_DAY = re.compile(r"%[-0^#_]*\d*:{0,2}[HIklMSLNpPsrRTXcQ+]")  # directives that change within a day


def time_of_build(options: ReadingOptions, clock: datetime.datetime) -> datetime.datetime:
    """The configuration's `time:`, else the clock's time, in the site's zone (`Site#reset`)."""
    zone = load_zone(options.timezone)
    written = None if options.time is None else read_date(options.time, zone)
    return clock.astimezone(zone) if written is None else written


def check_time(options: ReadingOptions) -> tuple[Diagnostic, ...]:
    """The error for a `time:` that is none. Jekyll stops there, too."""
    if options.time is None or read_date(options.time, load_zone(options.timezone)) is not None:
        return ()
    message = f"`time` has to be a date, not `{options.time}`"
    hint = "write `time: 2018-10-06` or `time: 2018-10-06 20:00:00 +0900`"
    return (in_file("_config.yml", message, code=Stop.CONFIG_VALUE, hint=hint),)


def local_time(time: datetime.datetime, timezone: str) -> datetime.datetime:
    """The time in the site's zone, UTC where it names none."""
    if not timezone:
        return time.astimezone(datetime.UTC)
    from zoneinfo import ZoneInfo

    return time.astimezone(ZoneInfo(timezone))


def print_time(time: datetime.datetime, form: str) -> str:
    """The time in a Ruby format."""
    from mathblog.liquid.filters.dates.strftime import strftime

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
