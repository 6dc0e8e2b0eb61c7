"""jekyll-relative-links: in Markdown, a link to a source file (`../notes/two.md#end`) leads to the file's page."""

import posixpath
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
    from mathblog.markdown.parser import Parsed

_ADDRESSES = {"link_open": "href", "image": "src"}
_ELSEWHERE = lazy_pattern(r"(?:[A-Za-z][A-Za-z0-9+.-]*:|//|#|\Z)")


def resolve_links(document: Document, parsed: "Parsed", view: FactView, options: LinkOptions, baseurl: str) -> "Parsed":
    """The parsed text with the addresses of its links and images resolved; those that are no file of the site stay.

    Pages are changed, and with `collections: true` all documents. Unlike the plugin this leaves alone what is code.
    A link whose words are to hold a number is resolved on every site: it leads to what it names.
    """
    is_of_plugin = options.enabled and (document.meta.collection == PAGES or options.documents)
    is_of_plugin = is_of_plugin and not matches(options.exclude, document.meta.path)
    if not (is_of_plugin or "refers" in parsed.env):
        return parsed
    folder = posixpath.dirname(document.meta.path)
    sources: dict[str, str] = {}
    children = (child for token in parsed.tokens for child in token.children or () if child.type in _ADDRESSES)
    for token in children:
        if not (is_of_plugin or "refers" in token.meta):
            continue
        name = _ADDRESSES[token.type]
        written = str(token.attrs.get(name, ""))
        if _ELSEWHERE.match(written):
            continue
        path, mark, fragment = written.partition("#")
        path = unquote(path)
        source = posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path))
        meta = view.get(kinds.DOCUMENT, source)
        if meta is not None and meta.output_path:
            url = meta.url
        elif view.get(kinds.PUBLISHED, source):
            url = f"/{source}"
        else:
            continue
        token.meta["written"] = written
        sources[written] = token.attrs[name] = relative_url(baseurl, url) + mark + fragment
    images = tuple(image._replace(src=sources.get(image.src, image.src)) for image in parsed.images)
    return replace(parsed, images=images)
