"""A problem as a value: what is wrong, where, and what to do next."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum

from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText, Span
from mathblog.core.stops import Stop

_LONG = 400  # characters of an excerpt: thousands of problems on one line must not keep thousands of copies of it
_AROUND = 200
_SENTENCE = 2000  # characters of a message or a hint
_MOST = 1000  # problems of one kind in a document: more are a number
_WORDS = lazy_pattern(r"`[^`]*`|\d+")  # what the author wrote, and counts


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
    end = max(end, column + 1)
    return Diagnostic(severity, word, _cut(message), source.path, line, column, end, excerpt, _cut(hint), start)


def in_file(path: str, message: str, *, code: str | Stop, hint: str = "") -> Diagnostic:
    """A diagnostic about a file as a whole."""
    severity, word = judge(code)
    return Diagnostic(severity, word, _cut(message), path, hint=_cut(hint))


def _cut(text: str) -> str:
    """A sentence without the middle of a very long text that it quotes."""
    return text if len(text) <= _SENTENCE else f"{text[: _SENTENCE // 2]}…{text[-_SENTENCE // 4 :]}"


def judge(code: str | Stop) -> tuple[Severity, str]:
    """The severity and the code of a problem."""
    return (Severity.ERROR, code.code) if isinstance(code, Stop) else (Severity.WARNING, code)


def kind_of(problem: Diagnostic) -> tuple[str, str]:
    """The part that equal problems have in common: severity, code and wording."""
    return (f"{problem.severity} {problem.code}", _WORDS.sub("", problem.message))


def bound_kinds(problems: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The problems of one document in their order; of more than a thousand of one kind the first, and the number of the rest."""
    if len(problems) <= _MOST:
        return tuple(problems)
    seen: Counter[tuple[str, str]] = Counter()
    kept: list[Diagnostic] = []
    last: dict[tuple[str, str], Diagnostic] = {}
    for problem in problems:
        kind = kind_of(problem)
        seen[kind] += 1
        if seen[kind] <= _MOST:
            kept.append(problem)
            last[kind] = problem
    for kind, problem in last.items():
        if seen[kind] > _MOST:
            message = f"{seen[kind] - _MOST:,} more like this in this file"
            kept.append(Diagnostic(problem.severity, problem.code, message, problem.path, hint=problem.message))
    return tuple(kept)


def as_error(diagnostic: Diagnostic) -> Diagnostic:
    """The same problem, made an error (what `--strict` does to warnings, and what ends a program is)."""
    return replace(diagnostic, severity=Severity.ERROR)


def report_order(diagnostics: Iterable[Diagnostic], *, strict: bool) -> tuple[Diagnostic, ...]:
    """In the order of a report; with `strict` every warning is an error."""
    unique = dict.fromkeys(as_error(problem) if strict else problem for problem in diagnostics)
    return tuple(sorted(unique, key=lambda problem: problem.sort_key))
