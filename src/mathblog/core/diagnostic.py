"""A problem as a value: what is wrong, where, and what to do next."""

from dataclasses import dataclass, replace
from enum import StrEnum

from mathblog.core.source import SourceText, Span


class Severity(StrEnum):
    """An error keeps the site from being published; a warning spoils one place."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem at one place of an author's file.

    `line` and `column` count from 1; 0 stands for "the whole file". `end_column` is the column after the
    last marked character, on the same line. `excerpt` is the text of that line.
    """

    severity: Severity
    code: str
    message: str
    path: str
    line: int = 0
    column: int = 0
    end_column: int = 0
    excerpt: str = ""
    hint: str = ""

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order of a report: by file, then by place."""
        return (self.path, self.line, self.column, self.code, self.message)


def at(  # noqa: PLR0913 - a diagnostic has this many parts, each named by its caller
    source: SourceText,
    span: Span,
    message: str,
    *,
    code: str,
    severity: Severity = Severity.WARNING,
    hint: str = "",
) -> Diagnostic:
    """A diagnostic that marks `span` of `source`; a span over several lines is marked on its first line."""
    line, column = source.position(span.start)
    excerpt = source.line(line)
    end = min(column + max(1, span.end - span.start), len(excerpt) + 1)
    return Diagnostic(severity, code, message, source.path, line, column, max(end, column + 1), excerpt, hint)


def in_file(path: str, message: str, *, code: str, severity: Severity = Severity.WARNING, hint: str = "") -> Diagnostic:
    """A diagnostic about a file as a whole."""
    return Diagnostic(severity, code, message, path, hint=hint)


def as_error(diagnostic: Diagnostic) -> Diagnostic:
    """The same problem, made an error (what `--strict` does to warnings)."""
    return replace(diagnostic, severity=Severity.ERROR)
