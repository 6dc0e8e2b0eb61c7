"""jekyll-relative-links: in Markdown, a link to a source file (`../notes/two.md#end`) leads to the file's page."""

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from mathblog.core.patterns import lazy_pattern
from mathblog.model.document import PAGES, Document
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.plugins import LinkOptions
from mathblog.reading.entries import matches
from mathblog.text.urls import relative_url

if TYPE_CHECKING:
    from markdown_it.token import Token

    from mathblog.markdown.parser import Parsed

_ADDRESSES = {"link_open": "href", "image": "src"}
_ELSEWHERE = lazy_pattern(r"(?:[A-Za-z][A-Za-z0-9+.-]*:|//|#|\Z)")


def resolve_links(document: Document, parsed: "Parsed", view: FactView, options: LinkOptions, baseurl: str) -> "Parsed":
    """The parsed text with the addresses of its links and images resolved; those that are no file of the site stay.

    Pages are changed, and with `collections: true` all documents. Unlike the plugin this leaves alone what is code.
    """
    if not options.enabled or (document.meta.collection != PAGES and not options.documents):
        return parsed
    if matches(options.exclude, document.meta.path):
        return parsed
    folder = posixpath.dirname(document.meta.path)
    sources: dict[str, str] = {}
    for token in _links(parsed):
        name = _ADDRESSES[token.type]
        written = str(token.attrs.get(name, ""))
        if resolved := _resolve(written, folder, view, baseurl):
            token.attrs[name] = resolved
            sources[written] = resolved
    images = tuple(image._replace(src=sources.get(image.src, image.src)) for image in parsed.images)
    return replace(parsed, images=images)


def _links(parsed: "Parsed") -> Iterator["Token"]:
    return (child for token in parsed.tokens for child in token.children or () if child.type in _ADDRESSES)


def _resolve(address: str, folder: str, view: FactView, baseurl: str) -> str:
    """The address of the page behind the path of a source file, '' where there is none."""
    if _ELSEWHERE.match(address):
        return ""
    path, mark, fragment = address.partition("#")
    path = unquote(path)
    source = posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path))
    meta = view.get(kinds.DOCUMENT, source)
    if meta is not None and meta.output_path:
        return relative_url(baseurl, meta.url) + mark + fragment
    return relative_url(baseurl, f"/{source}") + mark + fragment if view.get(kinds.PUBLISHED, source) else ""
