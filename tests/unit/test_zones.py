"""Which time zone an author may have meant."""

from zoneinfo import available_timezones

import pytest

from mathblog.config.zones import _PLACES, suggest_zone


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("Asia/Bejing", "Asia/Shanghai"),
        ("beijing", "Asia/Shanghai"),
        ("Europe/Munich", "Europe/Berlin"),
        ("Asia/Seul", "Asia/Seoul"),
        ("asia/seoul", "Asia/Seoul"),
        ("America/New York", "America/New_York"),
        ("Canada/Pacfic", "Canada/Pacific"),
        ("KST", "Asia/Seoul"),
        ("UTC+8", "Etc/GMT-8"),
        ("GMT-05:00", "Etc/GMT+5"),
        ("UTC+25", ""),
        ("Asia/Xyzzy", ""),
        ("../../etc/passwd", ""),
        ("x" * 10_000, ""),
    ],
)
def test_a_zone_is_suggested(written: str, zone: str) -> None:
    assert suggest_zone(written) == zone


def test_all_that_is_suggested_exists() -> None:
    assert set(_PLACES) <= available_timezones()
    cities = {zone.rpartition("/")[2].lower() for zone in available_timezones()}
    assert not [place for places in _PLACES.values() for place in places if place in cities]
