"""Documents, tags and categories as templates see them: objects that ask the facts only for what a template uses.

Names with an underscore are out of a template's way; every other name is a word of the theme language, Jekyll's where
Jekyll has one. A name that is no attribute is looked up by `[]`, as Jinja does for `post.subtitle`.
"""

from markupsafe import Markup

from mathblog.model.compiled import Compiled, Excerpt, Heading
from mathblog.model.document import PAGES
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.text.urls import rebased, relative_addresses, relative_url


class DocumentView:
    """A document: Jekyll's words for it, and every key of its front matter."""

    def __init__(self, view: FactView, path: str) -> None:
        self._view = view
        self.path = path
        self._meta = meta = view.get(kinds.DOCUMENT, path) if path else None
        if meta:
            self.title = view.said(path, meta.title)
            self.url = meta.url
            self.id = meta.id
            self.slug = meta.slug
            self.collection = "pages" if meta.collection == PAGES else meta.collection
            self.date = meta.date
            self.draft = meta.draft

    def __str__(self) -> str:
        return self._view.said(self.path, self._meta.title) if self._meta else ""

    def __repr__(self) -> str:
        return repr(str(self))

    def __getitem__(self, key: str) -> object:
        if self._meta is None:
            raise KeyError(key)
        value = self._meta.data[key]
        return self._view.said(self.path, value) if isinstance(value, str) else value

    @property
    def year(self) -> int:
        """The year of its date, 0 without one."""
        return self._meta.date.year if self._meta and self._meta.date else 0

    @property
    def tags(self) -> list["GroupView"]:
        """Its tags, each with `name`, `url`, `posts` and `size`."""
        return [GroupView(self._view, "tag", name) for name in (self._meta.tags if self._meta else ())]

    @property
    def categories(self) -> list["GroupView"]:
        """Its categories."""
        return [GroupView(self._view, "category", name) for name in (self._meta.categories if self._meta else ())]

    def _excerpt(self) -> Excerpt:
        found = self._view.get(kinds.EXCERPT, self.path) if self.path else None
        return found or Excerpt()

    @property
    def excerpt(self) -> Markup:
        """Its first paragraph or so, as HTML that may stand on other pages, too: what lies beside it is found from there."""
        html = self._excerpt().html
        if " src=" in html or " href=" in html:
            url = self.url if self._meta else ""
            base = relative_url(self._view[kinds.SITE].baseurl, url) if any(relative_addresses(html)) else ""
            html = rebased(html, base) if base else html
        return Markup(html)  # noqa: S704 - the author's own HTML, already rendered

    @property
    def summary(self) -> str:
        """The excerpt in plain words, formulas as TeX."""
        return self._excerpt().summary

    def _compiled(self) -> Compiled | None:
        return self._view.get(kinds.COMPILED, self.path) if self.path else None

    @property
    def content(self) -> Markup:
        """Its whole body as HTML."""
        compiled = self._compiled()
        return Markup(compiled.html if compiled else "")  # noqa: S704 - the author's own HTML, already rendered

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings of the body."""
        compiled = self._compiled()
        return compiled.headings if compiled else ()

    @property
    def previous(self) -> "DocumentView | None":
        """The post before it in time."""
        return self._neighbour(0)

    @property
    def next(self) -> "DocumentView | None":
        """The post after it in time."""
        return self._neighbour(1)

    def _neighbour(self, index: int) -> "DocumentView | None":
        paths = self._view.get(kinds.NEIGHBOURS, self.path)
        path = paths[index] if paths else None
        return DocumentView(self._view, path) if path else None


class GroupView:
    """A tag or a category. `name` is the author's spelling; it is what a template prints for the object itself."""

    def __init__(self, view: FactView, kind: str, name: str, paths: tuple[str, ...] | None = None) -> None:
        self._view = view
        self._kind = kind
        self._given = paths
        self.name = name

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return repr(self.name)

    def __html__(self) -> Markup:
        return Markup.escape(self.name)

    @property
    def url(self) -> str:
        """The address of its page, '' where it has none."""
        return self._view.get(kinds.ADDRESS, self._kind, self.name) or ""

    def _paths(self) -> tuple[str, ...]:
        return dict(_named_paths(self._view, self._kind)).get(self.name, ()) if self._given is None else self._given

    @property
    def posts(self) -> list[DocumentView]:
        """Its posts, newest first."""
        return [DocumentView(self._view, path) for path in self._paths()]

    @property
    def size(self) -> int:
        """The number of its posts."""
        return len(self._paths())


def list_groups(view: FactView, kind: str) -> list[GroupView]:
    """All tags or categories of the site by name."""
    groups = sorted(_named_paths(view, kind), key=lambda group: (group[0].casefold(), group[0]))
    return [GroupView(view, kind, name, paths) for name, paths in groups]


def _named_paths(view: FactView, kind: str) -> kinds.Groups:
    return view[kinds.TAGS if kind == "tag" else kinds.CATEGORIES]
