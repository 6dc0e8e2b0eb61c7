"""The options of those plugins of Jekyll's that mathblog has built in: one small slice for each."""

from mathblog.core.dataclass import dataclass

FEED, SITEMAP, ARCHIVES = "jekyll-feed", "jekyll-sitemap", "jekyll-archives"
POLYGLOT = "jekyll-polyglot"
PAGINATE, PAGINATE_V2 = "jekyll-paginate", "jekyll-paginate-v2"
GITHUB_METADATA = "jekyll-github-metadata"
REDIRECTS = "jekyll-redirect-from"
RELATIVE_LINKS, EMOJI = "jekyll-relative-links", "jemoji"
TITLES, OPTIONAL_FRONT_MATTER = "jekyll-titles-from-headings", "jekyll-optional-front-matter"
SCHOLAR, POSTFILES = "jekyll-scholar", "jekyll-postfiles"
README_INDEX, DEFAULT_LAYOUT = "jekyll-readme-index", "jekyll-default-layout"


@dataclass(frozen=True, slots=True)
class CollectionFeed:
    """One entry of `feed.collections`: a feed of a whole collection, and one for each of some categories in it."""

    label: str
    path: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TagFeeds:
    """`feed.tags`: a feed for each tag of `only` (None: of all tags), but for those of `left_out`.

    They are below `path`; where that is '', beside the pages of tags.
    """

    path: str = "/feed/by_tag/"
    only: tuple[str, ...] | None = None
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedOptions:
    """The options of jekyll-feed besides those of the one feed of the posts. `collections` hold the posts only for their categories.

    With `json` each feed is also a JSON Feed.
    """

    excerpt_only: bool = False
    drafts: bool = False
    collections: tuple[CollectionFeed, ...] = ()
    tags: TagFeeds | None = None
    not_in_development: bool = False
    json: bool = False


@dataclass(frozen=True, slots=True)
class ArchiveOptions:
    """`jekyll-archives`: kinds are `year`, `month`, `day`, `tag` and `category`; `permalinks` has one for each of them."""

    kinds: tuple[str, ...]
    permalinks: tuple[tuple[str, str], ...]
    layout: str = "archive"
    layouts: tuple[tuple[str, str], ...] = ()
    slug_mode: str = "default"

    def permalink(self, kind: str) -> str:
        """Where archives of a kind live, '' where there are none of it."""
        return dict(self.permalinks).get(kind, "") if kind in self.kinds else ""

    def layout_of(self, kind: str) -> str:
        """The name of the layout for archives of a kind."""
        return dict(self.layouts).get(kind, self.layout)


@dataclass(frozen=True, slots=True)
class ReadingPlugins:
    """How plugins change what is read: titles from headings, pages without front matter, `README.md` as a folder's index.

    `default_language` is that of the site that is made of one with jekyll-polyglot, '' for one without.
    """

    titles: bool = False
    titles_of_documents: bool = False
    strip_titles: bool = False
    optional_front_matter: bool = False
    remove_originals: bool = False
    readme_index: bool = False
    readme_with_front_matter: bool = False
    readme_remove_originals: bool = False
    default_layout: bool = False
    default_language: str = ""


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """`relative_links`: whether links to source files become addresses, also in collections, and not in which files."""

    enabled: bool = False
    documents: bool = False
    exclude: tuple[str, ...] = ()
