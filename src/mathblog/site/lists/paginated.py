"""jekyll-paginate-v2: every page with `pagination: {enabled: true}` becomes as many as its list needs."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence

from mathblog.core.dataclass import dataclass
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.options import GeneratorOptions
from mathblog.model.output import PageSpec
from mathblog.model.plugins import PAGINATE_V2
from mathblog.model.values import Data, Value
from mathblog.site.addresses import page_file, page_url
from mathblog.site.lists.collected import Library, as_number
from mathblog.site.lists.pager import Pager, count_pages
from mathblog.site.lists.pagination import generate_home
from mathblog.text.mappings import merge

DEFAULTS: Data = {
    "enabled": False,
    "collection": "posts",
    "offset": 0,
    "per_page": 10,
    "permalink": "/page:num/",
    "title": ":title - page :num",
    "sort_field": "date",
    "sort_reverse": False,
    "limit": 0,
    "trail": {"before": 0, "after": 0},
}


@dataclass(frozen=True, slots=True)
class Template:
    """The properties that the pages of one list share: where the first is, their title, their kind and layout, and more data."""

    url: str
    title: str
    kind: str
    layout: str
    source: str
    data: Mapping[str, object]


def generate_lists(view: FactView, options: GeneratorOptions) -> tuple[PageSpec, ...]:
    """The lists of the plugin, and the home pages, unless one of these lists begins at `/`."""
    paginated = generate_paginated(view, options)
    home = () if any(page.url == "/" for page in paginated) else generate_home(view, options)
    return (*paginated, *home)


def generate_paginated(view: FactView, options: GeneratorOptions) -> tuple[PageSpec, ...]:
    """The pages of all templates; none where the plugin is not asked for, or turned off."""
    if not is_paginated(view, options):
        return ()
    pages = view[kinds.PAGES]
    library = Library(view)
    found: list[PageSpec] = []
    for meta in pages:
        own = meta.data.get("pagination")
        if not isinstance(own, Mapping) or not own.get("enabled"):
            continue
        # the list of a page begins at its permalink, else at the folder it lies in
        permalink = meta.data.get("permalink")
        url = meta.url if isinstance(permalink, str) and permalink else posixpath.dirname(meta.url)
        title = meta.title or view[kinds.SITE].title
        template = Template(url if url.endswith("/") else f"{url}/", title, "home", "home", meta.path, {})
        found += cut_into_pages(library, template, merge(site_wide(view), own, empty_keeps=False))
    return tuple(found)


def is_paginated(view: FactView, options: GeneratorOptions) -> bool:
    """Whether jekyll-paginate-v2 is asked for, and turned on."""
    return PAGINATE_V2 in options.plugins and bool(site_wide(view).get("enabled"))


def site_wide(view: FactView) -> Data:
    """`pagination` of the configuration over the plugin's defaults."""
    given = view.get(kinds.CONFIG, "pagination")
    return merge(DEFAULTS, given, empty_keeps=False) if isinstance(given, Mapping) else DEFAULTS


def cut_into_pages(library: Library, template: Template, options: Data) -> Iterator[PageSpec]:
    """The pages of one list. The first stands where its template does, the others below it."""
    posts = library.collect(options)
    size = max(1, as_number(options.get("per_page")))
    total, limit = count_pages(len(posts), size), as_number(options.get("limit"))
    total = min(total, limit) if limit else total
    later = posixpath.join(template.url, str(options.get("permalink") or DEFAULTS["permalink"]).lstrip("/"))
    paths = [template.url, *(_fill(later, number, total) for number in range(2, total + 1))]
    # Jekyll makes `/q/2index.html` of `/q/2`, which its own links do not find
    urls = [
        template.url,
        *((path if path.endswith("/") or posixpath.splitext(path)[1] else f"{path}/") for path in paths[1:]),
    ]
    pager = Pager(posts, size, urls, paths)
    titles = [template.title] * total
    if form := options.get("title"):
        form = str(form).replace(":title", template.title, 1)
        titles[1:] = [_fill(form, number, total) for number in range(2, total + 1)]
    for number in range(1, total + 1):
        url = urls[number - 1]
        data = {
            **template.data,
            **pager.data(number),
            "page_path": _index_file(url),
            "first_page": 1,
            "first_page_path": template.url,
            "last_page": total,
            "last_page_path": _fill(later, total, total),
            "page_trail": _trail(number, urls, titles, options.get("trail")),
            "pagination_info": {"curr_page": number, "total_pages": total},
            "autogen": PAGINATE_V2 if number > 1 else None,
        }
        yield PageSpec(
            page_url(url), page_file(url), template.kind, template.layout, titles[number - 1], template.source, data
        )


def _fill(text: str, number: int, total: int) -> str:
    return text.replace(":num", str(number), 1).replace(":max", str(total), 1)


def _index_file(url: str) -> str:
    return f"{url}index.html" if url.endswith("/") else url


def _trail(number: int, urls: Sequence[str], titles: Sequence[str], value: Value) -> tuple[Mapping[str, object], ...]:
    """The pages around one, as many as `trail` says, more on one side where the other has too few."""
    before, after = (as_number(value.get(key)) if isinstance(value, Mapping) else 0 for key in ("before", "after"))
    if not before + after or len(urls) == 1:
        return ()
    length = before + after + 1
    start = max(0, number - before - 1)
    end = min(start + length, len(urls))
    start = max(0, end - length)
    return tuple({"num": at + 1, "path": _index_file(urls[at]), "title": titles[at]} for at in range(start, end))
