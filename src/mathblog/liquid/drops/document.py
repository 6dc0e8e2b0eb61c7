"""`page`, and each post, page or document of a list (Jekyll's `drops/document_drop.rb`, `page.rb`)."""

import posixpath

from mathblog.liquid.drops.clock import SiteTime
from mathblog.liquid.drops.drop import Drop, plain
from mathblog.model.document import PAGES, SHOWN_KEYS, Document, Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.text.harmless import harmless

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
_OWN_OF_PAGES = ("url", "path", "name", "dir")  # `Page::ATTRIBUTES_FOR_LIQUID`; all else is front matter as written
_FROM_ELSEWHERE = frozenset({"next", "previous", "content", "output", "excerpt"})


class DocumentDrop(Drop):
    """A document as templates see it: its front matter and what Jekyll adds. `body` is the page's own source."""

    def __init__(self, meta: Meta, view: FactView, document: Document | None = None) -> None:
        self._meta = meta
        self._view = view
        self._document = document

    def names(self) -> tuple[str, ...]:
        """The front matter's keys and the computed ones that need no other document."""
        extra = tuple(name for name in self._own if name not in self._meta.data)
        return (*self._meta.data, *extra)

    def find(self, key: str) -> object:
        """A computed attribute, else the front matter's value."""
        found = self._find(key)
        if key in SHOWN_KEYS and isinstance(found, str):
            found = self._view.said(self._meta.path, found)
        return harmless(found) if self._view.shown.escapes and not self._is_html(key) else found

    def _is_html(self, key: str) -> bool:
        """Whether a value is HTML that was cleaned, or a document of its own."""
        if key == "excerpt":
            return not self._meta.data.get("excerpt")
        return key in _FROM_ELSEWHERE and (key not in self._meta.data or self._meta.collection != PAGES)

    def _find(self, key: str) -> object:
        if key in self._own:
            return self._attribute(key)
        if key in _FROM_ELSEWHERE:
            return self._elsewhere(key)
        return plain(self._meta.data.get(key))

    @property
    def _own(self) -> tuple[str, ...]:
        return _OWN_OF_PAGES if self._meta.collection == PAGES else _OWN

    def _elsewhere(self, key: str) -> object:
        if key == "excerpt":
            return self._excerpt()
        if key in ("content", "output"):
            return self._content()
        return plain(self._meta.data.get(key)) if self._meta.collection == PAGES else self._neighbour(key)

    def liquid_text(self) -> str:
        """A document prints as its content."""
        return str(self._content() or "")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DocumentDrop) and other._meta.path == self._meta.path

    def __hash__(self) -> int:
        return hash(self._meta.path)

    def _attribute(self, key: str) -> object:
        meta = self._meta
        if key == "url":
            return meta.written_url or meta.url
        if key in ("path", "relative_path"):
            return self._path()
        if key == "name":
            own = None if meta.collection == PAGES else meta.data.get("name")
            return posixpath.basename(meta.path) if own is None else plain(own)
        if key == "dir":
            url = meta.written_url or meta.url
            return url if url.endswith("/") else posixpath.dirname(url).rstrip("/") + "/"
        if key == "title" and not meta.title:
            return plain(meta.data.get("title"))
        if key == "date" and meta.date is None:
            return SiteTime(self._view)  # `Document#date`: the time of the build
        return plain(getattr(meta, key))

    def _path(self) -> str:
        """The path as Jekyll has it: that of a page as its front matter may say, others below `collections_dir`."""
        meta = self._meta
        if meta.collection == PAGES:
            own = meta.data.get("path")
            return meta.path if own is None else str(own)
        container = self._view.get(kinds.CONFIG, "collections_dir")
        return meta.path.removeprefix(f"{container.strip('/')}/") if isinstance(container, str) else meta.path

    def _neighbour(self, key: str) -> object:
        pair = self._view.get(kinds.NEIGHBOURS, self._meta.path)
        path = pair[0 if key == "previous" else 1] if pair else None
        meta = self._view.get(kinds.DOCUMENT, path) if path else None
        return DocumentDrop(meta, self._view) if meta else None

    def _content(self) -> object:
        if self._document is not None:
            return self._document.body
        compiled = self._view.get(kinds.COMPILED, self._meta.path)
        return self._view.shown.show(compiled.body) if compiled else None

    def _excerpt(self) -> object:
        own = self._meta.data.get("excerpt")
        if own:
            return plain(own) if self._meta.collection != PAGES else str(own)
        if self._meta.collection == PAGES and self._view.get(kinds.CONFIG, "page_excerpts") is not True:
            return None
        if self._separator() == "":
            return ""
        found = self._view.get(kinds.EXCERPT, self._meta.path)
        if found is None:
            return None
        # as in Jekyll, where layouts ask `{% if post.excerpt != post.content %}` before they offer the rest
        return self._content() if found.uncut and self._document is None else self._view.shown.show(found.body)

    def _separator(self) -> object:
        """Return the separator that ends the excerpt; an empty one means that there is none (`Document#generate_excerpt?`)."""
        own = self._meta.data.get("excerpt_separator")
        return self._view.get(kinds.CONFIG, "excerpt_separator") if own in (None, False) else own
