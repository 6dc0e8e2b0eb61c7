"""Links in finished pages: those that lead to nothing within the site, or to a place that a page does not have."""

import difflib
import posixpath
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from mathblog.core.dataclass import dataclass
from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText, Span
from mathblog.model.options import SiteOptions

TARGET, ANCHOR, EXTERNAL = "link-target", "link-anchor", "link-external"
_OF_THE_BROWSER = ("", "top")  # fragments that every page has (HTML, "Navigating to a fragment")
_ID = lazy_pattern(r"<[a-zA-Z][^<>]*?\sid\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))")
_LINK = lazy_pattern(r"\s(href|name)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))", re.IGNORECASE)
_MOST_SUGGESTED = 50  # to look for a name alike takes a while in a large site


class LinkedPage(NamedTuple):
    """The places of a page, and the addresses of its links in their order, each once, but for those of numbers to themselves."""

    places: frozenset[str]
    links: tuple[str, ...]


@dataclass(frozen=True)
class LinkedSite:
    """A finished site: its pages by their paths, and the paths of all its files."""

    site: SiteOptions
    pages: Mapping[str, LinkedPage]
    files: Collection[str]

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The files by their addresses without what servers add."""
        return {_name(path): path for path in sorted(self.files)}

    @cached_property
    def referred(self) -> frozenset[tuple[str, str]]:
        """The places that links lead to: the path of a page, and the name of the place."""
        found = set()
        for own, page in self.pages.items():
            for link in page.links:
                address, _, fragment = link.partition("#")
                names = _files_of(self.site, address, own) if fragment else ()
                found |= {(name, unquote(fragment)) for name in names if name in self.pages}
        return frozenset(found)


class DeadLink(NamedTuple):
    """A link to nothing: `written` are the forms in which the source may have it."""

    code: str
    written: tuple[str, ...]
    message: str
    near: str


def read_page(html: str) -> LinkedPage:
    """The places and links of a page."""
    html, *others = html.split("<!--")
    html += "".join(other.partition("-->")[2] for other in others)  # without comments
    places = {unescape(found[1] or found[2] or found[3] or "") for found in _ID.finditer(html)}
    links: dict[str, None] = {}
    for piece in re.split(r"<[aA](?=\s)", html)[1:]:
        tag = piece[: piece.find(">")]
        for found in _LINK.finditer(tag) if 'class="eqno"' not in tag else ():
            value = unescape(found[2] or found[3] or found[4] or "").strip()
            if found[1].lower() == "name":
                places.add(value)
            elif value:
                links[value] = None
    return LinkedPage(frozenset(places), tuple(links))


def dead_links(linked: LinkedSite, own: str) -> Iterator[DeadLink]:
    """The links of the page `own` that lead to nothing within the site."""
    for link in linked.pages[own].links if own in linked.pages else ():
        address, _, fragment = link.partition("#")
        names = _files_of(linked.site, address, own)
        target = next((name for name in names if name in linked.files), "")
        if names and not target:
            base = linked.site.baseurl
            forms = dict.fromkeys((address, unquote(address), address.removeprefix(base) if base else address))
            yield DeadLink(TARGET, tuple(forms), "the site has nothing at `{}`", unquote(address).removeprefix(base))
        elif target in linked.pages and fragment:
            name = unquote(fragment)
            is_of_browser = name in _OF_THE_BROWSER or name.startswith((":~:", "!"))
            if not is_of_browser and linked.pages[target].places.isdisjoint((name, fragment)):
                forms = dict.fromkeys((f"#{name}", f"#{fragment}"))
                yield DeadLink(ANCHOR, tuple(forms), f"`{target}` has no place named `{name}`", target)


def external_links(linked: LinkedSite, own: str) -> Iterator[str]:
    """The addresses of other sites that the page `own` links to."""
    for link in linked.pages[own].links if own in linked.pages else ():
        is_own = linked.site.url and f"{link}/".startswith(f"{linked.site.url}/")
        if link.lower().startswith(("http://", "https://")) and not is_own:
            yield link


def report_external(dead: Mapping[str, str], source: SourceText) -> Iterator[Diagnostic]:
    """Links to other sites at their places in a source; `dead` says why each of them is."""
    for link, reason in dead.items():
        offset = source.text.find(link)
        if offset >= 0:
            message, hint = f"`{link}` is dead: {reason}", "correct it, or link to a copy at `https://web.archive.org`"
            yield at(source, Span(offset, offset + len(link)), message, code=EXTERNAL, hint=hint)


def report_dead_links(
    links: Sequence[DeadLink], linked: LinkedSite, source: SourceText, start: int = 0
) -> Iterator[Diagnostic]:
    """The links at their places in the source of a page, from `start` on. One that a tag made is not in the text, and not named."""
    for number, link in enumerate(links):
        found = ((source.text.find(written, start), written) for written in link.written if written)
        place = next(((offset, written) for offset, written in found if offset >= 0), None)
        if place is None:
            continue
        offset, written = place
        suggests = number < _MOST_SUGGESTED
        if link.code == TARGET:
            hint = "correct the address, or put the file there"
            alike = difflib.get_close_matches(_name(link.near), linked.names, 1) if suggests else []
            near = f"{linked.site.baseurl}/{linked.names[alike[0]].removesuffix('index.html')}" if alike else ""
        else:
            hint = "name the `id` of a heading or of another element there"
            places = sorted(linked.pages[link.near].places) if suggests else []
            alike = difflib.get_close_matches(unquote(link.written[0].removeprefix("#")), places, 1)
            near = f"#{alike[0]}" if alike else ""
        hint = f"did you mean `{near}`?" if near else hint
        yield at(source, Span(offset, offset + len(written)), link.message.format(written), code=link.code, hint=hint)


def _name(path: str) -> str:
    """A path as an address of the site: without the names that servers add."""
    return "/" + path.strip("/").removesuffix("index.html").removesuffix(".html").removesuffix("/")


def _files_of(site: SiteOptions, address: str, own: str) -> Sequence[str]:
    """The files that a server would look for at an address on the page `own`; none for what is not the site's."""
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
