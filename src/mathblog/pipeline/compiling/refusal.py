"""The result for a document that could not be compiled at all: an error, and that the next build tries again."""

from mathblog.core.diagnostic import at
from mathblog.core.source import Span
from mathblog.core.stops import Stop
from mathblog.model.body import Body
from mathblog.model.compiled import Compiled, Excerpt
from mathblog.model.document import Document
from mathblog.model.facts import kinds
from mathblog.pipeline.compiling.options import Compilation, PageTimeoutError

HINT = "take parts out of it until it builds, to see which one it is"


def refuse(document: Document, message: str) -> Compilation:
    """A failed document with one error: its worker died, or its time ran out."""
    problem = at(document.source, Span(0, 0), message, code=Stop.LOST_PAGE, hint=HINT)
    compiled = Compiled(document.meta.path, Body(), Excerpt(), (), 0, failed=True, diagnostics=(problem,))
    return Compilation(compiled, {kinds.UNFINISHED.key: message})


def timeout_message(seconds: int, error: PageTimeoutError) -> str:
    """Return the message for a page that took too long, and in what where that is known."""
    return f"this page takes longer than {seconds} s{f', in {error}' if str(error) else ''}"
