"""`paginator` (jekyll-paginate's `pager.rb`)."""

from collections.abc import Mapping

from mathblog.liquid.drops.document import DocumentDrop
from mathblog.liquid.drops.drop import Drop, plain
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.text.harmless import harmless

_NAMES = (
    "page",
    "per_page",
    "posts",
    "total_posts",
    "total_pages",
    "previous_page",
    "previous_page_path",
    "next_page",
    "next_page_path",
)


class PaginatorDrop(Drop):
    """One page of a list. `data` are those of its `PageSpec`."""

    def __init__(self, data: Mapping[str, object], view: FactView) -> None:
        self._data = data
        self._view = view

    def names(self) -> tuple[str, ...]:
        """The plugin's words, and what the generator adds."""
        return (*_NAMES, *(name for name in self._data if name not in (*_NAMES, "previous", "next")))

    def find(self, key: str) -> object:
        """A number, an address without the base URL, or the posts of this page."""
        if key == "posts":
            return list_posts(self._data, self._view)
        value = plain(self._data.get(key))
        return harmless(value) if self._view.shown.escapes else value


def list_posts(data: Mapping[str, object], view: FactView) -> list[DocumentDrop]:
    """The documents that a generated page lists, by the paths in its data."""
    paths = data.get("posts")
    known = paths if isinstance(paths, tuple) else ()
    found = (view.get(kinds.DOCUMENT, path) for path in known if isinstance(path, str))
    return [DocumentDrop(meta, view) for meta in found if meta is not None]
