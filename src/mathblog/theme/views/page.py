"""The page that is being laid out, as templates see it: `page` and `paginator`."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from mathblog.model.facts import kinds
from mathblog.model.facts.kind import One
from mathblog.model.facts.view import FactView
from mathblog.model.output import PageSpec
from mathblog.theme.views.documents import DocumentView
from mathblog.theme.views.people import list_people
from mathblog.theme.views.reading_time import count_minutes
from mathblog.theme.views.translations import list_translations

_AROUND = 50  # parts of a series before and after one: each of them lists the others
_MOST_RELATED = 3
_LOOKED_AT = 100  # posts of each tag, the newest: what all posts are tagged with tells nothing of two


class PageView(DocumentView):
    """A document's page, or a page that mathblog generates with the data of its generator (`page.name`)."""

    def __init__(self, view: FactView, spec: PageSpec) -> None:
        super().__init__(view, spec.source)
        self._spec = spec
        self.title = view.said(spec.source, spec.title)
        self.url = spec.url
        self.kind = spec.kind
        self.layout = spec.layout

    def __getitem__(self, key: str) -> object:
        return self._spec.data[key] if key in self._spec.data else super().__getitem__(key)

    @property
    def summary(self) -> str:
        """The beginning of the body in plain words."""
        compiled = self._compiled()
        return compiled.excerpt.summary if compiled else ""

    @property
    def reading_minutes(self) -> int:
        """How long the body takes to read, formulas included; 0 without one."""
        compiled = self._compiled()
        return count_minutes(compiled.body) if compiled else 0

    @property
    def people(self) -> list[Mapping[str, object]]:
        """Its authors, each with `name`, and `url`, `avatar` and `about` where the front matter or `_data/authors.yml` has them."""
        return list_people(self._view, self._meta.data) if self._meta else []

    @property
    def related_posts(self) -> list[DocumentView]:
        """Up to three posts with most tags in common, a rare tag counting more; of equal ones the newer."""
        shared: Counter[str] = Counter()
        for tag in self._meta.tags if self._meta else ():
            paths = self._view.get(kinds.TAGGED, tag) or ()
            shared.update(dict.fromkeys(paths[:_LOOKED_AT], 1 + 1 / (len(paths) or 1)))
        del shared[self.path]
        return [DocumentView(self._view, path) for path, _ in shared.most_common(_MOST_RELATED)]

    @property
    def series_posts(self) -> list[DocumentView]:
        """The parts of its series, the oldest first; none without one. Of a very long one those around this part."""
        paths, part = self._series(), self.series_part
        first = max(0, min(part - 1 - _AROUND, len(paths) - 2 * _AROUND))
        return [DocumentView(self._view, path) for path in paths[first : first + 2 * _AROUND]]

    @property
    def series_part(self) -> int:
        """The number of this part of its series, 0 without one."""
        paths = self._series()
        return paths.index(self.path) + 1 if self.path in paths else 0

    @property
    def series_parts(self) -> int:
        """How many parts its series has."""
        return len(self._series())

    def _series(self) -> Sequence[str]:
        name = self._meta.data.get("series") if self._meta else None
        return (self._view.get(kinds.SERIES, name) if isinstance(name, str) else None) or ()

    @property
    def translations(self) -> list[Mapping[str, str]]:
        """The same in other languages, each with `lang` and `url`."""
        return list_translations(self._view, self._meta) if self._meta else []

    @property
    def posts(self) -> list[DocumentView]:
        """The posts that the page lists: those its generator chose, else all of the site."""
        chosen = cast("Iterable[str] | None", self._spec.data.get("posts"))
        if chosen is None:
            return list_documents(self._view, kinds.POSTS)
        return [DocumentView(self._view, path) for path in chosen]


class PaginatorView:
    """jekyll-paginate's `paginator`; `*_path` are addresses without the base URL."""

    def __init__(self, page: PageView, spec: PageSpec) -> None:
        self._page = page
        self.page = cast("int", spec.data["page"])
        self.per_page = spec.data["per_page"]
        self.total_posts = spec.data["total_posts"]
        self.total_pages = cast("int", spec.data["total_pages"])
        self.previous_page = self.page - 1 if self.page > 1 else None
        self.next_page = self.page + 1 if self.page < self.total_pages else None
        self.previous_page_path = spec.data["previous"] or None
        self.next_page_path = spec.data["next"] or None

    def __repr__(self) -> str:
        return f"{self.page} of {self.total_pages}"

    @property
    def posts(self) -> list[DocumentView]:
        """The posts of this page."""
        return self._page.posts


def list_documents(view: FactView, kind: One[kinds.Metas]) -> list[DocumentView]:
    """All posts or pages of the site."""
    return [DocumentView(view, meta.path) for meta in view[kind]]
