"""The output of a template, with a note of where each stretch of it came from."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from mathblog.core.patterns import lazy_pattern
from mathblog.core.segments import Segment, SegmentMap, verbatim
from mathblog.core.source import Span
from mathblog.liquid.errors import LimitError
from mathblog.liquid.syntax.token import Token
from mathblog.model.limits import LEAST


class Placed(Protocol):
    """A node of a template: all that an output asks of it is where it stands."""

    @property
    def span(self) -> Span:
        """Return where it stands, with its delimiters."""


class Output:
    """A text as it grows, to the characters that a page may have at most."""

    __slots__ = ("_most", "_parts", "_size")

    def __init__(self, most: int = LEAST.characters) -> None:
        self._most = most
        self._parts: list[str] = []
        self._size = 0

    def write(self, text: str) -> None:
        """Write text.

        Raises:
            LimitError: when it is too much.

        """
        self._parts.append(text)
        self._size += len(text)
        if self._size > self._most:
            message = f"the page has more than {self._most // 1_000_000} million characters"
            raise LimitError(message)

    def write_source(self, text: str, start: int) -> None:  # noqa: ARG002 - a plain text keeps no places
        """Write text that stands at `start` in the author's file."""
        self.write(text)

    def write_at(self, text: str, node: Placed) -> None:  # noqa: ARG002 - a plain text keeps no places
        """Write text that a tag or output made."""
        self.write(text)

    @contextmanager
    def partial(self, node: Placed) -> Iterator[None]:  # noqa: ARG002 - a plain text keeps no places
        """All that is written meanwhile was made by a tag, copied text as well."""
        yield

    def getvalue(self) -> str:
        """All of it."""
        return "".join(self._parts)


class LocatedOutput(Output):
    """The output of an author's text: it knows where each stretch came from."""

    __slots__ = ("_place", "_segments")

    def __init__(self, most: int = LEAST.characters) -> None:
        super().__init__(most)
        self._segments: list[Segment] = []
        self._place: Span | None = None  # of the include that is being written

    def write_source(self, text: str, start: int) -> None:
        """Write text that stands at `start` in the author's file."""
        if self._place is None:
            self._add(verbatim(self._size, len(text), start))
        else:
            self._generated(text, self._place)
        self.write(text)

    def write_at(self, text: str, node: Placed) -> None:
        """Write text that a tag or output made."""
        if text:
            self._generated(text, self._place or node.span)
            self.write(text)

    @contextmanager
    def partial(self, node: Placed) -> Iterator[None]:
        """All that is written meanwhile was made by a tag, copied text as well."""
        outer = self._place
        self._place = outer or node.span
        try:
            yield
        finally:
            self._place = outer

    def segments(self) -> SegmentMap:
        """Where everything written so far came from."""
        return SegmentMap(tuple(self._segments))

    def _generated(self, text: str, place: Span) -> None:
        self._add(Segment(self._size, len(text), place.start, place.end - place.start))

    def _add(self, segment: Segment) -> None:
        last = self._segments[-1] if self._segments else None
        if (last and last.verbatim and segment.verbatim and last.source + last.length == segment.source) or (
            last and not last.verbatim and last[2:] == segment[2:]
        ):
            self._segments[-1] = last._replace(length=last.length + segment.length)
        else:
            self._segments.append(segment)


def whole_span(token: Token) -> Span:
    """From the opening to the closing delimiter of the tag or output whose first token this is."""
    text, start = token.source, token.start_index
    if token.kind == "output":
        return Span(start, start + len(token.value))
    opening = text.rfind("%", 0, start) - 1  # but for the delimiter only blanks and a hyphen stand before the name
    closing = _CLOSING.search(text, start)
    return Span(max(opening, 0), closing.end() if closing else start + 2)


_CLOSING = lazy_pattern("%[}>]")
