"""The result for a document that could not be compiled at all."""

from mathblog.core.diagnostic import at
from mathblog.core.source import Span
from mathblog.core.stops import Stop
from mathblog.model.compiled import Compiled
from mathblog.model.document import Document


def refuse(document: Document, message: str, hint: str) -> Compiled:
    """A failed document with one error: its worker died, or its time ran out."""
    problem = at(document.source, Span(0, 0), message, code=Stop.LOST_PAGE, hint=hint)
    return Compiled(document.meta.path, "", "", "", (), 0, failed=True, diagnostics=(problem,))
