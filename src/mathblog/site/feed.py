"""The Atom feed of some documents (RFC 4287; contents and ids as jekyll-feed has them)."""

import datetime
from collections.abc import Mapping, Sequence
from typing import cast
from xml.etree import ElementTree as ET

from mathblog.model.compiled import Compiled
from mathblog.model.document import Meta
from mathblog.model.facts import FactView
from mathblog.model.options import GeneratorOptions, SiteOptions
from mathblog.model.values import Data, Value
from mathblog.site.absolute import absolute_url
from mathblog.site.feeds import Feed
from mathblog.site.portable import make_portable
from mathblog.site.redirects import is_moved
from mathblog.site.xml import add, clean, serialize, with_stylesheet

ATOM = "http://www.w3.org/2005/Atom"
STYLESHEET = "feed.xslt.xml"  # where jekyll-feed looks for the author's own
_MEDIA = "http://search.yahoo.com/mrss/"
_NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)  # the age of a feed without posts: a build has no clock


def make_feed(view: FactView, options: GeneratorOptions, plan: Feed) -> bytes:
    """The feed of the documents of `plan`, whole unless `excerpt_only` is set, with absolute addresses and MathML.

    It is as old as its newest entry, so that the same posts give the same bytes. Without `url` in the configuration the
    addresses are those of the server's root (`/2018/…`), as in Jekyll.
    """
    site = cast("SiteOptions", view.get("site"))
    home = absolute_url(site, "/")
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": clean(site.lang)})
    add(feed, "generator", "mathblog")
    add(feed, "link", href=absolute_url(site, plan.url), rel="self", type="application/atom+xml")
    add(feed, "link", href=home, rel="alternate", type="text/html", hreflang=site.lang)
    add(feed, "updated", max((_updated(meta) for meta in plan.entries), default=_NEVER).isoformat())
    add(feed, "id", absolute_url(site, plan.url))
    add(feed, "title", " | ".join((site.title or home, *plan.subjects)))
    if site.description:
        add(feed, "subtitle", site.description)
    _add_author(feed, site.author or site.title or home, site.email)
    for meta in plan.entries:
        compiled = None if is_moved(meta, options) else view.get("compiled", meta.path)
        feed.append(_entry(view, site, meta, cast("Compiled | None", compiled), excerpt_only=_is_short(meta, options)))
    if view.get("published", STYLESHEET) or view.get("document", STYLESHEET):
        return with_stylesheet(serialize(feed), absolute_url(site, f"/{STYLESHEET}"))
    return serialize(feed)


def _is_short(meta: Meta, options: GeneratorOptions) -> bool:
    own = meta.data.get("feed")
    return options.feed.excerpt_only or (isinstance(own, Mapping) and own.get("excerpt_only") is True)


def _updated(meta: Meta) -> datetime.datetime:
    """When a post was last changed: `last_modified_at` of its front matter, else its date."""
    published = cast("datetime.datetime", meta.date)
    changed = meta.data.get("last_modified_at")
    if isinstance(changed, datetime.datetime):
        return changed if changed.tzinfo else changed.replace(tzinfo=published.tzinfo)
    if isinstance(changed, datetime.date):
        return datetime.datetime.combine(changed, datetime.time(), published.tzinfo)
    return published


def _entry(
    view: FactView, site: SiteOptions, meta: Meta, compiled: Compiled | None, *, excerpt_only: bool
) -> ET.Element:
    url = absolute_url(site, meta.url)
    entry = ET.Element("entry", {"xml:lang": clean(str(meta.data.get("lang") or site.lang))})
    add(entry, "title", meta.title)
    add(entry, "link", href=url, rel="alternate", type="text/html")
    add(entry, "published", cast("datetime.datetime", meta.date).isoformat())
    add(entry, "updated", _updated(meta).isoformat())
    add(entry, "id", absolute_url(site, meta.id))
    _add_authors(entry, view, meta.data)
    single = meta.data.get("category")
    for name in dict.fromkeys((*((single,) if isinstance(single, str) else meta.categories), *meta.tags)):
        add(entry, "category", term=name)
    if compiled:
        description = meta.data.get("description")
        summary = description if isinstance(description, str) and description else compiled.summary
        if summary:
            add(entry, "summary", summary)
        if not excerpt_only:
            add(entry, "content", make_portable(compiled.html, url), type="html", **{"xml:base": url})
    _add_image(entry, site, meta.data.get("image"))
    return entry


def _add_authors(entry: ET.Element, view: FactView, data: Data) -> None:
    """The author of a post: a name, a mapping, or a key of `_data/authors`."""
    authors = data.get("authors")
    first = authors[0] if isinstance(authors, Sequence) and authors and not isinstance(authors, str) else None
    author = data.get("author") or first
    if isinstance(author, str):
        everything = view.get("data")
        known = everything.get("authors") if isinstance(everything, Mapping) else None
        author = (known.get(author) if isinstance(known, Mapping) else None) or author
    if isinstance(author, Mapping):
        _add_author(entry, _text(author, "name"), _text(author, "email"), _text(author, "uri"))
    elif isinstance(author, str) and author:
        _add_author(entry, author)


def _text(data: Data, key: str) -> str:
    value = data.get(key)
    return value if isinstance(value, str) else ""


def _add_author(parent: ET.Element, name: str, email: str = "", uri: str = "") -> None:
    author = add(parent, "author")
    add(author, "name", name)
    if email:
        add(author, "email", email)
    if uri:
        add(author, "uri", uri)


def _add_image(entry: ET.Element, site: SiteOptions, value: Value) -> None:
    path = value.get("path") if isinstance(value, Mapping) else value
    if isinstance(path, str) and path:
        url = path if "://" in path else absolute_url(site, path)
        add(entry, "media:thumbnail", url=url, **{"xmlns:media": _MEDIA})
        add(entry, "media:content", medium="image", url=url, **{"xmlns:media": _MEDIA})
