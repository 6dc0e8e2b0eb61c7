"""Pages and style sheets whose links within the site are relative, so that they open from a disk, where no server completes addresses."""

import json
import posixpath
import re
from collections.abc import Callable, Collection
from contextlib import suppress
from html import escape, unescape
from itertools import accumulate
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit

from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.model.options import SiteOptions
from mathblog.model.output import HTML_EXTENSIONS
from mathblog.text.html_reader import HtmlReader
from mathblog.text.html_tags import ATTRIBUTE
from mathblog.text.urls import escape_path, rewrite_srcset

REWRITTEN = (*HTML_EXTENSIONS, ".css")  # the extensions of files that hold such links
_LINKS = frozenset(("href", "xlink:href", "src", "poster", "data", "action", "formaction"))
_LISTS = frozenset(("srcset", "imagesrcset"))
_REFRESH = lazy_pattern(r"(\A\s*[\d.]+\s*[;,]\s*url\s*=\s*)(.*)", re.IGNORECASE | re.DOTALL)
_LOCATION = lazy_pattern(r'(\s*location\s*=\s*)("(?:[^"\\]|\\.)*")([\s;]*)')
_CSS_LINK = lazy_pattern(
    r"""(\burl\(\s*|@import\s+)("[^"\n]*"|'[^'\n]*'|(?<=\()[^\s"'()]+|(?<=\s)[^\s"'();]+(?=\s*\)))""", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Relative:
    """Makes the links of a site's files relative. `files` are the paths of all files of the site."""

    site: SiteOptions
    files: Collection[str]

    def rewrite(self, path: str, text: str) -> str:
        """The text of the page or the style sheet at `path` with relative links."""
        if path.endswith(".css"):
            return _rewrite_css(text, lambda address: self.link(path, address, complete=False))
        page = _Page(text, lambda address, own=True: self.link(path, address, own=own))
        page.read(text)
        return text if page.has_base else page.finish()

    def link(self, path: str, address: str, *, own: bool = True, complete: bool = True) -> str:
        """The relative form of an address in the file at `path`; what leads elsewhere, or only within the file, as it is.

        With `own` the address may also be a whole one, with the site's host. With `complete` a folder gets its `index.html`, and a page
        its extension.
        """
        try:
            parts = urlsplit(address.strip())
            target = self._within_site(path, parts, own=own)
        except ValueError:
            return address
        if target is None:
            return address
        target = self._file(unquote(target)) if complete else unquote(target)
        relative = escape_path(posixpath.relpath(f"/{target}", posixpath.dirname(f"/{path}")))
        if target.endswith("/") or not target:
            relative += "/"
        if ":" in relative.partition("/")[0]:  # no scheme
            relative = f"./{relative}"
        return urlunsplit(("", "", relative, parts.query, parts.fragment))

    def _within_site(self, path: str, address: SplitResult, *, own: bool) -> str | None:
        """The path below the site's root that an address names, still encoded; None where it is none of the site's."""
        scheme, host, named = address[:3]
        if scheme or host:
            if not own or not self.site.url or f"{scheme or 'https'}://{host}" != self.site.url:
                return None
            named = named or "/"
        elif not named:
            return None
        if not named.startswith("/"):
            return urljoin(f"/{escape_path(path)}", named).removeprefix("/")
        base = self.site.baseurl
        if named != base and not named.startswith(f"{base}/"):
            return None
        return urljoin("/", named.removeprefix(base) or "/").removeprefix("/")

    def _file(self, target: str) -> str:
        """The file that a server would show for a path: it completes folders and leaves extensions out."""
        folder = f"{target.rstrip('/')}/index.html".removeprefix("/")
        choices = (folder,) if not target or target.endswith("/") else (target, f"{target}.html", folder)
        return next((choice for choice in choices if choice in self.files), choices[0])


def _rewrite_css(css: str, link: Callable[[str], str]) -> str:
    def replace(found: re.Match[str]) -> str:
        written = found[2]
        quote = written[0] if written[0] in "\"'" else ""
        address = written.strip("\"'")
        return found[1] + (f"{quote}{link(address)}{quote}" if address and not address.startswith("#") else written)

    return _CSS_LINK.sub(replace, css) if "url(" in css or "@import" in css else css


class _Page(HtmlReader):
    """Rewrites the links in the tags of a page. All between them stays as it is, byte for byte.

    `link` gives the new form of an address, and of a whole one only with `own`. `has_base` says that the page's relative addresses are
    relative to something else.
    """

    def __init__(self, text: str, link: Callable[..., str]) -> None:
        super().__init__()
        self.has_base = False
        self._text = text
        self._link = link
        self._lines = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self._parts: list[str] = []
        self._done = 0
        self._inside = ""  # `style` or `script`

    def finish(self) -> str:
        """The rewritten page."""
        return "".join((*self._parts, self._text[self._done :]))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag if tag in ("style", "script") else ""
        self.has_base = self.has_base or (tag == "base" and any(name == "href" for name, _ in attrs))
        if attrs:
            written = self.get_starttag_text() or ""
            refreshes = tag == "meta" and any(
                (value or "").lower() == "refresh" for name, value in attrs if name == "http-equiv"
            )
            self._put(written, ATTRIBUTE.sub(lambda found: self._attribute(tag, found, refreshes=refreshes), written))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._inside = ""

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the library's
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "style":
            self._put(data, _rewrite_css(data, self._link))
        elif self._inside == "script" and (found := _LOCATION.fullmatch(data)):  # a page that leads on
            with suppress(ValueError):  # a text that JavaScript reads, and JSON does not, is no redirect of ours
                self._put(data, found[1] + json.dumps(self._link(json.loads(found[2]))) + found[3])

    def _put(self, old: str, new: str) -> None:
        """Put a text in place of what stands where the parser is."""
        line, column = self.getpos()
        start = self._lines[line - 1] + column
        if old != new and self._text.startswith(old, start):
            self._parts += (self._text[self._done : start], new)
            self._done = start + len(old)

    def _attribute(self, tag: str, found: re.Match[str], *, refreshes: bool) -> str:
        name, written = found[1].lower(), found[3]
        quote = written[0] if written[0] in "\"'" else ""
        value = unescape(written[1:-1] if quote else written)
        new = value
        if name in _LINKS:  # the address of the page itself, as search engines know it, is a `<link>`
            new = self._link(value, own=tag != "link")
        elif name in _LISTS:
            new = rewrite_srcset(value, self._link)
        elif name == "style":
            new = _rewrite_css(value, self._link)
        elif refreshes and name == "content":
            new = _REFRESH.sub(lambda it: it[1] + self._link(it[2].strip()), value)
        return found[0] if new == value else f'{found[1]}{found[2]}"{escape(new)}"'
