"""Links to pages and files of the site that are not there, and to places that a page does not have."""

import difflib
import posixpath
from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urlsplit

from mathblog.core.diagnostic import at
from mathblog.core.source import Span
from mathblog.model.document import Document
from mathblog.pipeline.doctor.subject import CODE, Finding, Subject
from mathblog.text.html_reader import HtmlReader

_OF_THE_BROWSER = ("", "top")  # fragments that every page has (HTML, "Navigating to a fragment")


class _Anchors(HtmlReader):
    """The anchors of a page, and the addresses of its links."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and (name == "id" or (name == "name" and tag == "a")):
                self.names.add(value)
            elif value and name == "href" and tag == "a":
                self.links[value] = None


def check_links(subject: Subject) -> Iterator[Finding]:
    """A finding for each link that stands in a document's text and leads to nothing within the site."""
    pages: dict[str, _Anchors] = {}
    for path, html in subject.pages.items():
        pages[path] = _Anchors()
        pages[path].read(html)
    for document in subject.documents:
        own = subject.addresses.get(document.meta.path, "")
        for link in pages[own].links if own in pages else ():
            address, _, fragment = link.partition("#")
            names = _files_of(subject, address, own)
            target = next((name for name in names if name in subject.published), "")
            if names and not target:
                yield from _no_file(subject, document, address)
            elif target in pages and fragment:
                yield from _no_place(document, fragment, target, pages[target].names)


def _no_file(subject: Subject, document: Document, address: str) -> Iterator[Finding]:
    """A link to a file that is not there. One that a tag made is not in the text, and not named."""
    base = subject.config.site.baseurl
    forms = dict.fromkeys((address, unquote(address), address.removeprefix(base) if base else address))
    for written in forms:
        offset = document.source.text.find(written, document.body_start)
        if offset < 0:
            continue
        files = {_name(path): path for path in sorted(subject.published)}
        near = difflib.get_close_matches(_name(unquote(address).removeprefix(base)), files, 1)
        there = f"{base}/{files[near[0]].removesuffix('index.html')}" if near else ""
        hint = f"did you mean `{there}`?" if near else "correct the address, or put the file there"
        message = f"the site has nothing at `{written}`"
        yield Finding(at(document.source, Span(offset, offset + len(written)), message, code=CODE, hint=hint))
        return


def _name(path: str) -> str:
    """A path as an address of the site: without the names that servers add."""
    return "/" + path.strip("/").removesuffix("index.html").removesuffix(".html").removesuffix("/")


def _no_place(document: Document, fragment: str, target: str, places: set[str]) -> Iterator[Finding]:
    name = unquote(fragment)
    if name in _OF_THE_BROWSER or name.startswith((":~:", "!")) or {name, fragment} & places:
        return
    offset = max(document.source.text.find(f"#{written}", document.body_start) for written in (fragment, name))
    if offset < 0:
        return
    near = difflib.get_close_matches(name, sorted(places), 1)
    hint = f"did you mean `#{near[0]}`?" if near else "name the `id` of a heading or of another element there"
    message = f"`{target}` has no place named `{name}`"
    yield Finding(at(document.source, Span(offset, offset + 1 + len(name)), message, code=CODE, hint=hint))


def _files_of(subject: Subject, address: str, own: str) -> Sequence[str]:
    """The files that a server would look for at an address on the page `own`; none for what is not the site's."""
    site = subject.config.site
    if not address:
        return (own,)
    if site.url and address.startswith(site.url):
        address = address[len(site.url) :] or "/"
    try:
        parts = urlsplit(address)
    except ValueError:
        return ()
    if parts.scheme or parts.netloc:
        return ()
    path = unquote(parts.path)
    if path.startswith("/"):
        if site.baseurl and not f"{path}/".startswith(f"{site.baseurl}/"):
            return ()
        path = path.removeprefix(site.baseurl)
    else:
        path = posixpath.join("/", posixpath.dirname(own), path)
    folder = path.endswith(("/", "/.", "/..")) or not path
    path = posixpath.normpath(f"/{path}").lstrip("/")
    if folder:
        return (posixpath.join(path, "index.html"),)
    return (path, f"{path}.html", f"{path}/index.html")
