"""jekyll-archives: a page for each year, month and day that has posts (its `archives.rb` and `archive.rb`)."""

import datetime

from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.options import GeneratorOptions
from mathblog.model.output import PageSpec
from mathblog.site.addresses import has_own_layouts, page_file
from mathblog.text.urls import expand

_PERIODS = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}


def generate_dated(view: FactView, options: GeneratorOptions) -> tuple[PageSpec, ...]:
    """The archives by date that the configuration asks for, the newest first.

    `page.date` is the first day of the period, and there is no `page.title`: a layout writes the date as it likes.
    """
    if options.archives is None:
        return ()
    posts = [(meta.path, meta.date) for meta in view[kinds.POSTS] if meta.date is not None]
    pages: list[PageSpec] = []
    for kind, form in _PERIODS.items():
        template = options.archives.permalink(kind)
        if not template:
            continue
        periods: dict[datetime.date, list[str]] = {}
        for path, time in posts:
            first = datetime.date(time.year, 1 if kind == "year" else time.month, time.day if kind == "day" else 1)
            periods.setdefault(first, []).append(path)
        layout = archive_layout(view, kind, options) or "archive"
        for date, paths in periods.items():
            values = {"year": f"{date.year:04}", "month": f"{date.month:02}", "day": f"{date.day:02}", "type": kind}
            url = expand(template, values).url
            data = {"type": kind, "title": None, "date": date, "posts": tuple(paths)}
            pages.append(PageSpec(url, page_file(url), "archive", layout, date.strftime(form), data=data))
    return tuple(pages)


def archive_layout(view: FactView, kind: str, options: GeneratorOptions) -> str:
    """The layout that the site's own configuration names for archives of a kind; '' where a theme's is to be used."""
    archives = options.archives
    return archives.layout_of(kind) if archives and archives.permalink(kind) and has_own_layouts(view) else ""
