"""Which documents are shown: not those of the future, and no more posts than were asked for."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from mathblog.model.document import PAGES, POSTS, Meta
from mathblog.model.options import ReadingOptions
from mathblog.model.output import PageSpec
from mathblog.reading.entries import accepts

_HOME = "index.html"


class Selection(NamedTuple):
    """The documents of the site, how many were left out by reason, and when there are others: the next is due, or another day comes."""

    metas: tuple[Meta, ...]
    skipped: Mapping[str, int]
    next_due: datetime.datetime | None


def keep_generated(pages: Iterable[PageSpec], options: ReadingOptions) -> list[PageSpec]:
    """The pages that mathblog makes, without the home page where `exclude` leaves out an `index.html` of the root."""
    wants_home = accepts(_HOME, "", options)
    return [page for page in pages if wants_home or page.source or page.output_path != _HOME]


def select(metas: Iterable[Meta], options: ReadingOptions, now: datetime.datetime) -> Selection:
    """Leave out future posts, and all but the newest `limit_posts` (`Jekyll::Publisher`, `Reader#read_posts`).

    A document of another collection that is due later stays in the lists and gets no page. A post without any date,
    whose front matter cannot be read, is one of today.
    """
    kept: list[Meta] = []
    due: list[datetime.datetime] = []
    tomorrow = None
    for meta in metas:
        if meta.date is None and meta.collection == POSTS:
            from mathblog.reading.read import date_by_build

            kept.append(date_by_build(meta, options, now))
            tomorrow = (now + datetime.timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
            continue
        if options.future or meta.collection == PAGES or meta.date is None or meta.date <= now:
            kept.append(meta)
            continue
        due.append(meta.date)
        if meta.collection != POSTS:
            kept.append(replace(meta, output_path=""))
    skipped = Counter({"future": len(due)})
    if options.limit_posts:
        posts = [meta for meta in kept if meta.collection == POSTS]
        posts.sort(key=lambda meta: (meta.date.timestamp() if meta.date else 0.0, meta.path))
        over = {meta.path for meta in posts[: -options.limit_posts]}
        kept = [meta for meta in kept if meta.path not in over]
        skipped["limit_posts"] = len(over)
    if language := options.plugins.default_language:
        # jekyll-polyglot's `coordinate_documents`: a translation gives way to the document at its address in the site's language
        own = {meta.url for meta in kept if (meta.lang or language) == language}
        kept = [meta for meta in kept if (meta.lang or language) == language or meta.url not in own]
    return Selection(tuple(kept), skipped, min((*due, *([tomorrow] if tomorrow else ())), default=None))
