"""One page that is laid out, together with the facts as it sees them."""

from mathblog.core.dataclass import dataclass
from mathblog.model.document import Document
from mathblog.model.facts.view import FactView
from mathblog.model.output import PageSpec


@dataclass(frozen=True, slots=True)
class PageContext:
    """A page to lay out, the view that it asks for facts, and its source where that is at hand.

    A page of a list is compiled from its source; for other pages it gives the places of problems.
    """

    spec: PageSpec
    view: FactView
    document: Document | None = None
