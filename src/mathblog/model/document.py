"""A document: one source file that becomes a page."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import replace

from mathblog.core.dataclass import dataclass
from mathblog.core.source import SourceText, Span
from mathblog.model.values import Data

POSTS = "posts"
_IMAGES = ("image", "thumbnail", "feature-img")
MOST_NAMES = (
    200  # tags or categories of one text for which there are pages and feeds: each shows the text, and its names
)
SHOWN_KEYS = ("title", "subtitle", "description")  # of front matter: lists, feeds and heads of pages show their texts
PAGES = "(pages)"  # what belongs to no collection: a label has no brackets, and `pages` may be one


@dataclass(frozen=True, slots=True)
class Meta:
    """The metadata of a document, for the rest of the site: everything but its text.

    `collection` is `posts`, another collection's label, or `PAGES`. `url` starts with `/`, is percent-encoded and does
    not hold the base URL; `written_url` is what templates see, with Hangul in a permalink not encoded; `output_path` is the file below the destination, decoded. `date` has the site's zone.
    `layout` is None where Jekyll would use none. `data` is the front matter over its defaults.
    """

    path: str
    collection: str
    url: str
    output_path: str
    id: str
    slug: str
    ext: str
    title: str
    date: datetime.datetime | None
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    layout: str | None
    draft: bool
    data: Data
    written_url: str = ""

    @property
    def is_post(self) -> bool:
        """Whether it belongs to the posts, drafts included."""
        return self.collection == POSTS

    def at(self, url: str, output_path: str) -> "Meta":
        """The same at another address, as a page of a list is."""
        written = self.written_url if url == self.url else url
        return replace(self, url=url, written_url=written, output_path=output_path)

    @property
    def lang(self) -> str:
        """The language that the front matter names, '' where it names none: then it is the site's."""
        lang = self.data.get("lang")
        return lang if isinstance(lang, str) else ""


@dataclass(frozen=True, slots=True)
class Document:
    """A source file, read: its metadata, its whole text, where the body starts, where each front matter key stands."""

    meta: Meta
    source: SourceText
    body_start: int
    keys: Mapping[str, Span]

    @property
    def body(self) -> str:
        """The text after the front matter."""
        return self.source.text[self.body_start :]


def is_markdown(ext: str, extensions: Collection[str]) -> bool:
    """Whether files with this extension (`.md`) are Markdown; `extensions` are those of `markdown_ext`, without dots."""
    return ext[1:].lower() in extensions


def own_image(data: Data) -> str:
    """The image that a front matter names for its page, '' for none."""
    images = (data.get(key) for key in _IMAGES)
    paths = (image.get("path") if isinstance(image, Mapping) else image for image in images)
    return next((path for path in paths if isinstance(path, str) and path), "")
