"""A text the author wrote, and places in it."""

from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

from mathblog.core.dataclass import dataclass

_SHORT = 20_000  # characters, whose line ends are counted faster than listed


class Span(NamedTuple):
    """A stretch of a text: offsets in characters, the end not included."""

    start: int
    end: int


class Position(NamedTuple):
    """A place as people count it: line and column, both from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class SourceText:
    r"""One file as the author wrote it: decoded, no byte order mark, line ends as `\n`.

    `path` is relative to the site's folder, with `/` on every platform. `crlf` says that no blank line of the file is
    `\n\n`: its lines end as on Windows.
    """

    path: str
    text: str
    crlf: bool = False

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset at which each line begins."""
        starts = [0]
        find, at = self.text.find, -1
        while (at := find("\n", at + 1)) >= 0:
            starts.append(at + 1)
        return tuple(starts)

    def position(self, offset: int) -> Position:
        """The line and column of a character; offsets past the end give the end."""
        offset = max(0, min(offset, len(self.text)))
        if len(self.text) < _SHORT and "line_starts" not in self.__dict__:  # most are asked for one place or two
            return Position(self.text.count("\n", 0, offset) + 1, offset - self.text.rfind("\n", 0, offset))
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def line_at(self, offset: int) -> Span:
        """The span of the line of a character, without its end; offsets past the end give the last one."""
        if len(self.text) >= _SHORT:
            return self.line_span(self.position(offset).line)
        offset = max(0, min(offset, len(self.text)))
        end = self.text.find("\n", offset)
        return Span(self.text.rfind("\n", 0, offset) + 1, end if end >= 0 else len(self.text))

    def offset(self, line: int, column: int = 1) -> int:
        """The offset of a place counted from 1; places past the end give the end."""
        if line > len(self.line_starts):
            return len(self.text)
        return min(self.line_starts[max(line, 1) - 1] + column - 1, len(self.text))

    def line_span(self, number: int) -> Span:
        """The span of a line counted from 1, without its end."""
        starts = self.line_starts
        if not 1 <= number <= len(starts):
            return Span(len(self.text), len(self.text))
        return Span(starts[number - 1], starts[number] - 1 if number < len(starts) else len(self.text))

    def line(self, number: int) -> str:
        """The text of a line counted from 1, without its end."""
        start, end = self.line_span(number)
        return self.text[start:end]
