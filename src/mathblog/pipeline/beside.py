"""Files that lie beside a text, and are published with it where it names them by a relative address."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from mathblog.core.diagnostic import Diagnostic, in_file
from mathblog.model.body import Body
from mathblog.model.compiled import FileBeside
from mathblog.model.document import PAGES, POSTS, Document, Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.reading.naming import split_name
from mathblog.text.urls import is_relative, relative_addresses


class Beside(NamedTuple):
    """The files that are published with texts, sources by their paths, and what is wrong with two at one path."""

    files: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]


def files_named(document: Document, body: Body, view: FactView, baseurl: str) -> tuple[FileBeside, ...]:
    """The files beside a text that its body names, at the places where a browser asks for them and nothing is.

    jekyll-postfiles and the page bundles of Hugo publish what lies beside a text, too; here what nobody names stays at home.
    """
    if not document.meta.output_path:
        return ()
    found: dict[FileBeside, None] = {}
    for piece in body:
        for address in relative_addresses(piece) if isinstance(piece, str) else ():
            path = local_path(address, document.meta.url, baseurl)
            if path and not view.get(kinds.PUBLISHED, path) and (source := source_beside(document.meta, address, view)):
                found[FileBeside(path, source)] = None
    return tuple(found)


def source_beside(meta: Meta, address: str, view: FactView) -> str:
    """The file that a relative address in a text means as its author's editor finds it; '' for none.

    One among the posts is named by its path in the source, a static file by that at which it is published. A file that stayed among the
    drafts when its text was published is found there.
    """
    if not is_relative(address):
        return ""
    path = unquote(address.partition("#")[0].partition("?")[0])
    source = posixpath.normpath(posixpath.join(posixpath.dirname(meta.path), path))
    if view[kinds.HAS_BESIDE]:
        moved = (
            source.replace("_posts/", "_drafts/", 1)
            if "_posts/" in source
            else source.replace("_drafts/", "_posts/", 1)
        )
        if found := next((it for it in (source, moved) if view.get(kinds.BESIDE, it)), ""):
            return found
    folder = f"_{meta.collection}/"  # of a collection, which is published without the underscore
    if meta.collection not in (PAGES, POSTS) and folder in source:
        source = source[source.index(folder) + 1 :]
    return source if view.get(kinds.PUBLISHED, source) else ""


def local_path(src: str, url: str, baseurl: str) -> str:
    r"""The file of the site that an address on the page at `url` means; '' for an address elsewhere.

    A backslash is a slash, as browsers read it (the URL standard's "special" schemes): `\assets\a.png`.
    """
    try:
        parts = urlsplit(src.replace("\\", "/"))
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
