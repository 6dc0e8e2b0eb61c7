"""A problem as a value: what is wrong, where, and what to do next."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from mathblog.core.dataclass import dataclass
from mathblog.core.source import SourceText, Span
from mathblog.core.stops import Stop

_LONG = 1000  # characters of an excerpt: thousands of problems on one line must not keep thousands of copies of it
_AROUND = 200


class Severity(StrEnum):
    """An error keeps the site from being published; a warning spoils one place."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem at one place of an author's file.

    `line` and `column` count from 1; 0 stands for "the whole file". `end_column` is the column after the
    last marked character, on the same line. `fix` is what belongs in the place of the marked characters, None where that is not
    certain. `excerpt` is the text of that line; of a very long one it is what stands
    around the place, from the character `excerpt_start` on, counted from 0.
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
    excerpt_start: int = 0
    fix: str | None = None

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order of a report: by file, then by place."""
        return (self.path, self.line, self.column, self.code, self.message)


def at(
    source: SourceText,
    span: Span,
    message: str,
    *,
    code: str | Stop,
    hint: str = "",
) -> Diagnostic:
    """A diagnostic that marks `span` of `source`; a span over several lines is marked on its first line.

    It is an error where `code` is one of the kinds that stop a build, else a warning.
    """
    line, column = source.position(span.start)
    first, last = source.line_at(span.start)
    end = min(column + max(1, span.end - span.start), last - first + 1)
    start = 0 if last - first <= _LONG else max(0, column - 1 - _AROUND)
    excerpt = source.text[first + start : min(last, first + start + _LONG)]
    severity, word = judge(code)
    return Diagnostic(severity, word, message, source.path, line, column, max(end, column + 1), excerpt, hint, start)


def in_file(path: str, message: str, *, code: str | Stop, hint: str = "") -> Diagnostic:
    """A diagnostic about a file as a whole."""
    severity, word = judge(code)
    return Diagnostic(severity, word, message, path, hint=hint)


def judge(code: str | Stop) -> tuple[Severity, str]:
    """The severity and the code of a problem."""
    return (Severity.ERROR, code.code) if isinstance(code, Stop) else (Severity.WARNING, code)


def as_error(diagnostic: Diagnostic) -> Diagnostic:
    """The same problem, made an error (what `--strict` does to warnings, and what ends a program is)."""
    return replace(diagnostic, severity=Severity.ERROR)


def report_order(diagnostics: Iterable[Diagnostic], *, strict: bool) -> tuple[Diagnostic, ...]:
    """In the order of a report; with `strict` every warning is an error."""
    unique = dict.fromkeys(as_error(problem) if strict else problem for problem in diagnostics)
    return tuple(sorted(unique, key=lambda problem: problem.sort_key))
