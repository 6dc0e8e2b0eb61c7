"""The options of jekyll-scholar's tags, and who answers them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from mathblog.core.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of a tag: keys, and options by their long names (`utilities.rb`, `optparse`)."""

    keys: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    locators: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    query: str = ""
    prefix: str = ""
    text: str = ""
    style: str = ""
    template: str | None = None
    list_tag: str = ""
    group_by: str = ""
    group_order: str = ""
    type_order: str = ""
    sort_by: str = ""
    order: str = ""
    offset: int = 0
    most: int = -1
    cited: bool = False
    in_order: bool = False
    clear: bool = False
    without_author: bool = False
    no_duplicates: bool = False
    same_by: tuple[str, ...] = ()


RenderItem = Callable[[Mapping[str, object]], str]


class CitationService(Protocol):
    """The services that the tags ask of the rest of the program, for one document."""

    def unknown(self, asked: Asked) -> Sequence[tuple[str, str]]:
        """The keys that are no entries, each with a hint."""

    def missing_text(self) -> str:
        """Return what stands in a page for a citation of an unknown entry."""

    def template_of(self, asked: Asked) -> str:
        """Return the layout or the text by which the entries of a list are written, '' for the usual form."""

    def cite(self, asked: Asked) -> str:
        """Return a citation."""

    def note(self, keys: Sequence[str]) -> None:
        """Note entries as cited that no text names (`nocite`)."""

    def reference(self, asked: Asked) -> str:
        """Return entries as they stand in a list."""

    def bibtex(self, text: str, asked: Asked) -> str:
        """Return the entries of a BibTeX text as they stand in a list."""

    def bibliography(self, asked: Asked, render_item: RenderItem | None) -> str:
        """Return a list; `render_item` writes an entry of its variables."""

    def count(self, asked: Asked) -> int:
        """Return how many entries a list has."""

    def address(self, key: str) -> str:
        """Return where an entry is to be found."""

    def details(self, asked: Asked) -> str:
        """Return links to the pages of entries."""

    def problem(self, asked: Asked) -> str:
        """Return what is wrong with the options of a list, '' where nothing is."""
