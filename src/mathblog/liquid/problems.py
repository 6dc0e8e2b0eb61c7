"""The library's exceptions -> diagnostics at the author's place."""

import re

from liquid.exceptions import (
    BlockNestingError,
    ContextDepthError,
    LiquidError,
    LiquidSyntaxError,
    LocalNamespaceLimitError,
    OutputStreamLimitError,
    ResourceLimitError,
)
from liquid.token import Token

from mathblog.core.diagnostic import Severity
from mathblog.core.source import SourceText, Span
from mathblog.liquid.environment import TemplateError
from mathblog.liquid.run import Run
from mathblog.liquid.template import TemplateText

# what a filter or an expression may raise on a value that it was not made for
FAULTS = (LiquidError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_LIMITS: dict[type[Exception], str] = {
    BlockNestingError: "blocks are nested too deeply",
    ContextDepthError: "loops and includes are nested too deeply",
    LocalNamespaceLimitError: "the page's variables take more than 50 MB",
    OutputStreamLimitError: "the page has more than 20 million characters",
    RecursionError: "nested too deeply",
}
_QUOTED = re.compile(r"'([^'\n]*)'")


def report_problem(run: Run, error: Exception, token: Token | None) -> None:
    """Note an exception at its own token, or at `token` where it has none."""
    if isinstance(error, LiquidError) and error.token and error.token.start_index >= 0:
        token = error.token
    source, span = place(run, token)
    limit = isinstance(error, ResourceLimitError | RecursionError)
    broken = error.broken if isinstance(error, TemplateError) else isinstance(error, LiquidSyntaxError) or limit
    hint = error.hint if isinstance(error, TemplateError) else ""
    if limit and not hint:
        hint = "is there a loop that does not end?"
    severity = Severity.ERROR if broken else Severity.WARNING
    run.report(source, span, _message(error), severity=severity, hint=hint)
    run.stopped = run.stopped or limit


def place(run: Run, token: Token | None) -> tuple[SourceText, Span]:
    """The file and the stretch of it that a token stands for."""
    if token is None or not isinstance(token.source, TemplateText):
        return run.document.source, Span(run.document.body_start, run.document.body_start + 1)
    return token.source.origin, Span(token.start_index, token.start_index + max(1, len(token.value)))


def whole_span(token: Token) -> Span:
    """From the opening to the closing delimiter of the tag or output whose first token this is."""
    text, start = token.source, token.start_index
    if token.kind == "output":
        return Span(start, start + len(token.value))
    opening = max(text.rfind("{%", 0, start), text.rfind("<%", 0, start))
    ends = [end for end in (text.find("%}", start), text.find("%>", start)) if end >= 0]
    return Span(max(opening, 0), min(ends, default=start) + 2)


def _message(error: Exception) -> str:
    known = next((text for kind, text in _LIMITS.items() if isinstance(error, kind)), "")
    if known:
        return known
    text = str(error.message if isinstance(error, LiquidError) else error) or type(error).__name__
    first = text.splitlines()[0].rstrip(".")
    return _QUOTED.sub(r"`\1`", first[:1].lower() + first[1:])
