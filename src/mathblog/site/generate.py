"""The pages and files of a site's generators, in their order."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain

from mathblog.core.diagnostic import Diagnostic, in_file
from mathblog.core.stops import Stop
from mathblog.extend.declarations import Generator, Makes, load
from mathblog.extend.extensions import Extensions
from mathblog.extend.plugins import PluginError
from mathblog.model.facts import kinds
from mathblog.model.facts.kind import FactKey
from mathblog.model.facts.view import FactView
from mathblog.model.options import GeneratorOptions
from mathblog.model.output import REDIRECT, OutputFile, PageSpec
from mathblog.site.addresses import list_addresses
from mathblog.site.cards import list_cards
from mathblog.site.navigation import list_navigation


def derive_facts(view: FactView, options: GeneratorOptions) -> dict[FactKey, object]:
    """The facts that follow from others: addresses and the navigation."""
    return {
        **list_addresses(view, options),
        **list_cards(view, options),
        **kinds.NAVIGATION.fact(list_navigation(view, options)),
    }


def generate_pages(
    view: FactView, options: GeneratorOptions, extensions: Extensions, faults: list[Diagnostic] | None = None
) -> tuple[PageSpec, ...]:
    """Every page that mathblog makes by itself: home, tags, categories, archives, 404, and what plugins ask for.

    Of two at one address the first one in the order of the generators is made. What plugins of the site's own fail at is added to
    `faults`.
    """
    pages: list[PageSpec] = []
    for generator in _of_kind(extensions, Makes.PAGES):
        try:
            pages += load(generator.make)(view, options)
        except PluginError as error:
            if faults is not None:
                faults.append(in_file(error.path, str(error), code=Stop.PLUGIN, hint="correct the plugin"))
    return tuple({page.output_path: page for page in reversed(pages)}.values())[::-1]


def _of_kind(extensions: Extensions, *kinds_made: Makes) -> Iterator[Generator]:
    return (generator for generator in extensions.generators.values() if generator.makes in kinds_made)


def list_generated(view: FactView, options: GeneratorOptions, extensions: Extensions) -> tuple[PageSpec, ...]:
    """The pages that plugins add to `site.pages`, in their order: redirects, archives, lists, feeds, the map of the site.

    A file that the site has itself is not made, and not listed.
    """
    pages = [page for page in generate_pages(view, options, extensions) if page.kind != REDIRECT]
    lists = [page for page in pages if "total_pages" in page.data]
    archives = [page for page in pages if "total_pages" not in page.data]
    redirects: list[PageSpec] = []
    for generator in _of_kind(extensions, Makes.PAGES):
        redirects += load(generator.listed)(view, options) if generator.listed else ()
    files: list[PageSpec] = []
    for generator in _of_kind(extensions, Makes.FILES, Makes.MAPS):
        files += load(generator.listed)(view, options) if generator.listed else ()
    own = {meta.output_path for meta in view[kinds.PAGES]}
    made = (file for file in files if file.output_path not in own and not view.get(kinds.PUBLISHED, file.output_path))
    return (*redirects, *archives, *lists, *made)


def merge_generated(own: Iterable[PageSpec], generated: Iterable[PageSpec]) -> tuple[PageSpec, ...]:
    """The site's own pages, then the generated ones whose address is free.

    An own page gets the data of the generated page it takes the place of: so an own `index.html` with `layout: home` has
    posts to list and a paginator. A generated page with a source is another page of that document: it has its layout and
    goes where the document goes. The first page of a list that begins elsewhere is the document itself, moved.
    """
    pages = {page.output_path: page for page in own}
    sources = {page.source: page for page in pages.values()}
    rest: list[PageSpec] = []
    for page in generated:
        if document := sources.get(page.source):
            title = page.title or document.title
            rest.append(replace(page, layout=document.layout, title=title, data={**document.data, **page.data}))
        elif not page.source:
            rest.append(page)
    replaced = {page.output_path: page for page in rest if page.output_path in pages}
    moved = {page.source for page in rest if page.source and page.data.get("page") == 1} - {
        pages[path].source for path in replaced
    }
    kept: list[PageSpec] = []
    for path, page in pages.items():
        if page.source in moved:
            continue
        if (heir := replaced.get(path)) is None:
            kept.append(page)
        else:
            title = (heir.title if heir.source == page.source else "") or page.title
            kept.append(replace(page, title=title, data={**heir.data, **page.data}))
    return (*kept, *(page for page in rest if page.output_path not in pages))


def generate_maps(
    view: FactView, options: GeneratorOptions, extensions: Extensions, pages: Iterable[PageSpec]
) -> tuple[OutputFile, ...]:
    """Sitemap and robots.txt: they list pages, and show no text."""
    found = [load(it.make)(view, options, pages) for it in _of_kind(extensions, Makes.MAPS)]
    return _first_of_each_path(chain.from_iterable(found))


def generate_files(
    view: FactView, options: GeneratorOptions, extensions: Extensions, words: Callable[[str], str] = str
) -> tuple[OutputFile, ...]:
    """Feeds and redirects: they show texts, and do not list all pages. `words` makes words of a title with formulas."""
    found = [load(it.make)(view, options, words) for it in _of_kind(extensions, Makes.FILES)]
    return _first_of_each_path(chain.from_iterable(found))


def _first_of_each_path(files: Iterable[OutputFile]) -> tuple[OutputFile, ...]:
    return tuple({file.path: file for file in reversed(tuple(files))}.values())[::-1]
