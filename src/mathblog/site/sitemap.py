"""`sitemap.xml` and `robots.txt` for search engines (sitemaps.org; what jekyll-sitemap writes)."""

import posixpath
from collections.abc import Iterable, Iterator
from urllib.parse import quote
from xml.etree import ElementTree as ET

from mathblog.model.document import PAGES
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.options import GeneratorOptions
from mathblog.model.output import FILE, HTML_EXTENSIONS, OutputFile, PageSpec
from mathblog.model.plugins import SITEMAP
from mathblog.site.addresses import makes_file
from mathblog.site.changes import read_change
from mathblog.site.feeds.xml import add, serialize, with_stylesheet
from mathblog.text.urls import absolute_url

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
SITEMAP_URL, ROBOTS_URL = "/sitemap.xml", "/robots.txt"
STYLESHEET = "sitemap.xsl"  # where jekyll-sitemap looks for the author's own
_NOT_FOUND = "404.html"
_LISTED_FILES = (*HTML_EXTENSIONS, ".pdf")


def generate_maps(view: FactView, options: GeneratorOptions, pages: Iterable[PageSpec]) -> Iterator[OutputFile]:
    """The sitemap, and `robots.txt`, which names it."""
    if makes_file(view, options, SITEMAP):
        yield OutputFile(SITEMAP_URL.lstrip("/"), make_sitemap(view, pages), "generated")
        yield OutputFile(ROBOTS_URL.lstrip("/"), make_robots(view), "generated")


def list_maps(view: FactView, options: GeneratorOptions) -> Iterator[PageSpec]:
    """Both as `site.pages` has them."""
    if makes_file(view, options, SITEMAP):
        yield from (PageSpec(url, url.lstrip("/"), FILE, "", "") for url in (SITEMAP_URL, ROBOTS_URL))


def make_sitemap(view: FactView, pages: Iterable[PageSpec]) -> bytes:
    """The addresses of all pages that are written, and of static HTML and PDF files, in order.

    Left out: the 404 page, redirects, and what has `sitemap: false`, static files by `defaults:`.
    """
    site = view[kinds.SITE]
    addresses: dict[str, str] = {}
    for page in pages:
        meta = view.get(kinds.DOCUMENT, page.source) if page.source else None
        is_document = meta is not None and meta.collection != PAGES
        if page.output_path == _NOT_FOUND or not (is_document or page.output_path.endswith(HTML_EXTENSIONS)):
            continue
        if page.data.get("sitemap") is False or (meta and meta.data.get("sitemap") is False):
            continue
        # a date is no news of a page
        date = (read_change(view, meta) or (meta.date if is_document else None)) if meta else None
        addresses[absolute_url(site, _without_index(page.url))] = date.isoformat() if date else ""
    unlisted = frozenset(view[kinds.UNLISTED])
    for path in view[kinds.STATIC]:
        if path.endswith(_LISTED_FILES) and path not in unlisted and posixpath.basename(path) != _NOT_FOUND:
            addresses.setdefault(absolute_url(site, _without_index(quote(f"/{path}"))), "")
    root = ET.Element("urlset", {"xmlns": NAMESPACE})
    for address, changed in sorted(addresses.items()):
        entry = add(root, "url")
        add(entry, "loc", address)
        if changed:
            add(entry, "lastmod", changed)
    if view.get(kinds.PUBLISHED, STYLESHEET) or view.get(kinds.DOCUMENT, STYLESHEET):
        return with_stylesheet(serialize(root), absolute_url(site, f"/{STYLESHEET}"), "text/xsl")
    return serialize(root)


def make_robots(view: FactView) -> bytes:
    """All robots are welcome, and here is the map."""
    site = view[kinds.SITE]
    return f"Sitemap: {absolute_url(site, SITEMAP_URL)}\n".encode()


def _without_index(url: str) -> str:
    return f"{url.removesuffix('index.html')}" if url.endswith("/index.html") else url
