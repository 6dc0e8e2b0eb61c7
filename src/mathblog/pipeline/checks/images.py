"""Images that a page names and the site does not have."""

from collections.abc import Iterator
from urllib.parse import unquote

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.source import Span
from mathblog.model.facts import kinds
from mathblog.pipeline.beside import local_path, source_beside
from mathblog.pipeline.checks.checked_text import CheckedText


def missing_images(subject: CheckedText) -> Iterator[Diagnostic]:
    """A warning for each image of the site's own that is not among its files."""
    document = subject.document
    seen: set[str] = set()
    for image in subject.parsed.images:
        path = local_path(image.src, document.meta.url, subject.options.baseurl)
        if not path or path in seen or subject.view.get(kinds.PUBLISHED, path):
            continue
        if subject.view[kinds.HAS_BESIDE] and source_beside(document.meta, image.src, subject.view):
            continue
        seen.add(path)
        written = image.src if document.source.text.find(image.src) >= 0 else unquote(image.src)
        place = subject.segments.source_span(Span(image.offset, image.offset + len(written)))
        hint = f"put the file at `{path}` in the site's folder, or correct the address"
        yield at(document.source, place, f"image `{path}` does not exist", code="image", hint=hint)
