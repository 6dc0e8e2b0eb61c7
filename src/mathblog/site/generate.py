"""The fixed list of what is generated, in its order."""

from collections.abc import Iterable
from dataclasses import replace

from mathblog.model.facts import FactKey, FactView
from mathblog.model.options import GeneratorOptions
from mathblog.model.output import OutputFile, PageSpec
from mathblog.site.addresses import list_addresses, page_url
from mathblog.site.archives import generate_archive
from mathblog.site.feed import make_feed
from mathblog.site.navigation import list_navigation
from mathblog.site.not_found import generate_not_found
from mathblog.site.pagination import generate_home
from mathblog.site.sitemap import ROBOTS_URL, SITEMAP_URL, make_robots, make_sitemap
from mathblog.site.tags import generate_categories, generate_tags

SOURCE = "generated"  # what messages call the maker of such a file


def derive_facts(view: FactView, options: GeneratorOptions) -> dict[FactKey, object]:
    """The facts that follow from the documents' metadata: ("address", kind, name) and ("navigation",)."""
    return {**list_addresses(view, options), ("navigation",): list_navigation(view, options)}


def generate_pages(view: FactView, options: GeneratorOptions) -> tuple[PageSpec, ...]:
    """Every page that mathblog makes by itself: home, tags, categories, archive, 404."""
    return (
        *generate_home(view, options),
        *generate_tags(view, options),
        *generate_categories(view, options),
        *generate_archive(view, options),
        *generate_not_found(),
    )


def give_way(own: Iterable[PageSpec], generated: Iterable[PageSpec]) -> tuple[PageSpec, ...]:
    """The site's own pages, then the generated ones whose address is free.

    An own page gets the data of the generated page it takes the place of: so an own `index.html` with
    `layout: home` has posts to list and a paginator.
    """
    pages, rest = tuple(own), tuple(generated)
    taken = {page.output_path for page in pages}
    replaced = {page.output_path: page for page in rest if page.output_path in taken}
    merged = (_inherit(page, replaced.get(page.output_path)) for page in pages)
    return (*merged, *(page for page in rest if page.output_path not in taken))


def _inherit(own: PageSpec, generated: PageSpec | None) -> PageSpec:
    return replace(own, data={**generated.data, **own.data}) if generated else own


def generate_files(view: FactView, options: GeneratorOptions, pages: Iterable[PageSpec]) -> tuple[OutputFile, ...]:
    """Feed, sitemap and robots.txt. `pages` are all pages of the site, its own and the generated ones."""
    files = [
        OutputFile(SITEMAP_URL.lstrip("/"), make_sitemap(view, pages), SOURCE),
        OutputFile(ROBOTS_URL.lstrip("/"), make_robots(view), SOURCE),
    ]
    if options.feed_path:
        files.append(OutputFile(page_url(options.feed_path).lstrip("/"), make_feed(view, options), SOURCE))
    return tuple(files)
