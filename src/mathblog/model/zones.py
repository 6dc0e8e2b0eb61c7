"""The time zone that a configuration names."""

import datetime
from zoneinfo import ZoneInfo


def load_zone(timezone: object) -> datetime.tzinfo:
    """The zone of a site; UTC where the configuration names none that exists, never the zone of the machine."""
    if not isinstance(timezone, str) or not timezone.strip():
        return datetime.UTC
    try:
        return ZoneInfo(timezone.strip())
    except (KeyError, ValueError, OSError):  # what zoneinfo raises for unknown, malformed and forbidden names
        return datetime.UTC
