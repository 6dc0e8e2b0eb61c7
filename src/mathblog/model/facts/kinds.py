"""All kinds of facts: each is declared here, and nowhere else; `catalogue` has the lists of them."""

import datetime
from typing import TypeAlias

from mathblog.core.source import SourceText
from mathblog.model.compiled import Compiled, Excerpt
from mathblog.model.document import Meta
from mathblog.model.facts import of_bibliographies, of_files, of_labels
from mathblog.model.facts.kind import Many, One, Origin
from mathblog.model.gem import GemTheme
from mathblog.model.layout import Layout
from mathblog.model.navigation import NavigationItem
from mathblog.model.options import Collection, SiteOptions
from mathblog.model.output import PageSpec
from mathblog.model.static import StaticFile
from mathblog.model.values import Data, Value

Metas: TypeAlias = tuple[Meta, ...]
Neighbours: TypeAlias = tuple[str | None, str | None]
Groups: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]

CONFIG = Many[Value](
    "config",
    Origin.INPUTS,
    "a configuration value, Jekyll's default where the site has none",
    named="`site.{}`",
    changed="`site.{}` of the configuration changed",
    words=("key",),
)
CONFIG_KEYS = One[tuple[str, ...]](
    "config_keys", Origin.INPUTS, "the configuration's keys", named="all keys", changed="a key came or went", default=()
)
SITE = One[SiteOptions](
    "site",
    Origin.INPUTS,
    "`SiteOptions`",
    named="the site's title, description, author, language, `url` and `baseurl`",
    changed="the site's title, description, author, language, `url` or `baseurl` changed",
    default=SiteOptions(),
)
THEME = One[GemTheme | None](
    "theme",
    Origin.INPUTS,
    "the `GemTheme` whose files lie below the site's, None without one",
    named="the theme, a gem or a repository",
    changed="the theme, a gem or a repository, is another one",
    default=None,
)
ABSENT_THEME = One[str](
    "absent_theme",
    Origin.INPUTS,
    "the name of a theme that the site counts on and that is not here, '' for none: its includes are empty",
    named="whether the theme that the site counts on is here",
    changed="the theme that the site counts on came or went",
    default="",
)
RUBY = One[bool](
    "ruby",
    Origin.INPUTS,
    "whether the site counts on Ruby that does not run here: an unknown tag or include is a warning then",
    named="whether the site counts on plugins in Ruby",
    changed="the plugins that the site counts on changed",
    default=False,
)
ENVIRONMENT = One[str](
    "environment",
    Origin.INPUTS,
    "`JEKYLL_ENV`",
    named="`JEKYLL_ENV`",
    changed="`JEKYLL_ENV` is another one",
    default="development",
)
TIME = One[datetime.datetime | None](
    "time", Origin.CLOCK, "the build's time", named="the build's time", changed="the build's time changed", default=None
)
# a run that was cut off reads this with a digest that no build gives, so that the next build does it again
UNFINISHED = One[None](
    "unfinished", Origin.CLOCK, "none: a run did not end", named="its time", changed="it was not finished", default=None
)
NOW = Many[str](
    "now",
    Origin.CLOCK,
    "the time of the build, printed in this format of Ruby's",
    named="the time of the build, printed as `{}`",
    changed="the time of the build, printed as `{}`, is another one",
    words=("format",),
)
POSTS = One[Metas](
    "posts",
    Origin.METADATA,
    "`Meta`s of the posts, newest first",
    named="the list of posts and their front matter",
    changed="the list of posts, or the front matter of one, changed",
    default=(),
    recorded=Metas,
)
PAGES = One[Metas](
    "pages",
    Origin.METADATA,
    "`Meta`s of the documents of no collection",
    named="the list of pages and their front matter",
    changed="the list of pages, or the front matter of one, changed",
    default=(),
    recorded=Metas,
)
COLLECTION = Many[Metas](
    "collection",
    Origin.METADATA,
    "`Meta`s of a collection in its own order",
    named="the collection `{}`",
    changed="the collection `{}`, or the front matter of one of its documents, changed",
    words=("label",),
    recorded=Metas,
)
COLLECTIONS = One[tuple[Collection, ...]](
    "collections",
    Origin.INPUTS,
    "the settings of all collections",
    named="the settings of all collections",
    changed="the settings of a collection changed",
    default=(),
)
DOCUMENT = Many[Meta](
    "document", Origin.METADATA, "the `Meta` of one source file", named="the front matter of `{}`",
    changed="the front matter or the address of `{}` changed", words=("path",),
)  # fmt: skip
NEIGHBOURS = Many[Neighbours](
    "neighbours",
    Origin.METADATA,
    "paths of the document before and after it in its collection",
    named="the previous and the next post of `{}`",
    changed="the previous or the next post of `{}` is another one",
    words=("path",),
    recorded=Neighbours,
)
TAGS = One[Groups](
    "tags", Origin.METADATA, "pairs of a tag and the paths of its posts, newest first", default=(), recorded=Groups,
    named="the tags of all posts", changed="the tags of the posts changed",
)  # fmt: skip
CATEGORIES = One[Groups](
    "categories", Origin.METADATA, "pairs of a category and the paths of its posts, newest first", default=(), recorded=Groups,
    named="the categories of all posts", changed="the categories of the posts changed",
)  # fmt: skip
TAGGED = Many[tuple[str, ...]](
    "tagged", Origin.METADATA, "the paths of the posts with a tag, newest first", recorded=tuple[str, ...], words=("tag",),
    named="the posts with the tag `{}`", changed="the posts with the tag `{}` are others",
)  # fmt: skip
SERIES = Many[tuple[str, ...]](
    "series", Origin.METADATA, "the paths of the posts of a series (`series:`), oldest first", recorded=tuple[str, ...],
    named="the posts of the series `{}`", changed="the posts of the series `{}` are others", words=("name",),
)  # fmt: skip
TRANSLATED = Many[tuple[str, ...]](
    "translated", Origin.METADATA, "the paths of the posts and pages with a `ref:`, translations of each other", recorded=tuple[str, ...],
    named="the posts and pages with the `ref` `{}`", changed="the posts and pages with the `ref` `{}` are others", words=("ref",),
)  # fmt: skip
COMPILED = Many[Compiled](
    "compiled", Origin.TEXT, "`Compiled`; made or fetched when asked for",
    named="the content of `{}`", changed="the content of `{}` changed", words=("path",),
)  # fmt: skip
EXCERPT = Many[Excerpt](
    "excerpt", Origin.TEXT, "`Excerpt`: HTML and plain words; a digest of its own, so that lists do not depend on bodies",
    named="the excerpt of `{}`", changed="the excerpt of `{}` changed", words=("path",),
)  # fmt: skip
HEADINGS = of_labels.HEADINGS
LABELS, LABEL = of_labels.LABELS, of_labels.LABEL
NAMED = of_labels.NAMED
LEFT_OUT = of_labels.LEFT_OUT
INCLUDE = Many[SourceText](
    "include",
    Origin.INPUTS,
    "an include's `SourceText`",
    named="the include `{}`",
    changed="the include `{}` changed",
    words=("name",),
)
INCLUDES = One[tuple[str, ...]](
    "includes",
    Origin.INPUTS,
    "the names of all includes",
    named="the list of includes",
    changed="an include was added or removed",
    default=(),
)
LAYOUT = Many[Layout](
    "layout",
    Origin.INPUTS,
    "a layout of the site's own",
    named="the layout `{}`",
    changed="the layout `{}` changed",
    words=("name",),
)
SITE_LAYOUTS = One[tuple[str, ...]](
    "site_layouts",
    Origin.INPUTS,
    "the names of the site's own layouts, none where it has none",
    named="the list of the site's layouts",
    changed="a layout was added or removed",
    default=(),
)
DATA = One[Data](
    "data",
    Origin.INPUTS,
    "all of `_data`",
    named="`_data`",
    changed="something in `_data` changed",
    default={},
)
STATIC = One[tuple[str, ...]](
    "static",
    Origin.INPUTS,
    "the paths of all static files, as they are published",
    named="the list of static files",
    changed="a static file was added or removed",
    default=(),
)
PUBLISHED = Many[bool](
    "published",
    Origin.INPUTS,
    "True for a static file",
    named="the file `{}`",
    changed="the file `{}` was added or removed",
    words=("path",),
)
HAS_BESIDE = of_files.HAS_BESIDE
BESIDE = of_files.BESIDE
IMAGE_SIZE = of_files.IMAGE_SIZE
UNVARIED = of_files.UNVARIED
STATIC_FILES = One[tuple[StaticFile, ...]](
    "static_files",
    Origin.METADATA,
    "`StaticFile`s: what Jekyll lists, with the defaults that hold for each",
    named="the list of static files and the defaults that hold for them",
    changed="a static file, or a default that holds for one, was added or removed",
    default=(),
)
UNLISTED = One[tuple[str, ...]](
    "unlisted",
    Origin.METADATA,
    "static files that `defaults:` keep out of the sitemap",
    named="the static files that are kept out of the sitemap",
    changed="other static files are kept out of the sitemap",
    default=(),
    recorded=tuple[str, ...],
)
MODIFIED = Many[datetime.datetime](
    "modified",
    Origin.FILE,
    "when a static file was written",
    named="the time when `{}` was written",
    changed="the file `{}` was written again",
    words=("path",),
)
FILE = Many[SourceText](
    "file",
    Origin.FILE,
    "the text of a file, for `include_relative` and Sass",
    named="the text of `{}`",
    changed="the file `{}` changed",
    words=("path",),
)
PAGE = Many[bool](
    "page",
    Origin.METADATA,
    "True for the file of a document's page",
    named="the page `{}`",
    changed="the page `{}` was added or removed",
    words=("path",),
    recorded=bool,
)
GENERATED_PAGES = One[tuple[PageSpec, ...]](
    "generated_pages",
    Origin.METADATA,
    "what plugins add to `site.pages`, in a site with layouts of its own",
    named="the list of generated pages",
    changed="the list of generated pages changed",
    default=(),
)
ADDRESS = Many[str](
    "address",
    Origin.METADATA,
    "URL of a generated page: `tag`, `category`; with an empty name: `tags`, `categories`, `archive`, `feed`",
    named="the address of the {} page",
    changed="the address of the {} page changed",
    words=("kind", "name"),
    recorded=str,
)
NAVIGATION = One[tuple[NavigationItem, ...]](
    "navigation",
    Origin.METADATA,
    "what the header links to",
    named="the navigation",
    changed="the navigation changed",
    default=(),
    recorded=tuple[NavigationItem, ...],
)
BIBLIOGRAPHIES = of_bibliographies.BIBLIOGRAPHIES
REFERENCE_KEYS = of_bibliographies.REFERENCE_KEYS
REFERENCE = of_bibliographies.REFERENCE
