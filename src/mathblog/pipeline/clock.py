"""The time of the build: as templates print it, and how long what they printed stays true."""

import datetime
from collections.abc import Iterable

from mathblog.config.settings import COMMAND_LINE
from mathblog.core.diagnostic import Diagnostic, at, in_file
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText, Span
from mathblog.core.stops import Stop
from mathblog.model.options import ReadingOptions
from mathblog.model.zones import load_zone
from mathblog.reading.dates.dates import read_date
from mathblog.reading.fields import describe_type

_OF_THE_DAY = lazy_pattern(r"%[-0^#_]*\d*:{0,2}[HIklMSLNpPsrRTXcQ+]")  # directives that change within a day


def time_of_build(options: ReadingOptions, clock: datetime.datetime) -> datetime.datetime:
    """The configuration's `time:`, else the clock's time, in the site's zone (`Site#reset`)."""
    zone = load_zone(options.timezone)
    written = None if options.time is None else read_date(options.time, zone)
    return clock.astimezone(zone) if written is None else written


def check_time(options: ReadingOptions, place: tuple[SourceText, Span] | None) -> tuple[Diagnostic, ...]:
    """The error for a `time:` that is none, at its place; None for one of the command line. Jekyll stops there, too."""
    if options.time is None or read_date(options.time, load_zone(options.timezone)) is not None:
        return ()
    message = f"`time` has to be a date, not {describe_type(options.time)}"
    hint = "write `time: 2018-10-06` or `time: 2018-10-06 20:00:00 +0900`"
    if place is None:
        return (in_file(COMMAND_LINE, message, code=Stop.CONFIG_VALUE, hint=hint),)
    return (at(*place, message, code=Stop.CONFIG_VALUE, hint=hint),)


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
