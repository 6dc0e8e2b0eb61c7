"""A layout of the site's own, written in Liquid (Jekyll's `layout.rb`)."""

from mathblog.core.dataclass import dataclass
from mathblog.core.diagnostic import Diagnostic
from mathblog.core.source import SourceText, Span
from mathblog.model.values import Data

NO_LAYOUT = ("none", "null", "nil", "")


@dataclass(frozen=True, slots=True)
class Layout:
    """A file below `_layouts`: `name` is its path without the ending, the body starts after its front matter.

    `place` is where the front matter names the layout around this one, if it does. `problems` say why it cannot be read:
    a page that asks for it cannot be made.
    """

    name: str
    source: SourceText
    body_start: int
    data: Data
    place: Span | None = None
    problems: tuple[Diagnostic, ...] = ()

    @property
    def parent(self) -> str:
        """The layout around this one, '' for none."""
        value = self.data.get("layout")
        return "" if not isinstance(value, str) or value in NO_LAYOUT else value
