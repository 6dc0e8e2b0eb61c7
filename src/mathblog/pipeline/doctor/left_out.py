"""Documents that the site does not show, which Jekyll leaves out in silence."""

from collections.abc import Iterator

from mathblog.core.diagnostic import at, in_file
from mathblog.core.source import Span
from mathblog.model.document import PAGES
from mathblog.pipeline.doctor.subject import CODE, Finding, Subject

_WHY = {
    "draft": ("a draft is left out", "build with `--drafts` to see it"),
    "unpublished": ("`published: false`: this is left out", "build with `--unpublished` to see it"),
}


def check_left_out(subject: Subject) -> Iterator[Finding]:
    """A finding for each draft, document of the future, and document that is not published."""
    for path, reason in sorted(subject.left_out.items()):
        message, hint = _WHY.get(reason, (f"this is left out: {reason}", ""))
        yield Finding(in_file(path, message, code=CODE, hint=hint))
    if subject.config.reading.future:
        return
    for document in subject.documents:
        meta = document.meta
        if meta.collection != PAGES and meta.date is not None and meta.date > subject.now:
            message = f"{meta.date:%Y-%m-%d %H:%M %z} is to come: this is left out until then"
            place = document.keys.get("date", Span(0, 0))
            hint = "build with `--future` to see it"
            yield Finding(at(document.source, place, message, code=CODE, hint=hint))
