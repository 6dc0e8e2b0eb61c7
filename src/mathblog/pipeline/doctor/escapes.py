r"""Backslashes in formulas that kramdown takes off and mathblog does not, and `\|`, which is a single bar in both."""

from collections.abc import Iterator

from mathblog.core.diagnostic import at
from mathblog.core.source import Span
from mathblog.pipeline.doctor.subject import CODE, Finding, Subject
from mathblog.text.delimiters import MATH
from mathblog.text.regions import regions


def check_escapes(subject: Subject) -> Iterator[Finding]:
    """A finding for the first place of each kind in a document, with the count of the others."""
    options = subject.config.markdown
    if not (options.kramdown and options.math_escapes):
        return
    from mathblog.markdown.maths.math_escapes import kept_escapes

    for document in subject.documents:
        body = document.body
        if "\\" not in body or not subject.is_markdown(document):
            continue
        kept: list[tuple[int, str, str]] = []
        bars: list[int] = []
        for region in regions(body, options):
            if region.kind != MATH or body.startswith("$$", region.start):
                continue
            inner = body[region.inner_start : region.inner_end]
            if "\\" not in inner:
                continue
            kept += [(region.inner_start + place.start, place.written, place.kramdown) for place in kept_escapes(inner)]
            bar = inner.find("\\|")
            if bar >= 0 and not inner.startswith("\\", bar - 1):
                bars.append(region.inner_start + bar)
        places: list[tuple[int, int, str, str]] = []
        for start, written, kramdown in kept[:1]:
            left = (
                f"`{written.strip()}` in a formula keeps its backslash here; kramdown makes `{kramdown.strip()}` of it"
            )
            places.append((start, len(written), left, _KEPT_HINT))
        places += [
            (start, 2, r"`\|` in a formula is a single bar, here and in Jekyll", _BAR_HINT) for start in bars[:1]
        ]
        counts = [len(found) for found in (kept, bars) if found]
        for (start, length, message, hint), count in zip(places, counts, strict=True):
            more = f", and {count - 1} more in this file" if count > 1 else ""
            span = Span(document.body_start + start, document.body_start + start + length)
            yield Finding(at(document.source, span, message + more, code=CODE, hint=hint))


_KEPT_HINT = "double the backslash where Jekyll has to show the same"
_BAR_HINT = r"write `\\|` or `\Vert` for a norm, `\mid` or `\vert` for a single bar"
