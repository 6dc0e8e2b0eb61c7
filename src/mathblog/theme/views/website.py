"""The site as templates see it: `site`."""

from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.options import SiteOptions
from mathblog.theme.views.documents import DocumentView, GroupView, list_groups
from mathblog.theme.views.page import list_documents


class SiteView:
    """The site: its options, its lists, and every key of the configuration (`site.google_analytics`)."""

    def __init__(self, view: FactView, options: SiteOptions) -> None:
        self._view = view
        self.title = options.title
        self.description = options.description
        self.author = options.author
        self.email = options.email
        self.lang = options.lang
        self.url = options.url
        self.baseurl = options.baseurl

    def __repr__(self) -> str:
        return self.title

    def __getitem__(self, key: str) -> object:
        value = self._view.get(kinds.CONFIG, key)
        if value is None:
            raise KeyError(key)
        return value

    @property
    def time(self) -> object:
        """The time of the build. A page that asks changes with every build."""
        return self._view[kinds.TIME]

    @property
    def data(self) -> object:
        """The data files."""
        return self._view[kinds.DATA]

    @property
    def navigation(self) -> object:
        """The links of the header: items with `title`, `url` and `kind`."""
        return self._view[kinds.NAVIGATION]

    @property
    def posts(self) -> list[DocumentView]:
        """All posts, newest first."""
        return list_documents(self._view, kinds.POSTS)

    @property
    def pages(self) -> list[DocumentView]:
        """The site's own pages."""
        return list_documents(self._view, kinds.PAGES)

    @property
    def tags(self) -> list[GroupView]:
        """All tags by name."""
        return list_groups(self._view, "tag")

    @property
    def categories(self) -> list[GroupView]:
        """All categories by name."""
        return list_groups(self._view, "category")

    def address(self, kind: str, name: str = "") -> str:
        """The address of a generated page or file, '' where there is none.

        Kinds are `feed`, `json_feed`, `archive`, `tags`, `categories`, and with a name `tag`, `category`, `tag_feed`.
        """
        return self._view.get(kinds.ADDRESS, kind, name) or ""

    def publishes(self, path: str) -> bool:
        """Whether the site has a file of its own at this address, `favicon.ico`."""
        return bool(self._view.get(kinds.PUBLISHED, path))
