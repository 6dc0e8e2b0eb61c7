"""The Atom feed of some documents (RFC 4287; contents and ids as jekyll-feed has them)."""

import datetime
from collections.abc import Callable, Iterator
from xml.etree import ElementTree as ET

from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.options import GeneratorOptions
from mathblog.model.output import OutputFile
from mathblog.site.authors import Author
from mathblog.site.feeds.entries import EntryReader, FeedEntry
from mathblog.site.feeds.feeds import Feed, list_feeds
from mathblog.site.feeds.json_feed import make_json_feed
from mathblog.site.feeds.xml import add, clean, serialize, with_stylesheet
from mathblog.text.urls import absolute_url

ATOM = "http://www.w3.org/2005/Atom"
STYLESHEET = "feed.xslt.xml"  # where jekyll-feed looks for the author's own
_MEDIA = "http://search.yahoo.com/mrss/"
_NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)  # the age of a feed without posts: a build has no clock


def generate_feeds(view: FactView, options: GeneratorOptions, words: Callable[[str], str]) -> Iterator[OutputFile]:
    """All feeds of the site. `words` makes words of a title with formulas."""
    reader = EntryReader(view, options, words)
    for feed in list_feeds(view, options):
        yield OutputFile(feed.url.lstrip("/"), make_feed(reader, feed), "generated")
        if feed.json_url:
            yield OutputFile(feed.json_url.lstrip("/"), make_json_feed(reader, feed), "generated")


def make_feed(reader: EntryReader, plan: Feed) -> bytes:
    """The feed of the documents of `plan`, whole unless `excerpt_only` is set, with absolute addresses and MathML.

    It is as old as its newest entry, so that the same posts give the same bytes. Without `url` in the configuration the
    addresses are those of the server's root (`/2018/…`), as in Jekyll.
    """
    view = reader.view
    site = view[kinds.SITE]
    home = absolute_url(site, "/")
    entries = [reader.read(meta) for meta in plan.entries]
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": clean(site.lang)})
    add(feed, "generator", "mathblog")
    add(feed, "link", href=absolute_url(site, plan.url), rel="self", type="application/atom+xml")
    add(feed, "link", href=home, rel="alternate", type="text/html", hreflang=site.lang)
    add(feed, "updated", max((entry.updated for entry in entries), default=_NEVER).isoformat())
    add(feed, "id", absolute_url(site, plan.url))
    add(feed, "title", reader.words(" | ".join((site.title or home, *plan.subjects))))
    if site.description:
        add(feed, "subtitle", reader.words(site.description))
    for author in reader.site_authors()[:1] or (Author(site.author or site.title or home, site.email),):
        _add_author(feed, author)
    feed.extend(_element(entry) for entry in entries)
    if view.get(kinds.PUBLISHED, STYLESHEET) or view.get(kinds.DOCUMENT, STYLESHEET):
        return with_stylesheet(serialize(feed), absolute_url(site, f"/{STYLESHEET}"))
    return serialize(feed)


def _element(entry: FeedEntry) -> ET.Element:
    element = ET.Element("entry", {"xml:lang": clean(entry.lang)})
    add(element, "title", entry.title)
    add(element, "link", href=entry.url, rel="alternate", type="text/html")
    add(element, "published", entry.published.isoformat())
    add(element, "updated", entry.updated.isoformat())
    add(element, "id", entry.id)
    for author in entry.authors:
        _add_author(element, author)
    for name in entry.tags:
        add(element, "category", term=name)
    if entry.summary:
        add(element, "summary", entry.summary)
    if entry.content is not None:
        add(element, "content", entry.content, type="html", **{"xml:base": entry.url})
    if entry.image:
        add(element, "media:thumbnail", url=entry.image, **{"xmlns:media": _MEDIA})
        add(element, "media:content", medium="image", url=entry.image, **{"xmlns:media": _MEDIA})
    return element


def _add_author(parent: ET.Element, author: Author) -> None:
    """An `<author>` as the last child."""
    element = add(parent, "author")
    add(element, "name", author.name)
    if author.email:
        add(element, "email", author.email)
    if author.uri:
        add(element, "uri", author.uri)
