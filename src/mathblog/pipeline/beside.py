"""Files that lie among the posts, and are published with a text that names them by a relative address."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from mathblog.core.diagnostic import Diagnostic, in_file
from mathblog.core.patterns import lazy_pattern
from mathblog.model.body import Body
from mathblog.model.compiled import FileBeside
from mathblog.model.document import Document, Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.reading.naming import split_name

_ADDRESS = lazy_pattern(r"\s(src|href|poster|data|srcset)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>=`]+))")
_ELSEWHERE = lazy_pattern(r"(?:[A-Za-z][A-Za-z0-9+.-]*:|[/#?]|\Z)")


class Beside(NamedTuple):
    """The files that are published with texts, sources by their paths, and what is wrong with two at one path."""

    files: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]


def files_named(document: Document, body: Body, view: FactView, baseurl: str) -> tuple[FileBeside, ...]:
    """The files among the posts that a body names, at the places where a browser asks for them.

    jekyll-postfiles and the page bundles of Hugo publish what lies beside a text, too; here what nobody names stays at home.
    """
    if not document.meta.output_path or not view[kinds.HAS_BESIDE]:
        return ()
    found: dict[FileBeside, None] = {}
    for address in _addresses(body):
        source = source_beside(document.meta, address, view)
        path = local_path(address, document.meta.url, baseurl) if source else ""
        if path and not view.get(kinds.PUBLISHED, path):
            found[FileBeside(path, source)] = None
    return tuple(found)


def source_beside(meta: Meta, address: str, view: FactView) -> str:
    """The file among the posts that a relative address in a text means, as its author's editor finds it; '' for none."""
    if _ELSEWHERE.match(address):
        return ""
    path = unquote(address.partition("#")[0].partition("?")[0])
    source = posixpath.normpath(posixpath.join(posixpath.dirname(meta.path), path))
    return source if view.get(kinds.BESIDE, source) else ""


def local_path(src: str, url: str, baseurl: str) -> str:
    """The file of the site that an address on the page at `url` means; '' for an address elsewhere."""
    try:
        parts = urlsplit(src)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    path = unquote(parts.path)
    if path.startswith("/"):
        if baseurl and path.startswith(baseurl + "/"):
            path = path[len(baseurl) :]
    else:
        folder = unquote(url) if url.endswith("/") else posixpath.dirname(unquote(url))
        path = f"{folder}/{path}"
    return posixpath.normpath(path).lstrip("/")


def _addresses(body: Body) -> Iterator[str]:
    for piece in body:
        if isinstance(piece, str) and ("src" in piece or "href" in piece or "data" in piece or "poster" in piece):
            for name, *values in _ADDRESS.findall(piece):
                value = unescape("".join(values)).strip()
                yield from (
                    (part.split()[0] for part in value.split(",") if part.strip()) if name == "srcset" else (value,)
                )


def gather_beside(named: Iterable[FileBeside], taken: Iterable[str]) -> Beside:
    """The files of all texts; those of the site's own at their paths win, as in Jekyll, where nobody else claims these."""
    taken = frozenset(taken)
    files: dict[str, str] = {}
    problems: dict[tuple[str, str], Diagnostic] = {}
    for path, source, _ in named:
        first = source if path in taken else files.setdefault(path, source)
        if first != source:
            message = f"`/{path}` is also the address of `{first}`, which is published there: this file is not"
            hint = "give one of them another name, or their posts addresses of their own (`permalink: pretty`)"
            problems[path, source] = in_file(source, message, code="url", hint=hint)
    return Beside(files, tuple(problems.values()))


def of_postfiles(metas: Iterable[Meta], candidates: Iterable[str]) -> Iterator[FileBeside]:
    """The files that jekyll-postfiles publishes: all below the folder of a post that has one of its own below `_posts`.

    Those with a date in their names are left out (`FIXED_DATE_FILENAME_MATCHER`).
    """
    undated = [path for path in candidates if not split_name(posixpath.basename(path))[0]]
    for meta in metas:
        folder = posixpath.dirname(meta.path)
        if posixpath.basename(folder) in ("_posts", "_drafts") or not meta.output_path:
            continue
        target = posixpath.dirname(meta.output_path)
        for path in undated:
            if path.startswith(f"{folder}/"):
                yield FileBeside(posixpath.join(target, path[len(folder) + 1 :]), path)
