"""Posts whose file name says another day than their address."""

import datetime
from collections.abc import Iterator

from mathblog.core.diagnostic import at
from mathblog.core.source import Span
from mathblog.model.zones import load_zone
from mathblog.pipeline.doctor.subject import CODE, Finding, Subject
from mathblog.reading.dates.dates import read_date
from mathblog.reading.naming import classify


def check_dates(subject: Subject) -> Iterator[Finding]:
    """A day of the front matter's that is not the file name's and is in the address; a build tells of times that move the day."""
    zone = load_zone(subject.config.reading.timezone)
    for document in subject.documents:
        meta = document.meta
        named = read_date(classify(meta.path, subject.config.reading).date, zone)
        if not meta.is_post or meta.date is None or named is None or named.date() == meta.date.date():
            continue
        place = document.keys.get("date", Span(0, 0))
        words = document.source.text[place.start : place.end].strip("\"'").split("T")[0].split()
        written = read_date(words[0], datetime.UTC) if words else None
        if f"{meta.date:/%Y/%m/%d/}" in meta.url and written and written.date() == meta.date.date():
            message = (
                f"the file's name says {named:%Y-%m-%d}, and the address {meta.date:%Y-%m-%d}, as the front matter does"
            )
            yield Finding(at(document.source, place, message, code=CODE, hint="rename the file if that is the day"))
