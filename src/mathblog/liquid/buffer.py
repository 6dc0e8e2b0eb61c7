"""The output of a template, with a note of where each stretch of it came from."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

from liquid.exceptions import OutputStreamLimitError

from mathblog.core.segments import Segment, SegmentMap, verbatim
from mathblog.core.source import Span

LARGEST = 20_000_000  # characters of one page


class LocatedOutput(StringIO):
    """A text stream for the Liquid library: `write_source` for the author's characters, `write` for generated ones."""

    def __init__(self) -> None:
        super().__init__()
        self._segments: list[Segment] = []
        self._size = 0
        self._place = Span(0, 0)
        self._inside_partial = False

    @contextmanager
    def placed(self, span: Span, *, partial: bool = False) -> Iterator[None]:
        """All that is written meanwhile was generated from `span`; in a partial, copied text as well."""
        if self._inside_partial:
            yield
            return
        before, self._place, self._inside_partial = self._place, span, partial
        try:
            yield
        finally:
            self._place, self._inside_partial = before, False

    def write(self, text: str, /) -> int:
        """Write generated text."""
        if text:
            self._add(Segment(self._size, len(text), self._place.start, self._place.end - self._place.start))
        return super().write(text)

    def write_source(self, text: str, start: int) -> int:
        """Write text that stands at `start` in the author's file."""
        if self._inside_partial:
            return self.write(text)
        if text:
            self._add(verbatim(self._size, len(text), start))
        return super().write(text)

    def segments(self) -> SegmentMap:
        """Where everything written so far came from."""
        return SegmentMap(tuple(self._segments))

    def _add(self, segment: Segment) -> None:
        self._size += segment.length
        if self._size > LARGEST:
            message = "output stream limit reached"
            raise OutputStreamLimitError(message, token=None)
        last = self._segments[-1] if self._segments else None
        if (last and last.verbatim and segment.verbatim and last.source + last.length == segment.source) or (
            last and not last.verbatim and last[2:] == segment[2:]
        ):
            self._segments[-1] = last._replace(length=last.length + segment.length)
        else:
            self._segments.append(segment)
