"""The Atom feed of the newest posts (RFC 4287; contents and ids as jekyll-feed has them)."""

import datetime
from collections.abc import Iterable
from itertools import islice
from typing import cast
from xml.etree import ElementTree as ET

from mathblog.model.compiled import Compiled
from mathblog.model.document import Meta
from mathblog.model.facts import FactView
from mathblog.model.options import GeneratorOptions, SiteOptions
from mathblog.site.absolute import absolute_url
from mathblog.site.addresses import page_url
from mathblog.site.portable import make_portable
from mathblog.site.xml import add, clean, serialize

ATOM = "http://www.w3.org/2005/Atom"
_NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)  # the age of a feed without posts: a build has no clock


def make_feed(view: FactView, options: GeneratorOptions) -> bytes:
    """The feed: the `feed_limit` newest posts that are no drafts, whole, with absolute addresses and MathML.

    It is as old as its newest entry, so that the same posts give the same bytes. Without `url` in the configuration the
    addresses are those of the server's root (`/2018/…`), as in Jekyll.
    """
    site = cast("SiteOptions", view.get("site"))
    posts = cast("Iterable[Meta]", view.get("posts") or ())
    chosen = list(islice((meta for meta in posts if _is_public(meta)), max(0, options.feed_limit)))
    home = absolute_url(site, "/")
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": clean(site.lang)})
    add(feed, "generator", "mathblog")
    add(feed, "link", href=absolute_url(site, page_url(options.feed_path)), rel="self", type="application/atom+xml")
    add(feed, "link", href=home, rel="alternate", type="text/html", hreflang=site.lang)
    add(feed, "updated", max((_updated(meta) for meta in chosen), default=_NEVER).isoformat())
    add(feed, "id", absolute_url(site, page_url(options.feed_path)))
    add(feed, "title", site.title or home)
    if site.description:
        add(feed, "subtitle", site.description)
    _add_author(feed, site.author or site.title or home, site.email)
    for meta in chosen:
        feed.append(_entry(view, site, meta))
    return serialize(feed)


def _is_public(meta: Meta) -> bool:
    return not meta.draft and meta.data.get("draft") is not True and meta.date is not None


def _updated(meta: Meta) -> datetime.datetime:
    """When a post was last changed: `last_modified_at` of its front matter, else its date."""
    published = cast("datetime.datetime", meta.date)
    changed = meta.data.get("last_modified_at")
    if isinstance(changed, datetime.datetime):
        return changed if changed.tzinfo else changed.replace(tzinfo=published.tzinfo)
    if isinstance(changed, datetime.date):
        return datetime.datetime.combine(changed, datetime.time(), published.tzinfo)
    return published


def _entry(view: FactView, site: SiteOptions, meta: Meta) -> ET.Element:
    url = absolute_url(site, meta.url)
    entry = ET.Element("entry", {"xml:lang": clean(str(meta.data.get("lang") or site.lang))})
    add(entry, "title", meta.title)
    add(entry, "link", href=url, rel="alternate", type="text/html")
    add(entry, "published", cast("datetime.datetime", meta.date).isoformat())
    add(entry, "updated", _updated(meta).isoformat())
    add(entry, "id", absolute_url(site, meta.id))
    author = meta.data.get("author")
    if isinstance(author, str) and author:
        _add_author(entry, author)
    for name in dict.fromkeys((*meta.categories, *meta.tags)):
        add(entry, "category", term=name)
    compiled = cast("Compiled | None", view.get("compiled", meta.path))
    if compiled:
        description = meta.data.get("description")
        summary = description if isinstance(description, str) and description else compiled.summary
        if summary:
            add(entry, "summary", summary)
        add(entry, "content", make_portable(compiled.html, url), type="html", **{"xml:base": url})
    return entry


def _add_author(parent: ET.Element, name: str, email: str = "") -> None:
    author = add(parent, "author")
    add(author, "name", name)
    if email:
        add(author, "email", email)
