"""Images without a text for those who do not see them."""

import re
from collections.abc import Iterator

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import Span
from mathblog.pipeline.checks.checked_text import CheckedText

CODE = "image-alt"
_EMPTY = lazy_pattern(r"!\[\s*\]\(\s*<?\Z")
_MARK = 40  # characters before an address in which the mark of an image is looked for
_TAG = lazy_pattern(r"<img\b[^<>]*>", re.IGNORECASE)
_ALT = lazy_pattern(r"\salt\b", re.IGNORECASE)


def undescribed_images(subject: CheckedText) -> Iterator[Diagnostic]:
    r"""A warning for each `![](…)`, and each `<img>` without `alt`; `alt=""` says that there is nothing to describe."""
    text, source = subject.text, subject.document.source
    tags = [found for found in _TAG.finditer(text) if not _ALT.search(found[0])] if "<img" in text.lower() else []
    for image in subject.parsed.images:
        mark = _EMPTY.search(text[max(0, image.offset - _MARK) : image.offset])
        if mark:
            place = Span(image.offset - len(mark[0]), image.offset)
            hint = 'say between the brackets what it shows; `<img alt="">` says that it is decoration'
        elif tags and (
            own := next((tag for tag in tags if tag.start() >= image.offset - 1 and image.src in tag[0]), None)
        ):
            tags.remove(own)
            place, hint = Span(*own.span()), 'say in `alt="…"` what it shows; `alt=""` says that it is decoration'
        else:
            continue
        message = f"the image `{image.src}` has no text for those who do not see it"
        yield at(source, subject.segments.source_span(place), message, code=CODE, hint=hint)
