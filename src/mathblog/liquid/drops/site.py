"""`site` (Jekyll's `drops/site_drop.rb`): every key of the configuration, and what the site holds."""

import posixpath
from collections.abc import Callable, Mapping

from mathblog.liquid.drops.clock import SiteTime
from mathblog.liquid.drops.document import DocumentDrop
from mathblog.liquid.drops.drop import Drop, metas, plain
from mathblog.model.document import POSTS, Meta
from mathblog.model.facts import FactView
from mathblog.model.options import SiteOptions

_LATEST = 10


class SiteDrop(Drop):
    """The site as templates see it. Each attribute is read from the facts when a template asks for it."""

    def __init__(self, view: FactView, page: Meta) -> None:
        self._view = view
        self._page = page
        self._known: dict[str, object] = {}
        self._computed: dict[str, Callable[[], object]] = {
            "time": lambda: SiteTime(view),
            "posts": lambda: self._documents(view.get("posts")),
            "pages": lambda: self._documents(view.get("pages")),
            "html_pages": lambda: self._documents(view.get("pages")),
            "documents": self._all_documents,
            "related_posts": self._related,
            "tags": lambda: self._groups("tags"),
            "categories": lambda: self._groups("categories"),
            "collections": self._collections,
            "data": lambda: view.get("data") or {},
            "static_files": self._static_files,
            "html_files": lambda: [file for file in self._static_files() if file["extname"] == ".html"],
        }

    def names(self) -> tuple[str, ...]:
        """The computed attributes: the configuration as a whole is not listed."""
        return (*self._computed, "url", "baseurl", "title", "description")

    def find(self, key: str) -> object:
        """An attribute, a collection's documents, or a key of the configuration."""
        if key not in self._known:
            self._known[key] = self._look_up(key)
        return self._known[key]

    def _look_up(self, key: str) -> object:
        if key in self._computed:
            return self._computed[key]()
        if key in ("url", "baseurl"):
            site = self._view.get("site")
            return getattr(site, key) if isinstance(site, SiteOptions) else plain(self._view.get("config", key))
        if key in self._labels():
            return self._documents(self._view.get("collection", key))
        return plain(self._view.get("config", key))

    def _labels(self) -> tuple[str, ...]:
        collections = self._view.get("config", "collections")
        names = collections if isinstance(collections, Mapping | list | tuple) else ()
        return tuple(str(name) for name in names if name != POSTS)

    def _documents(self, value: object) -> list[DocumentDrop]:
        return [DocumentDrop(meta, self._view) for meta in metas(value)]

    def _all_documents(self) -> list[DocumentDrop]:
        found = self._documents(self._view.get("posts"))
        for label in self._labels():
            found += self._documents(self._view.get("collection", label))
        return found

    def _related(self) -> list[DocumentDrop]:
        posts = [meta for meta in metas(self._view.get("posts")) if meta.path != self._page.path]
        return [DocumentDrop(meta, self._view) for meta in posts[:_LATEST]]

    def _groups(self, kind: str) -> dict[str, list[DocumentDrop]]:
        groups = self._view.get(kind)
        posts = {meta.path: meta for meta in metas(self._view.get("posts"))}
        return {
            name: [DocumentDrop(posts[path], self._view) for path in paths if path in posts]
            for name, paths in (groups if isinstance(groups, tuple) else ())
        }

    def _collections(self) -> list[dict[str, object]]:
        posts = self._documents(self._view.get("posts"))
        found: list[dict[str, object]] = [{"label": POSTS, "docs": posts, "output": True, "directory": "_posts"}]
        settings = self._view.get("config", "collections")
        for label in self._labels():
            own = settings.get(label) if isinstance(settings, Mapping) else None
            docs = self._documents(self._view.get("collection", label))
            base = {"label": label, "docs": docs, "output": False, "directory": f"_{label}"}
            found.append({**base, **(own if isinstance(own, Mapping) else {})})
        return found

    def _static_files(self) -> list[dict[str, object]]:
        paths = self._view.get("static")
        return [_static_file(path) for path in paths if isinstance(path, str)] if isinstance(paths, tuple) else []


def _static_file(path: str) -> dict[str, object]:
    name = posixpath.basename(path)
    stem, ending = posixpath.splitext(name)
    return {"path": f"/{path.lstrip('/')}", "name": name, "basename": stem, "extname": ending}
