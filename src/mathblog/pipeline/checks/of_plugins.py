"""Checks of plugins: functions of the author's text, as checks of texts."""

from collections.abc import Callable, Iterator

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.source import Span
from mathblog.core.stops import Stop
from mathblog.extend.api import Problem, Text
from mathblog.extend.plugins import PluginError
from mathblog.pipeline.checks.checked_text import CheckedText


def plugin_check(name: str, function: Callable[[Text], list[Problem]]) -> Callable[[CheckedText], Iterator[Diagnostic]]:
    """A check that asks the function of the plugin; what it fails at is an error of the text."""

    def look(subject: CheckedText) -> Iterator[Diagnostic]:
        document = subject.document
        source = document.source
        try:
            for found in function(Text(source.path, source.text, document.body_start)):
                yield _diagnosed(found, subject, f"the check `{name}`")
        except PluginError as error:
            yield at(source, Span(0, 0), str(error), code=Stop.PLUGIN, hint="correct the plugin")

    return look


def _diagnosed(found: object, subject: CheckedText, what: str) -> Diagnostic:
    """The problem at its place.

    Raises:
        PluginError: where it is none.

    """
    source = subject.document.source
    if not isinstance(found, Problem):
        message = f"{what} gave `{type(found).__name__}`, not a `Problem`"
        raise PluginError(message)
    numbers = isinstance(found.start, int) and isinstance(found.end, int)
    if not numbers or not 0 <= found.start <= found.end <= len(source.text) or not isinstance(found.message, str):
        message = (
            f"{what} gave a problem from {found.start!r} to {found.end!r}, of a text of {len(source.text)} characters"
        )
        raise PluginError(message)
    return at(source, Span(found.start, found.end), found.message, code="plugin", hint=str(found.hint))
