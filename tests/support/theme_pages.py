"""Pages laid out by a theme, their contents being what their documents were compiled to."""

from mathblog.model.document import Document
from mathblog.model.facts import kinds
from mathblog.model.facts.page import PageContext
from mathblog.model.facts.view import FactView
from mathblog.model.output import LaidOut, PageSpec
from mathblog.theme import layout
from mathblog.theme.load import Theme


def lay_out(spec: PageSpec, theme: Theme, view: FactView, document: Document | None = None) -> LaidOut:
    """The page of `spec`, as `pipeline/layout.py` has it laid out; `document` gives the places of problems."""
    compiled = view.get(kinds.COMPILED, spec.source) if spec.source else None
    return layout.lay_out(PageContext(spec, view, document), theme, compiled.html if compiled else "")
