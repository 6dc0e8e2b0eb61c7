"""`site` (Jekyll's `drops/site_drop.rb`): every key of the configuration, and what the site holds."""

import posixpath
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import cast

from mathblog.liquid.drops.clock import SiteTime
from mathblog.liquid.drops.document import DocumentDrop
from mathblog.liquid.drops.drop import Drop, plain
from mathblog.liquid.drops.generated import GeneratedDrop
from mathblog.liquid.drops.static_file import StaticFileDrop
from mathblog.model.document import PAGES, POSTS, Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.options import Collection
from mathblog.model.output import FILE, HTML_EXTENSIONS, REDIRECT, PageSpec
from mathblog.model.values import Data
from mathblog.text.harmless import harmless
from mathblog.text.urls import template_for

_LATEST = 10
_LIST_PATH = "page_path"  # what every page of jekyll-paginate-v2's knows of itself


class SiteDrop(Drop):
    """The site as templates see it. Each attribute is read from the facts when a template asks for it."""

    def __init__(self, view: FactView, page: Meta) -> None:
        self._view = view
        self._page = page
        self._known: dict[str, object] = {}
        self._files: dict[str, list[StaticFileDrop]] | None = None  # by the label of their collection
        self._computed: dict[str, Callable[[], object]] = {
            "time": lambda: SiteTime(view),
            "posts": lambda: self._documents(view[kinds.POSTS]),
            "pages": lambda: [drop for drop, _ in self._pages()],
            "html_pages": self._html_pages,
            "archives": self._archives,
            "documents": self._all_documents,
            "related_posts": self._related,
            "tags": lambda: self._harmless(self._groups(view[kinds.TAGS])),
            "categories": lambda: self._harmless(self._groups(view[kinds.CATEGORIES])),
            "collections": self._collections,
            "data": lambda: self._harmless(plain(view.get(kinds.CONFIG, "data")) or view[kinds.DATA]),
            "static_files": self._static_files,
            "html_files": lambda: [file for file in self._static_files() if file.find("extname") in HTML_EXTENSIONS],
        }

    def names(self) -> tuple[str, ...]:
        """The computed attributes and the keys of the configuration: the style sheets of NexT loop over them."""
        return tuple(dict.fromkeys((*self._computed, "url", "baseurl", *self._view[kinds.CONFIG_KEYS])))

    def find(self, key: str) -> object:
        """An attribute, a collection's documents, or a key of the configuration."""
        if key not in self._known:
            self._known[key] = self._look_up(key)
        return self._known[key]

    def _look_up(self, key: str) -> object:
        if key in self._labels():
            return self._documents(self._view.get(kinds.COLLECTION, key))
        if key in self._computed:
            return self._computed[key]()
        return plain(self._view.get(kinds.CONFIG, key))

    def _harmless(self, value: object) -> object:
        """Return a value that is not of the configuration (names of tags, data), escaped where `--safe` asks for it."""
        return harmless(value) if self._view.shown.escapes else value

    def _labels(self) -> tuple[str, ...]:
        return tuple(collection.label for collection in self._settings() if collection.label != POSTS)

    def _settings(self) -> tuple[Collection, ...]:
        return self._view[kinds.COLLECTIONS]

    def _documents(self, metas: Iterable[Meta] | None) -> list[DocumentDrop]:
        return [DocumentDrop(meta, self._view) for meta in metas or ()]

    def _html_pages(self) -> list[Drop]:
        return [drop for drop, is_html in self._pages() if is_html]

    def _archives(self) -> object:
        """The pages of jekyll-archives (its `archives.rb`: tags, categories, dates); without it, the configuration's value."""
        found = [GeneratedDrop(spec, self._view) for spec in self._view[kinds.GENERATED_PAGES] if "type" in spec.data]
        return found or plain(self._view.get(kinds.CONFIG, "archives"))

    def _pages(self) -> list[tuple[Drop, bool]]:
        """All pages, and whether Jekyll counts them as HTML: the site's own, then those that plugins make.

        A document that leads elsewhere is its redirect; the template of jekyll-paginate-v2's lists gives way to them.
        """
        specs = self._view[kinds.GENERATED_PAGES]
        moved = {spec.source: spec for spec in specs if spec.source and spec.kind == REDIRECT}
        templates = {spec.source for spec in specs if _LIST_PATH in spec.data}
        own = [meta for meta in self._view[kinds.PAGES] if meta.path not in templates]
        found: list[tuple[Drop, bool]] = []
        for meta in own:
            is_html = meta.output_path.endswith(HTML_EXTENSIONS) or meta.url.endswith("/")
            redirect, shown = moved.get(meta.path), meta
            if redirect is not None:  # its front matter is as in jekyll-redirect-from's `generator.rb`
                data = {**meta.data, **redirect.data, "layout": redirect.layout}
                shown = replace(meta, data=cast("Data", data))
            found.append((DocumentDrop(shown, self._view), is_html))
        taken = {meta.output_path for meta in own}  # the first page of jekyll-paginate's list is its template
        rest = (spec for spec in specs if spec.source not in moved and (spec.source or spec.output_path not in taken))
        return found + [page for spec in rest if (page := self._generated(spec)) is not None]

    def _generated(self, spec: PageSpec) -> tuple[Drop, bool] | None:
        """A page that a plugin makes; None for one that is its document itself."""
        meta = self._view.get(kinds.DOCUMENT, spec.source) if spec.source else None
        if meta is not None and _LIST_PATH in spec.data:
            # a page of a list, made of its template (jekyll-paginate-v2's `paginationPage.rb`)
            url, has_permalink = str(spec.data[_LIST_PATH]), "permalink" in meta.data
            own = {"permalink": url} if has_permalink else {}
            generated = {"autogen": spec.data["autogen"]} if spec.data.get("autogen") else {}
            data = cast("Data", {**meta.data, "title": spec.title, **own, **generated})
            page = replace(meta.at(url, spec.output_path), title=spec.title, data=data)
            return DocumentDrop(page, self._view), has_permalink  # it has no extension to be HTML by
        if meta is not None:
            at_address = meta.at(spec.url, spec.output_path)
            return None if meta.url == spec.url else (DocumentDrop(at_address, self._view), True)
        if spec.kind not in (FILE, REDIRECT):
            return GeneratedDrop(spec, self._view), True
        is_redirect = spec.kind == REDIRECT  # redirects all have one name, as with jekyll-redirect-from
        path = f"{REDIRECT}.html" if is_redirect else spec.output_path
        data = cast("Data", {**spec.data, "layout": spec.layout} if is_redirect else spec.data)
        made = Meta(path, PAGES, spec.url, spec.output_path, "", "", "", "", None, (), (), None, draft=False, data=data)
        return DocumentDrop(made, self._view), is_redirect

    def _all_documents(self) -> list[DocumentDrop | StaticFileDrop]:
        """The documents of all collections, posts first, each collection's static files behind them (`Site#documents`)."""
        found: list[DocumentDrop | StaticFileDrop] = []
        for label in (POSTS, *self._labels()):
            found += self._documents(self._view.get(kinds.COLLECTION, label))
            found += self._files_of(label)
        return found

    def _related(self) -> list[DocumentDrop] | None:
        """The newest other posts, for documents of a collection; pages have none (`SiteDrop#related_posts`)."""
        if self._page.collection == PAGES:
            return None
        posts = [meta for meta in self._view[kinds.POSTS] if meta.path != self._page.path]
        return [DocumentDrop(meta, self._view) for meta in posts[:_LATEST]]

    def _groups(self, groups: kinds.Groups) -> dict[str, list[DocumentDrop]]:
        posts = {meta.path: meta for meta in self._view[kinds.POSTS]}
        return {
            name: [DocumentDrop(posts[path], self._view) for path in paths if path in posts] for name, paths in groups
        }

    def _collections(self) -> list[dict[str, object]]:
        """All collections by label; `directory` is relative to the source folder, so that no page names a machine's."""
        container = self._view.get(kinds.CONFIG, "collections_dir")
        found: list[dict[str, object]] = []
        for collection in sorted(self._settings(), key=lambda collection: collection.label):
            label = collection.label
            folder = f"_{label}"
            values: dict[str, object] = {key: plain(value) for key, value in collection.data.items()}
            if label == POSTS:
                values.setdefault("permalink", template_for(str(self._view.get(kinds.CONFIG, "permalink"))))
            values |= {
                "label": label,
                "docs": self._documents(self._view.get(kinds.COLLECTION, label)),
                "files": self._files_of(label),
                "output": collection.output,
                "relative_directory": folder,
                "directory": posixpath.join(str(container or "").strip("/"), folder),
            }
            found.append(values)
        return found

    def _files_of(self, label: str) -> list[StaticFileDrop]:
        """The static files of a collection; all are sorted out at the first question."""
        if self._files is None:
            self._files = {}
            for file in self._static_files():
                self._files.setdefault(str(file.find("collection") or ""), []).append(file)
        return self._files.get(label, [])

    def _static_files(self) -> list[StaticFileDrop]:
        return [StaticFileDrop(file, self._view) for file in self._view[kinds.STATIC_FILES]]
