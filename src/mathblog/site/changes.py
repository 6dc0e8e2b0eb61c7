"""The time of a document's last change, as its author says it."""

import datetime

from mathblog.model.document import Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.zones import load_zone


def read_change(view: FactView, meta: Meta) -> datetime.datetime | None:
    """`last_modified_at` of the front matter as a time in the site's zone (Liquid's `date_to_xmlschema`).

    YAML has made a time of it, in UTC where it names no zone; a day alone is its midnight here, and so is a time that YAML
    took for text, without seconds.
    """
    value = meta.data.get("last_modified_at")
    if meta.date is not None and meta.date.tzinfo is not None:
        zone = meta.date.tzinfo
    else:
        zone = load_zone(view.get(kinds.CONFIG, "timezone"))
    if isinstance(value, str):
        try:
            value = datetime.datetime.fromisoformat(value.strip())
        except ValueError:
            return None
        return value.astimezone(zone) if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, datetime.datetime):
        return (value if value.tzinfo else value.replace(tzinfo=datetime.UTC)).astimezone(zone)
    return datetime.datetime.combine(value, datetime.time(), zone) if isinstance(value, datetime.date) else None
