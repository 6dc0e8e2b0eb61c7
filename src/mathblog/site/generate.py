"""The fixed list of what is generated, in its order."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from mathblog.model.facts import kinds
from mathblog.model.facts.kind import FactKey
from mathblog.model.facts.view import FactView
from mathblog.model.options import GeneratorOptions
from mathblog.model.output import FILE, REDIRECT, OutputFile, PageSpec
from mathblog.model.plugins import SITEMAP
from mathblog.site.addresses import list_addresses, makes_file
from mathblog.site.feeds.feeds import list_feeds
from mathblog.site.lists.archives import generate_archive
from mathblog.site.lists.autopages import generate_autopages
from mathblog.site.lists.dated import generate_dated
from mathblog.site.lists.paginated import generate_paginated
from mathblog.site.lists.pagination import generate_home
from mathblog.site.lists.tags import generate_categories, generate_tags
from mathblog.site.navigation import list_navigation
from mathblog.site.not_found import generate_not_found
from mathblog.site.redirects import generate_redirects, list_redirect_pages, make_redirects

SOURCE = "generated"  # what messages call the maker of such a file
_UNLISTED = {"sitemap": False}


def derive_facts(view: FactView, options: GeneratorOptions) -> dict[FactKey, object]:
    """The facts that follow from others: addresses and the navigation."""
    return {**list_addresses(view, options), **kinds.NAVIGATION.fact(list_navigation(view, options))}


def generate_pages(view: FactView, options: GeneratorOptions) -> tuple[PageSpec, ...]:
    """Every page that mathblog makes by itself: home, tags, categories, archives, 404, and what plugins ask for.

    Of two at one address the first one in this order is made.
    """
    paginated = generate_paginated(view, options)
    home = () if any(page.url == "/" for page in paginated) else generate_home(view, options)
    pages = (
        *generate_redirects(view, options),
        *paginated,
        *home,
        *generate_tags(view, options),
        *generate_categories(view, options),
        *generate_autopages(view, options),
        *generate_dated(view, options),
        *generate_archive(view, options),
        *generate_not_found(view),
    )
    return tuple({page.output_path: page for page in reversed(pages)}.values())[::-1]


def list_generated(view: FactView, options: GeneratorOptions) -> tuple[PageSpec, ...]:
    """The pages that plugins add to `site.pages`, in their order: redirects, archives, lists, feeds, the map of the site.

    A file that the site has itself is not made, and not listed.
    """
    pages = [page for page in generate_pages(view, options) if page.kind != REDIRECT]
    lists = [page for page in pages if "total_pages" in page.data]
    archives = [page for page in pages if "total_pages" not in page.data]
    files = [
        PageSpec(feed.url, feed.url.lstrip("/"), FILE, "", "", data=_UNLISTED) for feed in list_feeds(view, options)
    ]
    if makes_file(view, options, SITEMAP):
        files += [PageSpec(f"/{name}", name, FILE, "", "") for name in ("sitemap.xml", "robots.txt")]
    own = {meta.output_path for meta in view[kinds.PAGES]}
    made = (file for file in files if file.output_path not in own and not view.get(kinds.PUBLISHED, file.output_path))
    return (*list_redirect_pages(view, options), *archives, *lists, *made)


def merge_generated(own: Iterable[PageSpec], generated: Iterable[PageSpec]) -> tuple[PageSpec, ...]:
    """The site's own pages, then the generated ones whose address is free.

    An own page gets the data of the generated page it takes the place of: so an own `index.html` with `layout: home` has
    posts to list and a paginator. A generated page with a source is another page of that document: it has its layout and
    goes where the document goes. The first page of a list that begins elsewhere is the document itself, moved.
    """
    pages = {page.output_path: page for page in own}
    sources = {page.source: page for page in pages.values()}
    rest = [_follow(page, sources) for page in generated if not page.source or page.source in sources]
    replaced = {page.output_path: page for page in rest if page.output_path in pages}
    moved = {page.source for page in rest if page.source and page.data.get("page") == 1} - {
        pages[path].source for path in replaced
    }
    kept = (_inherit(page, replaced.get(path)) for path, page in pages.items() if page.source not in moved)
    return (*kept, *(page for page in rest if page.output_path not in pages))


def _follow(page: PageSpec, sources: Mapping[str, PageSpec]) -> PageSpec:
    own = sources.get(page.source)
    return (
        page
        if own is None
        else replace(page, layout=own.layout, title=page.title or own.title, data={**own.data, **page.data})
    )


def _inherit(own: PageSpec, generated: PageSpec | None) -> PageSpec:
    if generated is None:
        return own
    title = generated.title if generated.source == own.source else ""
    return replace(own, title=title or own.title, data={**generated.data, **own.data})


def generate_maps(view: FactView, options: GeneratorOptions, pages: Iterable[PageSpec]) -> tuple[OutputFile, ...]:
    """Sitemap and robots.txt: they list pages, and show no text."""
    if not makes_file(view, options, SITEMAP):
        return ()
    from mathblog.site.sitemap import ROBOTS_URL, SITEMAP_URL, make_robots, make_sitemap

    return (
        OutputFile(SITEMAP_URL.lstrip("/"), make_sitemap(view, pages), SOURCE),
        OutputFile(ROBOTS_URL.lstrip("/"), make_robots(view), SOURCE),
    )


def generate_feeds(
    view: FactView, options: GeneratorOptions, words: Callable[[str], str] = str
) -> tuple[OutputFile, ...]:
    """Feeds and redirects: they show texts, and do not list all pages. `words` makes words of a title with formulas."""
    from mathblog.site.feeds.feed import make_feed

    feeds = list_feeds(view, options)
    files = [OutputFile(feed.url.lstrip("/"), make_feed(view, options, feed, words), SOURCE) for feed in feeds]
    files += make_redirects(view, options)
    # of two files at one path the first
    return tuple({file.path: file for file in reversed(files)}.values())[::-1]
