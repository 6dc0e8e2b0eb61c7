"""`sitemap.xml` and `robots.txt` for search engines (sitemaps.org; what jekyll-sitemap writes)."""

import datetime
from collections.abc import Iterable
from typing import cast
from urllib.parse import quote
from xml.etree import ElementTree as ET

from mathblog.model.document import Meta
from mathblog.model.facts import FactView
from mathblog.model.options import SiteOptions
from mathblog.model.output import PageSpec
from mathblog.model.urls import HTML_EXTENSIONS
from mathblog.site.absolute import absolute_url
from mathblog.site.xml import add, serialize

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
SITEMAP_URL, ROBOTS_URL = "/sitemap.xml", "/robots.txt"
_LISTED_FILES = (*HTML_EXTENSIONS, ".pdf")


def make_sitemap(view: FactView, pages: Iterable[PageSpec]) -> bytes:
    """The addresses of all pages that are written, and of static HTML and PDF files, in order.

    Left out: the 404 page, and documents with `sitemap: false`.
    """
    site = cast("SiteOptions", view.get("site"))
    addresses: dict[str, str] = {}
    for page in pages:
        meta = cast("Meta | None", view.get("document", page.source)) if page.source else None
        if _is_listed(page, meta):
            addresses[absolute_url(site, page.url)] = _last_change(meta) if meta else ""
    for path in cast("Iterable[str]", view.get("static") or ()):
        if path.endswith(_LISTED_FILES):
            addresses.setdefault(absolute_url(site, quote(f"/{path}").removesuffix("index.html")), "")
    root = ET.Element("urlset", {"xmlns": NAMESPACE})
    for address, changed in sorted(addresses.items()):
        entry = add(root, "url")
        add(entry, "loc", address)
        if changed:
            add(entry, "lastmod", changed)
    return serialize(root)


def make_robots(view: FactView) -> bytes:
    """All robots are welcome, and here is the map."""
    site = cast("SiteOptions", view.get("site"))
    return f"Sitemap: {absolute_url(site, SITEMAP_URL)}\n".encode()


def _is_listed(page: PageSpec, meta: Meta | None) -> bool:
    if page.kind == "not_found" or page.output_path == "404.html" or not page.output_path.endswith(HTML_EXTENSIONS):
        return False
    return meta is None or meta.data.get("sitemap") is not False


def _last_change(meta: Meta) -> str:
    changed = meta.data.get("last_modified_at")
    date = changed if isinstance(changed, datetime.date) else meta.date
    if isinstance(date, datetime.datetime) and date.tzinfo is None:
        date = date.replace(tzinfo=meta.date.tzinfo if meta.date else datetime.UTC)
    return date.isoformat() if date else ""
