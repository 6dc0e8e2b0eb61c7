"""Links to a place in a page that has no such place."""

import difflib
import posixpath
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from mathblog.core.diagnostic import at
from mathblog.core.source import Span
from mathblog.pipeline.doctor.subject import CODE, Finding, Subject

_OF_THE_BROWSER = ("", "top")  # fragments that every page has (HTML, "Navigating to a fragment")


class _Anchors(HTMLParser):
    """The anchors of a page, and the addresses of its links that have a fragment."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and (name == "id" or (name == "name" and tag == "a")):
                self.names.add(value)
            elif value and name == "href" and tag == "a" and "#" in value:
                self.links[value] = None


def check_anchors(subject: Subject) -> Iterator[Finding]:
    """A finding for each link in a document's text whose page is there and has no such anchor."""
    pages: dict[str, _Anchors] = {}
    for path, html in subject.pages.items():
        pages[path] = _Anchors()
        pages[path].feed(html)
    for document in subject.documents:
        own = subject.addresses.get(document.meta.path, "")
        for link in pages[own].links if own in pages else ():
            address, _, fragment = link.partition("#")
            target = _page_of(subject, address, own)
            name = unquote(fragment)
            if target not in pages or name in _OF_THE_BROWSER or name.startswith((":~:", "!")):
                continue
            offset = max(document.source.text.find(f"#{written}", document.body_start) for written in (fragment, name))
            if offset < 0 or {name, fragment} & pages[target].names:
                continue
            message = f"`{target}` has no place named `{name}`"
            near = difflib.get_close_matches(name, sorted(pages[target].names), 1)
            hint = f"did you mean `#{near[0]}`?" if near else "name the `id` of a heading or of another element there"
            span = Span(offset, offset + 1 + len(name))
            yield Finding(at(document.source, span, message, code=CODE, hint=hint))


def _page_of(subject: Subject, address: str, own: str) -> str:
    """The file of the page that an address on the page `own` leads to, '' for another host."""
    site = subject.config.site
    if not address:
        return own
    if site.url and address.startswith(site.url):
        address = address[len(site.url) :] or "/"
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc:
        return ""
    path = unquote(parts.path)
    if path.startswith("/"):
        path = path.removeprefix(site.baseurl) if site.baseurl and f"{path}/".startswith(f"{site.baseurl}/") else path
    else:
        path = posixpath.join("/", posixpath.dirname(own), path)
    folder = path.endswith("/") or not path
    path = posixpath.normpath(path).lstrip("/")
    names = [posixpath.join(path, "index.html")] if folder else [path, f"{path}.html", f"{path}/index.html"]
    return next((name for name in names if name.lstrip("/") in subject.pages), "").lstrip("/")
