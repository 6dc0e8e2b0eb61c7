"""The list of feeds: one of the newest posts, and those that jekyll-feed's options ask for (its `generator.rb`)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from mathblog.core.patterns import lazy_pattern
from mathblog.model.document import POSTS, Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.options import GeneratorOptions
from mathblog.model.output import FILE, PageSpec
from mathblog.model.plugins import FEED, CollectionFeed, TagFeeds
from mathblog.site.addresses import TAG, json_url, list_groups, makes_file, page_url, tag_feed_url

_PLAIN = lazy_pattern(r"\w+\Z", re.ASCII)  # the tags that jekyll-feed makes files of


class Feed(NamedTuple):
    """One feed: its address, the collection, category or tag that it is of, where it is not of all posts, its documents.

    `json_url` is its address as JSON Feed, '' where it is Atom only.
    """

    url: str
    subjects: tuple[str, ...]
    entries: Sequence[Meta]
    json_url: str = ""


def list_feeds(view: FactView, options: GeneratorOptions) -> Iterator[Feed]:
    """All feeds of the site. Their entries are the newest documents with a date that are no drafts."""
    for feed in _list_atom(view, options):
        yield feed._replace(json_url=json_url(feed.url)) if options.feed.json else feed


def _list_atom(view: FactView, options: GeneratorOptions) -> Iterator[Feed]:
    silent = options.feed.not_in_development and view[kinds.ENVIRONMENT] == "development"
    if silent or not makes_file(view, options, FEED):
        return
    for collection in options.feed.collections or (CollectionFeed(POSTS),):
        is_posts = collection.label == POSTS
        prefix = "/feed" if is_posts else f"/feed/{collection.label}"
        path = collection.path or (options.feed_path if is_posts else f"{prefix}.xml")
        subjects = () if is_posts else (collection.label.capitalize(),)
        documents = _documents(view, collection.label)
        if path:
            yield Feed(page_url(path), subjects, _newest(documents, options))
        for category in collection.categories:
            chosen = [meta for meta in documents if category in meta.categories]
            names = (*subjects, category.capitalize())
            yield Feed(page_url(f"{prefix}/{category}.xml"), names, _newest(chosen, options))
    if options.feed.tags:
        yield from _list_tag_feeds(view, options, options.feed.tags)


def _list_tag_feeds(view: FactView, options: GeneratorOptions, feeds: TagFeeds) -> Iterator[Feed]:
    """A feed for each tag that is wanted: beside its page, or where jekyll-feed has it, which gives it no name of its own."""
    posts = {meta.path: meta for meta in _documents(view, POSTS)}
    if not feeds.path:
        for group in list_groups(view, TAG, options):
            if url := tag_feed_url(options, group):
                yield Feed(url, (group.name,), _newest([posts[path] for path in group.posts], options))
        return
    tags = dict(view[kinds.TAGS])
    for tag in feeds.only if feeds.only is not None else tags:
        if tag not in feeds.left_out and _PLAIN.match(tag):
            chosen = [posts[path] for path in tags.get(tag, ())]
            yield Feed(page_url(f"{feeds.path}{tag}.xml"), (), _newest(chosen, options))


def list_feed_pages(view: FactView, options: GeneratorOptions) -> Iterator[PageSpec]:
    """The feeds as `site.pages` has them."""
    for feed in list_feeds(view, options):
        for url in filter(None, (feed.url, feed.json_url)):
            yield PageSpec(url, url.lstrip("/"), FILE, "", "", data={"sitemap": False})


def _documents(view: FactView, label: str) -> list[Meta]:
    """The documents of a collection, the newest first."""
    if label == POSTS:
        return list(view[kinds.POSTS])
    metas = view.get(kinds.COLLECTION, label) or ()
    dated = [meta for meta in metas if meta.date is not None]
    return sorted(dated, key=lambda meta: meta.date.timestamp() if meta.date else 0.0, reverse=True)


def _newest(documents: Iterable[Meta], options: GeneratorOptions) -> list[Meta]:
    public = (
        meta
        for meta in documents
        if meta.date is not None and (options.feed.drafts or not (meta.draft or meta.data.get("draft") is True))
    )
    return list(islice(public, max(0, options.feed_limit)))
