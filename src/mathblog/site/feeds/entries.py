"""The entry of a document in a feed, in whatever form: its texts, times, addresses and authors (as jekyll-feed chooses them)."""

import datetime
from collections.abc import Callable, Mapping
from typing import NamedTuple, cast

from mathblog.core.dataclass import dataclass, field
from mathblog.model.body import to_words
from mathblog.model.compiled import Compiled
from mathblog.model.document import MOST_NAMES, Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.options import GeneratorOptions
from mathblog.model.plugins import FEED
from mathblog.site.authors import Author, list_authors
from mathblog.site.changes import read_change
from mathblog.site.feeds.portable import make_portable
from mathblog.site.redirects import is_moved
from mathblog.text.harmless import harmless_address
from mathblog.text.urls import absolute_url


class FeedEntry(NamedTuple):
    """An entry of a feed; '' and () where there is nothing. `summary` is words, `tags` are categories and tags.

    `content` is HTML, None where the feed does not have whole texts.
    """

    title: str
    url: str
    id: str
    published: datetime.datetime
    updated: datetime.datetime
    lang: str
    authors: tuple[Author, ...]
    tags: tuple[str, ...]
    summary: str
    content: str | None
    image: str


@dataclass(frozen=True, slots=True)
class EntryReader:
    """Reads the entries of all feeds of a site: a document in several feeds is read once.

    `words` makes words of a title with formulas.
    """

    view: FactView
    options: GeneratorOptions
    words: Callable[[str], str]
    _known: dict[str, FeedEntry] = field(default_factory=dict)

    def read(self, meta: Meta) -> FeedEntry:
        """The entry of a document with a date."""
        if meta.path not in self._known:
            self._known[meta.path] = self._make(meta)
        return self._known[meta.path]

    def site_authors(self) -> tuple[Author, ...]:
        """The author of the configuration, whom jekyll-feed names in the feed and again in each entry without its own."""
        named = {"author": self.view.get(kinds.CONFIG, "author")}
        return list_authors(self.view, named) if FEED in self.options.plugins else ()

    def _make(self, meta: Meta) -> FeedEntry:
        view, options = self.view, self.options
        site = view[kinds.SITE]
        compiled = None if is_moved(meta, options) else view.get(kinds.COMPILED, meta.path)
        single = meta.data.get("category")
        names = (*((single,) if isinstance(single, str) else meta.categories[:MOST_NAMES]), *meta.tags[:MOST_NAMES])
        image = meta.data.get("image")
        path = harmless_address(image.get("path") if isinstance(image, Mapping) else image)
        published = cast("datetime.datetime", meta.date)
        return FeedEntry(
            title=self.words(view.said(meta.path, meta.title)),
            url=absolute_url(site, meta.url),
            id=absolute_url(site, meta.id),
            published=published,
            updated=read_change(view, meta) or published,
            lang=meta.lang or site.lang,
            authors=list_authors(view, meta.data) or self.site_authors(),
            tags=names if FEED in options.plugins else tuple(dict.fromkeys(names)),
            summary=self._summary(meta, compiled) if compiled else "",
            content=self._content(meta, compiled) if compiled else None,
            image=(path if "://" in path else absolute_url(site, path)) if path else "",
        )

    def _summary(self, meta: Meta, compiled: Compiled) -> str:
        """The description of the front matter, else the beginning of the text."""
        description, excerpt = meta.data.get("description"), compiled.excerpt
        said = isinstance(description, str) and self.words(self.view.said(meta.path, description))
        return said or (to_words(excerpt.body) if FEED in self.options.plugins else excerpt.summary)

    def _content(self, meta: Meta, compiled: Compiled) -> str | None:
        """The body for a reader far away, None where only excerpts are wanted."""
        own = meta.data.get("feed")
        if self.options.feed.excerpt_only or (isinstance(own, Mapping) and own.get("excerpt_only") is True):
            return None
        return make_portable(compiled.body, absolute_url(self.view[kinds.SITE], meta.url))
