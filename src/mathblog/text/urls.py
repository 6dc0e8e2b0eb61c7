"""Addresses: permalink templates, percent-encoding, and the file behind a URL (`lib/jekyll/url.rb`)."""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from html import escape, unescape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote, unquote_to_bytes, urljoin, urlsplit

from mathblog.core.patterns import lazy_pattern
from mathblog.text.html_tags import ATTRIBUTE, start_tags

if TYPE_CHECKING:
    from mathblog.model.options import SiteOptions

STYLES: Mapping[str, str] = {
    "none": "/:categories/:title:output_ext",
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
}
OWN_FILES = ".mathblog"  # how the names of files begin that mathblog keeps in a destination for itself

# RFC 3986 `pchar` and `/`, which is Addressable's PATH: what stays as it is in the path of a URL
_PATH_SAFE = "/-._~!$&'()*+,;=:@"
PLACEHOLDER = lazy_pattern(r":([a-z_]+)")
_SLASHES = lazy_pattern(r"//+")
_ESCAPE = lazy_pattern(r"%(?![0-9A-Fa-f]{2})")
_SCHEME = lazy_pattern(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ADDRESSES = frozenset(("src", "href", "poster", "data", "srcset"))
# a word in front, which is looked for quickly: most texts have no such address
_MAY_BE_RELATIVE = tuple(
    lazy_pattern(rf"{name}\s*+=\s*+[\"']?+(?![#/?\"']|[A-Za-z][A-Za-z0-9+.-]*:)")
    for name in ("href", "src", "srcset", "poster", "data")
)
_ELSEWHERE = lazy_pattern(r"(?:[A-Za-z][A-Za-z0-9+.-]*:|[/#?]|\Z)")  # an address that does not go by that of its page
# an address goes on to the next blank, and ends before commas; a size goes on to the next comma
_CANDIDATE = lazy_pattern(r"(?<!\s)(\s*+)([^\s,]\S*[^\s,]|[^\s,])((?:\s+[^,]*)?,?)")
_GIT = lazy_pattern(r"(?:\A|/)\.git(?:/|\Z)", re.IGNORECASE)
_DRIVE = lazy_pattern(r"[A-Za-z]:\Z")
_DEVICE = lazy_pattern(r"(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.|\Z)", re.IGNORECASE)
_LONGEST = 255  # bytes of one file name, on every file system in use
_DEEPEST, _LONGEST_PATH = 500, 3500  # folders and bytes of a path: what systems store ends at 4,096 bytes
_UNPRINTABLE = lazy_pattern(r"[\x00-\x1f\x7f]")


class Expanded(NamedTuple):
    """A template filled in: the URL, the same as Jekyll's `url` has it, and the names of placeholders that do not exist."""

    url: str
    written: str  # what stands outside of the placeholders is not encoded
    unknown: tuple[str, ...]


def escape_path(text: str) -> str:
    """A value percent-encoded for the path of a URL; a `%` of the text becomes `%25`."""
    return quote(text, safe=_PATH_SAFE)


def expand(template: str, values: Mapping[str, str]) -> Expanded:
    """The URL of a permalink template: each `:name` replaced by its value, encoded.

    `:name_` is the placeholder `name_` if there is one, else `name` followed by `_`. What the template says outside of
    placeholders is taken as written, except that characters no URL may hold are encoded. Unknown placeholders stay.
    """
    unknown: list[str] = []

    def fill(found: re.Match[str]) -> str:
        name = found[1]
        if name in values:
            return escape_path(values[name])
        if name.endswith("_") and name[:-1] in values:
            return escape_path(values[name[:-1]]) + "_"
        unknown.append(name)
        return found[0]

    written = sanitize(PLACEHOLDER.sub(fill, template))
    url = encode(written)
    return Expanded(url, url if url == written else written, tuple(unknown))


def encode(url: str) -> str:
    """The path of a URL with what no URL may hold encoded; what is encoded already stays."""
    return quote(_ESCAPE.sub("%25", url), safe=_PATH_SAFE + "%")


def sanitize(url: str) -> str:
    """Jekyll's `sanitize_url`: starts with one `/`, has no `..`, no `./` and no double slash."""
    return _SLASHES.sub("/", f"/{url}".replace("..", "/").replace("./", ""))


def template_for(style: str) -> str:
    """The template of a permalink style of the configuration, or the template itself."""
    return STYLES.get(style, style)


def suffix_for(style: str) -> str:
    """Return what a site's permalink style adds to the addresses of pages and collections (`add_permalink_suffix`)."""
    if style == "pretty":
        return "/"
    if style in ("date", "ordinal", "none"):
        return ":output_ext"
    return "/" if style.endswith("/") else ":output_ext" if style.endswith(":output_ext") else ""


def output_path(url: str, output_ext: str, index: str = "index.html") -> str:
    """The file of a URL below the destination, decoded: `/about` -> `about.html`, `/x/` -> `x/index.html`.

    The answer may be dangerous: ask `find_danger` before using it.
    """
    path = unquote(url).lstrip("/")
    if url.endswith("/"):
        return path + index
    return path if path.endswith(output_ext) else path + output_ext


def find_danger(path: str) -> str:
    """Why a decoded output path must not be written, or an empty text: nothing may leave the destination."""
    parts = path.split("/")
    dangers = (
        ("\\" in path, "it holds a backslash"),
        (bool(_UNPRINTABLE.search(path)), "it holds a control character"),
        (".." in parts or "." in parts, "it leaves the site"),
        (path.startswith("/"), "it is absolute"),
        (
            max(len(part.encode("utf-8", "replace")) for part in parts) > _LONGEST,
            "a part of it is longer than 255 bytes",
        ),
        (len(parts) > _DEEPEST, f"it has more than {_DEEPEST} folders"),
        (len(path.encode("utf-8", "replace")) > _LONGEST_PATH, f"it is longer than {_LONGEST_PATH:,} bytes"),
        ("" in parts, "it holds an encoded slash"),
        (path.startswith(OWN_FILES), f"names that start with `{OWN_FILES}` are kept for mathblog's own files"),
        (bool(_DRIVE.match(parts[0])), "it starts with a drive"),
        (_GIT.search(path) is not None, "what is in `.git` is git's: it would take commands from there"),
    )
    return next((reason for is_so, reason in dangers if is_so), "")


def reserved_name(path: str) -> str:
    """The first part of a path that Windows keeps for a device (`CON`, `nul.html`), or an empty text."""
    return next((part for part in path.split("/") if _DEVICE.match(part)), "")


def permalink_extension(permalink: str) -> str:
    """The extension a permalink asks for, an empty text where it asks for none (`Renderer#permalink_ext`)."""
    return "" if permalink.endswith("/") else posixpath.splitext(permalink)[1]


@lru_cache(maxsize=8192)  # the same links stand on every page
def relative_url(baseurl: str, path: str) -> str:
    """An address of this site with the base URL in front, encoded; an address with a scheme is left alone.

    `relative_url("/blog", "a b.png")` -> `/blog/a%20b.png`.
    """
    if _SCHEME.match(path):
        return path
    base = baseurl.rstrip("/")
    joined = _slashed(base) + _slashed(path)
    return normalize(joined)


def absolute_url(site: "SiteOptions", path: str) -> str:
    """`url` + `baseurl` + path, encoded; without a `url` in the configuration only the last two, as in Jekyll."""
    relative = relative_url(site.baseurl, path)
    return site.url + relative if relative.startswith("/") else relative


def _slashed(text: str) -> str:
    return text if not text or text.startswith("/") else f"/{text}"


def normalize(url: str) -> str:
    """A URL without a scheme in its normal form: encoded once, without `.` and `..` (Addressable's `normalize`)."""
    parts = urlsplit(url)
    path = parts.path.strip()
    segments = [quote(unquote_to_bytes(part), safe=_PATH_SAFE.removeprefix("/")) for part in path.split("/")]
    kept: list[str] = []
    for segment in segments:
        if segment == ".." and len(kept) > 1:
            kept.pop()
        elif segment not in (".", ".."):
            kept.append(segment)
    if segments[-1] in (".", "..") and len(segments) > 1:
        kept.append("")
    path = "/".join(kept)
    query = f"?{quote(parts.query, safe=_PATH_SAFE + '?%')}" if parts.query else ""
    fragment = f"#{quote(parts.fragment, safe=_PATH_SAFE + '?%')}" if parts.fragment else ""
    host = f"//{parts.netloc}" if parts.netloc else ""
    return host + path + query + fragment


def srcset_addresses(value: str) -> list[str]:
    """The addresses of a `srcset`: of `a.png 1x,b.png 2x` (HTML, "Parsing a srcset attribute")."""
    return [found[2] for found in _CANDIDATE.finditer(value)]


def rewrite_srcset(value: str, rewrite: Callable[[str], str]) -> str:
    """A `srcset` with other addresses; all between them stays."""
    return _CANDIDATE.sub(lambda found: found[1] + rewrite(found[2]) + found[3], value)


def relative_addresses(html: str) -> Iterator[str]:
    """The addresses in HTML that are relative to its page: of images, links and the like, not those within it."""
    for name, value, *_ in _written_addresses(html):
        if name == "srcset":
            yield from filter(is_relative, srcset_addresses(value))
        elif is_relative(value):
            yield value


def rebased(html: str, url: str) -> str:
    """HTML for another page than that of `url`, to which its relative addresses are relative."""
    pieces, end = [], 0
    for name, value, start, stop in _written_addresses(html):
        shown = rewrite_srcset(value, partial(_joined, url)) if name == "srcset" else _joined(url, value)
        if shown != value:
            pieces += [html[end:start], '"', escape(shown), '"']
            end = stop
    return "".join((*pieces, html[end:])) if pieces else html


def _written_addresses(html: str) -> Iterator[tuple[str, str, int, int]]:
    """The attributes with addresses: their names, their values, and where these stand with their quotes."""
    if not any(name.search(html) for name in _MAY_BE_RELATIVE):
        return
    for tag in start_tags(html):
        for found in ATTRIBUTE.finditer(html, tag.start, tag.end - 1):
            if (name := found[1].lower()) in _ADDRESSES:
                value = found[3][1:-1] if found[3][0] in "\"'" else found[3]
                yield name, unescape(value).strip(), *found.span(3)


def is_relative(address: str) -> bool:
    """Whether an address goes by that of the page that it stands on, and leads to another one."""
    return not _ELSEWHERE.match(address)


def _joined(url: str, address: str) -> str:
    try:
        return urljoin(url, address) if is_relative(address) else address
    except ValueError:  # `http://[`: what is no address stays as it was written
        return address
