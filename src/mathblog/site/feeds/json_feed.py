"""The same feed as JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

import json

from mathblog.model.facts import kinds
from mathblog.site.authors import Author
from mathblog.site.feeds.entries import EntryReader, FeedEntry
from mathblog.site.feeds.feeds import Feed
from mathblog.text.urls import absolute_url

VERSION = "https://jsonfeed.org/version/1.1"


def make_json_feed(reader: EntryReader, plan: Feed) -> bytes:
    """The feed of the documents of `plan`: what its Atom feed says, in the fields of this standard."""
    site = reader.view[kinds.SITE]
    home = absolute_url(site, "/")
    authors = reader.site_authors()[:1] or (Author(site.author or site.title or home),)
    feed = {
        "version": VERSION,
        "title": reader.words(" | ".join((site.title or home, *plan.subjects))),
        "home_page_url": home,
        "feed_url": absolute_url(site, plan.json_url),
        "description": reader.words(site.description),
        "language": site.lang,
        "authors": [_author(author) for author in authors],
        "items": [_item(reader.read(meta)) for meta in plan.entries],
    }
    found = {name: value for name, value in feed.items() if value or name == "items"}
    # half a surrogate, which a text may hold, is no UTF-8
    return json.dumps(found, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def _item(entry: FeedEntry) -> dict[str, object]:
    """An item has a content, as HTML or as words, also where that is empty; all else only where there is something."""
    item: dict[str, object] = {"id": entry.id, "url": entry.url, "title": entry.title}
    is_whole = entry.content is not None
    item["content_html" if is_whole else "content_text"] = entry.content if is_whole else entry.summary
    more: dict[str, object] = {
        "summary": entry.summary if is_whole else "",
        "image": entry.image,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [_author(author) for author in entry.authors],
        "tags": list(entry.tags),
        "language": entry.lang,
    }
    return item | {name: value for name, value in more.items() if value}


def _author(author: Author) -> dict[str, str]:
    """A person: the standard has no field for an address of mail but `url`."""
    return {name: value for name, value in (("name", author.name), ("url", author.uri)) if value}
