"""Dates as Jekyll 4.3 under Ruby 3.1 computes them."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from mathblog.model.zones import load_zone
from mathblog.reading.dates.dates import read_date

SEOUL = ZoneInfo("Asia/Seoul")
NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2018-10-06", "2018-10-06 00:00:00+09:00"),
        ("18-01-03", "2018-01-03 00:00:00+09:00"),
        ("70-1-2", "1970-01-02 00:00:00+09:00"),
        ("20181006", "2018-10-06 00:00:00+09:00"),
        ("2018/10/06", "2018-10-06 00:00:00+09:00"),
        ("2018.10.06", "2018-10-06 00:00:00+09:00"),
        ("2018-10-11 12:00", "2018-10-11 12:00:00+09:00"),
        ("2018-10-6T8:5", "2018-10-06 08:05:00+09:00"),
        ("2018-10-06 8pm", "2018-10-06 20:00:00+09:00"),
        ("2018-10-06 8:30 PM", "2018-10-06 20:30:00+09:00"),
        ("2018-10-06 12 am", "2018-10-06 00:00:00+09:00"),
        ("2018-10-06 24:00", "2018-10-07 00:00:00+09:00"),
        ("2018-10-06 20:00 KST", "2018-10-06 20:00:00+09:00"),
        ("2018-10-06 20:00 XYZ", "2018-10-06 20:00:00+09:00"),  # a zone that Ruby does not know: the time is local
        ("2018-10-06 20:00 EST", "2018-10-07 10:00:00+09:00"),
        ("2018-10-06 20:00 +9", "2018-10-06 20:00:00+09:00"),
        ("2018-10-06T20:00:00.5Z", "2018-10-07 05:00:00+09:00"),
        ("2018-10-06 20:00:00 UTC", "2018-10-07 05:00:00+09:00"),
        ("Oct 6, 2018", "2018-10-06 00:00:00+09:00"),
        ("6 October 2018", "2018-10-06 00:00:00+09:00"),
        ("Sat, 06 Oct 2018 20:00:00 +0900", "2018-10-06 20:00:00+09:00"),
        ("October 2018", "2018-10-01 00:00:00+09:00"),
        ("oct, 2018", "2018-10-01 00:00:00+09:00"),
        ("2018 October", "2018-10-01 00:00:00+09:00"),
        ("2018/10", "2018-10-01 00:00:00+09:00"),
        ("06-10-2018", "2018-10-06 00:00:00+09:00"),  # three numbers with the year behind: the day is first
        ("6/10/2018", "2018-10-06 00:00:00+09:00"),
        ("06.10.2018 20:00", "2018-10-06 20:00:00+09:00"),
        ("2018. 10. 6.", "2018-10-06 00:00:00+09:00"),
        ("October, 06 2018", "2018-10-06 00:00:00+09:00"),
        ("Oct-06-2018", "2018-10-06 00:00:00+09:00"),
        ("2018-Oct-06", "2018-10-06 00:00:00+09:00"),
        ("6. October 2018", "2018-10-06 00:00:00+09:00"),
        ("Oct 6 '18 at 8 pm", "2018-10-06 20:00:00+09:00"),
        ("Oct 2018 10:00", "2018-10-01 10:00:00+09:00"),
        (20181006, "2018-10-06 00:00:00+09:00"),
        (datetime.date(2018, 10, 6), "2018-10-06 00:00:00+09:00"),
        (datetime.datetime(2018, 10, 6, 20, tzinfo=datetime.UTC), "2018-10-07 05:00:00+09:00"),
    ],
)
def test_dates_in_seoul(written: str | int | datetime.date, moment: str) -> None:
    assert str(read_date(written, SEOUL)) == moment


@pytest.mark.parametrize(
    "written",
    [
        "5", 5, 2018, "2018-10", "12:30", "tomorrow", "", "2018-13-01", "2018-10-32", "2018-10-06 25:00", True, 1.5, [], {},
        "10/20/2018", "October", "Oct 6", "2018", "Fall 2018",
    ],
)  # fmt: skip
def test_what_is_no_date(written: object) -> None:
    assert read_date(written, SEOUL) is None  # type: ignore[arg-type]


def test_clocks_that_change() -> None:
    assert str(read_date("2018-03-11 02:30", NEW_YORK)) == "2018-03-11 03:30:00-04:00"
    assert str(read_date("2018-11-04 01:30", NEW_YORK)) == "2018-11-04 01:30:00-05:00"
    assert str(read_date("2018-11-04", NEW_YORK)) == "2018-11-04 00:00:00-04:00"


def test_the_zone_of_the_machine_never_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        assert str(read_date("2018-10-06", load_zone(""))) == "2018-10-06 00:00:00+00:00"
        assert str(read_date("2018-10-06", load_zone("Asia/Seoul"))) == "2018-10-06 00:00:00+09:00"
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("September 2014", "2014-09-01"),
        ("20-10-2017", "2017-10-20"),
        ("April, 08 2014", "2014-04-08"),
        ("06/10/2018", "2018-10-06"),
        ("2018/10", "2018-10-01"),
        ("6th of October 2018", "2018-10-01"),
        ("oct-2018", "2018-10-01"),
        ("1-2-3", "2001-02-03"),
        ("May-June 2014", "2014-06-01"),
        ("Published: May 2014", "2014-05-01"),
        ("1st May 2014", "2014-05-01"),
        ("2014 May 1", "2014-05-01"),
        ("01-May-14", "2014-05-01"),
        ("May '14", "2014-05-01"),
        ("5. Januar 2015", "2015-01-05"),
        ("1/5/15", "2001-05-15"),
        ("1-5 June 2014", "2014-06-05"),
        ("2018-02-30", "2018-03-02"),
        ("99-12-31", "1999-12-31"),
        ("2014", None),
        ("Spring 2014", None),
        ("2018-02-32", None),
        ("2014/15", None),
        ("forthcoming", None),
        ("October", None),
    ],
)
def test_written_dates_are_read_as_ruby_reads_them(written: str, day: str | None) -> None:
    """Each was asked of `Time.parse`; `October` alone is of this year there, and no date here."""
    found = read_date(written, load_zone("Asia/Seoul"))
    assert (found and f"{found:%Y-%m-%d}") == day
