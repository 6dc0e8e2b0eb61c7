"""The Atom feed of some documents (RFC 4287; contents and ids as jekyll-feed has them)."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import cast
from xml.etree import ElementTree as ET

from mathblog.model.body import to_words
from mathblog.model.compiled import Compiled
from mathblog.model.document import Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.options import GeneratorOptions
from mathblog.model.output import OutputFile
from mathblog.model.plugins import FEED
from mathblog.site.authors import Author, add_author, list_authors
from mathblog.site.changes import read_change
from mathblog.site.feeds.feeds import Feed, list_feeds
from mathblog.site.feeds.portable import make_portable
from mathblog.site.feeds.xml import add, clean, serialize, with_stylesheet
from mathblog.site.redirects import is_moved
from mathblog.text.urls import absolute_url

ATOM = "http://www.w3.org/2005/Atom"
STYLESHEET = "feed.xslt.xml"  # where jekyll-feed looks for the author's own
_MEDIA = "http://search.yahoo.com/mrss/"
_NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)  # the age of a feed without posts: a build has no clock


def generate_feeds(view: FactView, options: GeneratorOptions, words: Callable[[str], str]) -> Iterator[OutputFile]:
    """All feeds of the site. `words` makes words of a title with formulas."""
    for feed in list_feeds(view, options):
        yield OutputFile(feed.url.lstrip("/"), make_feed(view, options, feed, words), "generated")


def make_feed(view: FactView, options: GeneratorOptions, plan: Feed, words: Callable[[str], str] = str) -> bytes:
    """The feed of the documents of `plan`, whole unless `excerpt_only` is set, with absolute addresses and MathML.

    It is as old as its newest entry, so that the same posts give the same bytes. Without `url` in the configuration the
    addresses are those of the server's root (`/2018/…`), as in Jekyll. `words` makes words of a title with formulas.
    """
    site = view[kinds.SITE]
    home = absolute_url(site, "/")
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": clean(site.lang)})
    add(feed, "generator", "mathblog")
    add(feed, "link", href=absolute_url(site, plan.url), rel="self", type="application/atom+xml")
    add(feed, "link", href=home, rel="alternate", type="text/html", hreflang=site.lang)
    add(feed, "updated", max((_updated(view, meta) for meta in plan.entries), default=_NEVER).isoformat())
    add(feed, "id", absolute_url(site, plan.url))
    add(feed, "title", words(" | ".join((site.title or home, *plan.subjects))))
    if site.description:
        add(feed, "subtitle", words(site.description))
    for author in _site_authors(view, options)[:1] or (Author(site.author or site.title or home, site.email),):
        add_author(feed, author)
    for meta in plan.entries:
        compiled = None if is_moved(meta, options) else view.get(kinds.COMPILED, meta.path)
        feed.append(_entry(view, options, meta, compiled, words))
    if view.get(kinds.PUBLISHED, STYLESHEET) or view.get(kinds.DOCUMENT, STYLESHEET):
        return with_stylesheet(serialize(feed), absolute_url(site, f"/{STYLESHEET}"))
    return serialize(feed)


def _updated(view: FactView, meta: Meta) -> datetime.datetime:
    """The time of a post's last change: `last_modified_at` of its front matter, else its date."""
    return read_change(view, meta) or cast("datetime.datetime", meta.date)


def _entry(
    view: FactView, options: GeneratorOptions, meta: Meta, compiled: Compiled | None, words: Callable[[str], str]
) -> ET.Element:
    site = view[kinds.SITE]
    url = absolute_url(site, meta.url)
    entry = ET.Element("entry", {"xml:lang": clean(meta.lang or site.lang)})
    add(entry, "title", words(view.said(meta.path, meta.title)))
    add(entry, "link", href=url, rel="alternate", type="text/html")
    add(entry, "published", cast("datetime.datetime", meta.date).isoformat())
    add(entry, "updated", _updated(view, meta).isoformat())
    add(entry, "id", absolute_url(site, meta.id))
    for author in list_authors(view, meta.data) or _site_authors(view, options):
        add_author(entry, author)
    single = meta.data.get("category")
    names = (*((single,) if isinstance(single, str) else meta.categories), *meta.tags)
    for name in names if FEED in options.plugins else dict.fromkeys(names):
        add(entry, "category", term=name)
    if compiled:
        description = meta.data.get("description")
        excerpt = compiled.excerpt
        beginning = to_words(excerpt.body) if FEED in options.plugins else excerpt.summary
        if (
            summary := words(view.said(meta.path, description))
            if isinstance(description, str) and description
            else beginning
        ):
            add(entry, "summary", summary)
        own = meta.data.get("feed")
        if not (options.feed.excerpt_only or (isinstance(own, Mapping) and own.get("excerpt_only") is True)):
            add(entry, "content", make_portable(compiled.body, url), type="html", **{"xml:base": url})
    image = meta.data.get("image")
    path = image.get("path") if isinstance(image, Mapping) else image
    if isinstance(path, str) and path:
        address = path if "://" in path else absolute_url(site, path)
        add(entry, "media:thumbnail", url=address, **{"xmlns:media": _MEDIA})
        add(entry, "media:content", medium="image", url=address, **{"xmlns:media": _MEDIA})
    return entry


def _site_authors(view: FactView, options: GeneratorOptions) -> tuple[Author, ...]:
    """The author of the configuration, whom jekyll-feed names in the feed and again in each entry without its own."""
    return list_authors(view, {"author": view.get(kinds.CONFIG, "author")}) if FEED in options.plugins else ()
