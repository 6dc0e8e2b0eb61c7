"""What templates see: objects that ask the facts for what a template uses, and for nothing else.

Underscored names are out of a template's way; every other name is a word of the theme language, those of Jekyll where
Jekyll has one.
"""

import datetime
from collections.abc import Iterable
from functools import cached_property
from typing import cast

from markupsafe import Markup

from mathblog.model.compiled import Compiled, Heading
from mathblog.model.document import Meta
from mathblog.model.facts import FactView
from mathblog.model.options import SiteOptions
from mathblog.model.output import PageSpec


class GroupDrop:
    """A tag or a category: `name`, `url` ('' where it has no page), `posts`, `size`."""

    def __init__(self, view: FactView, kind: str, name: str) -> None:
        self._view = view
        self._kind = kind
        self.name = name

    @cached_property
    def url(self) -> str:
        return cast("str | None", self._view.get("address", self._kind, self.name)) or ""

    @cached_property
    def _paths(self) -> tuple[str, ...]:
        return dict(list_named(self._view, self._kind)).get(self.name, ())

    @property
    def posts(self) -> list["DocumentDrop"]:
        return [DocumentDrop(self._view, path) for path in self._paths]

    @property
    def size(self) -> int:
        return len(self._paths)


def list_named(view: FactView, kind: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """All tags or categories with the paths of their posts."""
    key = "tags" if kind == "tag" else "categories"
    return cast("tuple[tuple[str, tuple[str, ...]], ...]", view.get(key) or ())


class DocumentDrop:
    """A document: Jekyll's words for it, and every key of its front matter (`post.subtitle`)."""

    def __init__(self, view: FactView, path: str) -> None:
        self._view = view
        self.path = path

    @cached_property
    def _meta(self) -> Meta | None:
        return cast("Meta | None", self._view.get("document", self.path)) if self.path else None

    def __getitem__(self, key: str) -> object:
        meta = self._meta
        if meta is None:
            raise KeyError(key)
        return meta.data[key]

    @property
    def title(self) -> str:
        return self._meta.title if self._meta else ""

    @property
    def url(self) -> str:
        return self._meta.url if self._meta else ""

    @property
    def id(self) -> str:
        return self._meta.id if self._meta else ""

    @property
    def slug(self) -> str:
        return self._meta.slug if self._meta else ""

    @property
    def collection(self) -> str:
        return self._meta.collection if self._meta else ""

    @property
    def draft(self) -> bool:
        return self._meta.draft if self._meta else False

    @property
    def date(self) -> datetime.datetime | None:
        return self._meta.date if self._meta else None

    @property
    def year(self) -> int:
        return self.date.year if self.date else 0

    @property
    def tags(self) -> list[GroupDrop]:
        return [GroupDrop(self._view, "tag", name) for name in (self._meta.tags if self._meta else ())]

    @property
    def categories(self) -> list[GroupDrop]:
        return [GroupDrop(self._view, "category", name) for name in (self._meta.categories if self._meta else ())]

    @cached_property
    def _excerpt(self) -> tuple[str, str]:
        found = self._view.get("excerpt", self.path) if self.path else None
        return cast("tuple[str, str] | None", found) or ("", "")

    @property
    def excerpt(self) -> Markup:
        return Markup(self._excerpt[0])  # noqa: S704 - the author's own HTML, already rendered

    @property
    def summary(self) -> str:
        return self._excerpt[1]

    @cached_property
    def _compiled(self) -> Compiled | None:
        return cast("Compiled | None", self._view.get("compiled", self.path)) if self.path else None

    @property
    def content(self) -> Markup:
        return Markup(self._compiled.html if self._compiled else "")  # noqa: S704 - the author's own HTML, already rendered

    @property
    def headings(self) -> tuple[Heading, ...]:
        return self._compiled.headings if self._compiled else ()

    @cached_property
    def _neighbours(self) -> tuple[str | None, str | None]:
        found = self._view.get("neighbours", self.path) if self.path else None
        return cast("tuple[str | None, str | None] | None", found) or (None, None)

    @property
    def previous(self) -> "DocumentDrop | None":
        path = self._neighbours[0]
        return DocumentDrop(self._view, path) if path else None

    @property
    def next(self) -> "DocumentDrop | None":
        path = self._neighbours[1]
        return DocumentDrop(self._view, path) if path else None


class PageDrop(DocumentDrop):
    """The page being laid out: a document, or a page that mathblog generates with the data of its generator."""

    def __init__(self, view: FactView, spec: PageSpec) -> None:
        super().__init__(view, spec.source)
        self._spec = spec
        self.url = spec.url
        self.kind = spec.kind
        self.layout = spec.layout

    def __getitem__(self, key: str) -> object:
        return self._spec.data[key] if key in self._spec.data else super().__getitem__(key)

    @property
    def title(self) -> str:
        return self._spec.title

    @property
    def summary(self) -> str:
        return self._compiled.summary if self._compiled else ""

    @property
    def posts(self) -> list[DocumentDrop]:
        """The posts that this page lists: those its generator chose, else all of the site."""
        chosen = cast("Iterable[str] | None", self._spec.data.get("posts"))
        if chosen is None:
            chosen = (meta.path for meta in cast("Iterable[Meta]", self._view.get("posts") or ()))
        return [DocumentDrop(self._view, path) for path in chosen]


class PaginatorDrop:
    """jekyll-paginate's `paginator`, of a home page."""

    def __init__(self, page: PageDrop, spec: PageSpec) -> None:
        data = spec.data
        self._page = page
        self.page = cast("int", data["page"])
        self.per_page = cast("int", data["per_page"])
        self.total_posts = cast("int", data["total_posts"])
        self.total_pages = cast("int", data["total_pages"])
        self.previous_page = self.page - 1 if self.page > 1 else None
        self.next_page = self.page + 1 if self.page < self.total_pages else None
        self.previous_page_path = data["previous"] or None
        self.next_page_path = data["next"] or None

    @property
    def posts(self) -> list[DocumentDrop]:
        return self._page.posts


class SiteDrop:
    """The site: its options, its lists, and every key of the configuration (`site.google_analytics`)."""

    def __init__(self, view: FactView) -> None:
        self._view = view

    def __getitem__(self, key: str) -> object:
        value = self._view.get("config", key)
        if value is None:
            raise KeyError(key)
        return value

    @cached_property
    def _options(self) -> SiteOptions:
        return cast("SiteOptions | None", self._view.get("site")) or SiteOptions()

    @property
    def title(self) -> str:
        return self._options.title

    @property
    def description(self) -> str:
        return self._options.description

    @property
    def author(self) -> str:
        return self._options.author

    @property
    def email(self) -> str:
        return self._options.email

    @property
    def lang(self) -> str:
        return self._options.lang

    @property
    def url(self) -> str:
        return self._options.url

    @property
    def baseurl(self) -> str:
        return self._options.baseurl

    @property
    def time(self) -> object:
        return self._view.get("time")

    @property
    def data(self) -> object:
        return self._view.get("data") or {}

    @property
    def navigation(self) -> object:
        return self._view.get("navigation") or ()

    @property
    def posts(self) -> list[DocumentDrop]:
        return self._documents("posts")

    @property
    def pages(self) -> list[DocumentDrop]:
        return self._documents("pages")

    @property
    def tags(self) -> list[GroupDrop]:
        return [GroupDrop(self._view, "tag", name) for name, _ in list_named(self._view, "tag")]

    @property
    def categories(self) -> list[GroupDrop]:
        return [GroupDrop(self._view, "category", name) for name, _ in list_named(self._view, "category")]

    def _documents(self, key: str) -> list[DocumentDrop]:
        return [DocumentDrop(self._view, meta.path) for meta in cast("Iterable[Meta]", self._view.get(key) or ())]

    def address(self, kind: str) -> str:
        """The address of a generated page (`feed`, `archive`, `tags`, `categories`), '' where there is none."""
        return cast("str | None", self._view.get("address", kind, "")) or ""
