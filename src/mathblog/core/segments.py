"""Position in a rewritten text -> position in the author's file."""

from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

from mathblog.core.dataclass import dataclass
from mathblog.core.source import Span


class Segment(NamedTuple):
    """A stretch of the rewritten text and the stretch of the author's text that it came from.

    A verbatim segment is the author's own characters, one for one; any other was generated from its source stretch
    (an include, a `{{ variable }}`), and each of its characters maps to that whole stretch.
    """

    start: int
    length: int
    source: int
    source_length: int

    @property
    def verbatim(self) -> bool:
        """Whether characters map one for one."""
        return self.source_length < 0


def verbatim(start: int, length: int, source: int) -> Segment:
    """A segment of the author's own characters."""
    return Segment(start, length, source, -1)


@dataclass(frozen=True)
class SegmentMap:
    """All segments of a rewritten text, in order and without gaps."""

    segments: tuple[Segment, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [segment.start for segment in self.segments]

    def _at(self, offset: int) -> Segment | None:
        index = bisect_right(self._starts, offset) - 1
        return self.segments[max(index, 0)] if self.segments else None

    def is_written(self, offset: int) -> bool:
        """Whether the character at `offset` of the rewritten text is the author's own, and was not generated."""
        segment = self._at(offset)
        return segment is not None and segment.verbatim

    def source_span(self, span: Span) -> Span:
        """The stretch of the author's text that `span` of the rewritten text came from."""
        first, last = self._at(span.start), self._at(max(span.start, span.end - 1))
        if first is None or last is None:
            return Span(0, 0)
        start = first.source + (span.start - first.start if first.verbatim else 0)
        end = last.source + (span.end - last.start if last.verbatim else last.source_length)
        return Span(start, max(start, end))


def identity(length: int, source: int = 0) -> SegmentMap:
    """The map of a text that was not rewritten, only cut out at `source`."""
    return SegmentMap((verbatim(0, length, source),))
