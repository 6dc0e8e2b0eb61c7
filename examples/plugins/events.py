"""A page `/events/` of the talks in `_data/events.yml`, each with `name`, `date`, and perhaps `place` and `about`.

The text of a page is Markdown, so `about` may hold formulas.
"""

import datetime
from collections.abc import Iterator, Mapping

from mathblog.api import Page, Registry, SiteData, Value


def events(site: SiteData) -> Iterator[Page]:
    """One page with all events, the latest first; none where there are no data."""
    found = site.data.get("events")
    listed = [event for event in found if isinstance(event, Mapping)] if isinstance(found, list) else []
    if listed:
        newest_first = sorted(listed, key=_day, reverse=True)
        yield Page("/events/", "Events", "\n".join(map(_described, newest_first)))


def _day(event: Mapping[str, Value]) -> str:
    date = event.get("date")
    return date.isoformat()[:10] if isinstance(date, datetime.date) else ""


def _described(event: Mapping[str, Value]) -> str:
    where = f", {event['place']}" if event.get("place") else ""
    return f"## {event.get('name', 'A talk')}\n\n*{_day(event)}{where}*\n\n{event.get('about') or ''}\n"


def setup(registry: Registry) -> None:
    registry.generator("events", events)
