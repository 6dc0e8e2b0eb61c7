"""jekyll-scholar's pages of details: one for each entry, where the site has a layout for them (its `details.rb`)."""

import posixpath
from html import escape

from mathblog.core.patterns import lazy_pattern
from mathblog.model.citations.options import CitationOptions, site_files
from mathblog.model.citations.reference import Reference
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.options import GeneratorOptions
from mathblog.model.output import DETAILS, PageSpec
from mathblog.site.addresses import page_file
from mathblog.text.slugs import slugify
from mathblog.text.urls import PLACEHOLDER, expand, relative_url

_OF_THE_KEY = frozenset({"details_dir", "key", "extension"})
_GAPS = lazy_pattern(r"[:\s]+")


def details_layout(view: FactView, options: CitationOptions) -> str:
    """The layout of the pages, '' where the site has none: then there are no such pages."""
    name = posixpath.basename(options.details_layout).removesuffix(".html")
    return name if options.scholar and name and view.get(kinds.LAYOUT, name) is not None else ""


def details_url(view: FactView, options: CitationOptions, key: str, reference: Reference | None) -> str:
    """The address of an entry's page without the base URL (`details_path_for`); `reference` for a permalink of its fields."""
    style = str(view.get(kinds.CONFIG, "permalink") or "")
    fields = reference.fields if reference else {}
    values = {field: slugify(value, "pretty") for field, value in fields.items()}
    values["key"] = _GAPS.sub("_", key)
    values["doi"] = fields.get("doi") or values["key"]
    values["details_dir"] = options.details_dir
    values["extension"] = "/" if style == "pretty" or style.endswith("/") else ".html"
    return expand(options.details_permalink, values).url


def details_link(view: FactView, options: CitationOptions, reference: Reference) -> str:
    """The link of a list to an entry's page, '' where there is no such page (`bibliography.rb`, `render_items`)."""
    if not options.details_link or not details_layout(view, options):
        return ""
    address = relative_url(view[kinds.SITE].baseurl, details_url(view, options, reference.key, reference))
    return (
        f'<a class="{escape(options.details_link_class)}" href="{escape(address)}">{escape(options.details_link)}</a>'
    )


def generate_details(view: FactView, options: GeneratorOptions) -> tuple[PageSpec, ...]:
    """A page for each entry of the site's files that the configured query finds.

    An entry is read only where the query or the address asks for its fields: what the page says is read when it is laid out.
    """
    citations = options.citations
    layout = details_layout(view, citations)
    if not layout:
        return ()
    from mathblog.citations.selecting import matches

    asks = citations.query != "@*" or not _OF_THE_KEY.issuperset(PLACEHOLDER.findall(citations.details_permalink))
    try:
        is_wanted = matches(citations.query)
    except ValueError:  # lists are told
        return ()
    pages: dict[str, PageSpec] = {}
    for path in site_files(view[kinds.BIBLIOGRAPHIES], citations):
        for key in view.get(kinds.REFERENCE_KEYS, path) or ():
            reference = view.get(kinds.REFERENCE, path, key) if asks else None
            if key not in pages and (reference is None or is_wanted(reference)):
                url = details_url(view, citations, key, reference)
                pages[key] = PageSpec(url, page_file(url), DETAILS, layout, "", data={"key": key})
    return tuple(pages.values())
