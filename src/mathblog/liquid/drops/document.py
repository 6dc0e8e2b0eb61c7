"""`page`, and each post, page or document of a list (Jekyll's `drops/document_drop.rb`)."""

import posixpath

from mathblog.liquid.drops.drop import Drop, plain
from mathblog.model.compiled import Compiled
from mathblog.model.document import PAGES, Document, Meta
from mathblog.model.facts import FactView

_OWN = (
    "title",
    "url",
    "date",
    "id",
    "categories",
    "tags",
    "path",
    "relative_path",
    "slug",
    "ext",
    "name",
    "collection",
    "draft",
)
_FROM_ELSEWHERE = frozenset({"next", "previous", "content", "output", "excerpt"})


class DocumentDrop(Drop):
    """A document as templates see it: its front matter and what Jekyll adds. `body` is the page's own source."""

    def __init__(self, meta: Meta, view: FactView, document: Document | None = None) -> None:
        self._meta = meta
        self._view = view
        self._document = document

    def names(self) -> tuple[str, ...]:
        """The front matter's keys and the computed ones that need no other document."""
        extra = tuple(name for name in _OWN if name not in self._meta.data)
        return (*self._meta.data, *extra)

    def find(self, key: str) -> object:
        """A computed attribute, else the front matter's value."""
        if key in _OWN:
            return self._attribute(key)
        if key in _FROM_ELSEWHERE:
            return self._elsewhere(key)
        if key == "layout":
            return self._meta.layout
        if key == "dir" and self._meta.collection == PAGES:
            return self._meta.url if self._meta.url.endswith("/") else posixpath.dirname(self._meta.url)
        return plain(self._meta.data.get(key))

    def _elsewhere(self, key: str) -> object:
        if key == "excerpt":
            return self._excerpt()
        return self._content() if key in ("content", "output") else self._neighbour(key)

    def liquid_text(self) -> str:
        """A document prints as its content."""
        return str(self._content() or "")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DocumentDrop) and other._meta.path == self._meta.path

    def __hash__(self) -> int:
        return hash(self._meta.path)

    def _attribute(self, key: str) -> object:
        meta = self._meta
        if key == "relative_path":
            return meta.path
        if key == "name":
            return posixpath.basename(meta.path)
        if key == "collection":
            return None if meta.collection == PAGES else meta.collection
        if key == "title" and not meta.title:
            return plain(meta.data.get("title"))
        if key in ("tags", "categories") and meta.collection == PAGES and key not in meta.data:
            return None
        return plain(getattr(meta, key))

    def _neighbour(self, key: str) -> object:
        pair = self._view.get("neighbours", self._meta.path)
        path = pair[0 if key == "previous" else 1] if isinstance(pair, tuple) else None
        meta = self._view.get("document", path) if isinstance(path, str) else None
        return DocumentDrop(meta, self._view) if isinstance(meta, Meta) else None

    def _content(self) -> object:
        if self._document is not None:
            return self._document.body
        compiled = self._view.get("compiled", self._meta.path)
        return compiled.html if isinstance(compiled, Compiled) else None

    def _excerpt(self) -> object:
        own = self._meta.data.get("excerpt")
        if own is not None:
            return own
        found = self._view.get("excerpt", self._meta.path)
        return found[0] if isinstance(found, tuple) else None
