"""Exceptions of a running template -> diagnostics at the author's place."""

from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText, Span
from mathblog.liquid.errors import AbsentFileError, LimitError, LiquidError
from mathblog.liquid.run import CODE, LiquidRun
from mathblog.liquid.syntax.template import TemplateText
from mathblog.liquid.syntax.token import Token
from mathblog.model.facts import kinds

_QUOTED = lazy_pattern(r"'([^'\n]*)'")


def report_problem(run: LiquidRun, error: Exception, token: Token | None) -> None:
    """Note an exception at its own token, or at `token` where it has none. A limit is noted once.

    A tag of a plugin may be another plugin's, in Ruby, on a site that counts on such, and a file that is missing may be written by one:
    then its problem is a warning, as that of an unknown tag is.
    """
    if isinstance(error, RecursionError):
        error = LimitError("nested too deeply")
    if not isinstance(error, LiquidError):
        # Python's message, in our style
        first = (str(error) or type(error).__name__).splitlines()[0].rstrip(".")
        error = LiquidError(_QUOTED.sub(r"`\1`", first[:1].lower() + first[1:]))
    if isinstance(error, LimitError):
        if run.stopped:
            return
        run.stopped = True
    source, span = place(run, error.token or token)
    if error.stop and (error.tag or isinstance(error, AbsentFileError)) and run.view[kinds.RUBY]:
        brings = f"brings another `{error.tag}`, what it writes" if error.tag else "writes it, it"
        message = f"{error.message}: if a plugin of the site's {brings} is missing here"
        run.report(source, span, message, hint=error.hint)
    else:
        run.report(source, span, error.message, code=error.stop or CODE, hint=error.hint)


def place(run: LiquidRun, token: Token | None) -> tuple[SourceText, Span]:
    """The file and the stretch of it that a token stands for."""
    if token is None or not isinstance(token.source, TemplateText):
        return run.document.source, Span(run.document.body_start, run.document.body_start + 1)
    return token.source.origin, Span(token.start_index, token.start_index + max(1, len(token.value)))
