"""Statements that are never closed, stand in one another, or repeat what is not there (noted by `markdown/rules/statements/`)."""

from collections.abc import Iterator

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.source import Span
from mathblog.pipeline.checks.checked_text import CheckedText


def faulty_statements(subject: CheckedText) -> Iterator[Diagnostic]:
    """A warning for each."""
    problems = subject.parsed.env.get("statement_problems", ())
    for start, end, message, hint in dict.fromkeys(problems):  # type: ignore[call-overload] # as `note` keeps them
        place = subject.segments.source_span(Span(start, end))
        yield at(subject.document.source, place, message, code="statement", hint=hint)
