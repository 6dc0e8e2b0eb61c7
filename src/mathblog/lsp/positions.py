"""Places of a text as the protocol has them: lines from 0, and in a line code units of UTF-16, or of what was agreed upon."""

from lsprotocol import types

from mathblog.core.diagnostic import Diagnostic, Severity
from mathblog.core.source import SourceText, Span

_BYTES = {"utf-8": 1, "utf-16": 2, "utf-32": 4}
_CODECS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}


class Positions:
    """Places of one text in an encoding: `utf-16`, `utf-8` or `utf-32`."""

    def __init__(self, source: SourceText, encoding: str = "utf-16") -> None:
        self.source, self._codec, self._size = source, _CODECS[encoding], _BYTES[encoding]

    def of(self, offset: int) -> types.Position:
        """The place of a character."""
        line, column = self.source.position(offset)
        before = self.source.line(line)[: column - 1]
        return types.Position(line - 1, len(before.encode(self._codec)) // self._size)

    def offset(self, position: types.Position) -> int:
        """The character at a place: the end of its line where that is shorter; in the middle of a character, that one."""
        start, end = self.source.line_span(position.line + 1)
        line = self.source.text[start:end].encode(self._codec)
        return start + len(line[: position.character * self._size].decode(self._codec, "ignore"))

    def range(self, span: Span) -> types.Range:
        """A stretch of the text."""
        return types.Range(self.of(span.start), self.of(span.end))

    def diagnostic(self, problem: Diagnostic) -> types.Diagnostic:
        """A problem of this text; one of the whole file stands at its first line."""
        line = max(problem.line, 1)
        start = self.source.offset(line, max(problem.column, 1))
        end = self.source.offset(line, problem.end_column) if problem.end_column else self.source.line_span(line).end
        is_error = problem.severity is Severity.ERROR
        return types.Diagnostic(
            self.range(Span(start, max(start, end))),
            f"{problem.message}\n{problem.hint}" if problem.hint else problem.message,
            types.DiagnosticSeverity.Error if is_error else types.DiagnosticSeverity.Warning,
            problem.code,
            source="mathblog",
        )
