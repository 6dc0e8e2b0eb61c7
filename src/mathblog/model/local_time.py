"""Wall clock times in a zone."""

import datetime


def local_moment(naive: datetime.datetime, zone: datetime.tzinfo) -> datetime.datetime:
    """A wall clock time in a zone, as Ruby's `Time.local` sees it.

    A time that a change of clocks skips is moved forward; of a time that comes twice it is the second.
    """
    later = _round_trip(naive.replace(tzinfo=zone, fold=1), zone)
    if later.replace(tzinfo=None) == naive:
        return later
    return _round_trip(naive.replace(tzinfo=zone, fold=0), zone)


def _round_trip(moment: datetime.datetime, zone: datetime.tzinfo) -> datetime.datetime:
    return moment.astimezone(datetime.UTC).astimezone(zone)
