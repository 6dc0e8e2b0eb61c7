"""jekyll-redirect-from: addresses that lead on to others (`redirect_from`, `redirect_to`, `redirects.json`)."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import chain
from typing import NamedTuple

from mathblog.model.document import Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.options import GeneratorOptions
from mathblog.model.output import FILE, REDIRECT, OutputFile, PageSpec
from mathblog.model.plugins import REDIRECTS
from mathblog.model.values import Value
from mathblog.site.lists.collected import labels
from mathblog.text.harmless import runs_script
from mathblog.text.urls import absolute_url, find_danger, output_path, permalink_extension, sanitize

LAYOUT = "redirect"  # a site's own layout of this name makes the pages
_LIST = "redirects.json"
_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Redirecting…</title>
<link rel="canonical" href="{address}">
<script>location={script}</script>
<meta http-equiv="refresh" content="0; url={address}">
<meta name="robots" content="noindex">
</head>
<body>
<h1>Redirecting…</h1>
<a href="{address}">Click here if you are not redirected.</a>
</body>
</html>
"""


class Redirect(NamedTuple):
    """An address that leads to `target`, the document that says so, and the file. `moved`: it is the document's own address."""

    origin: str
    target: str
    file: str
    document: str
    moved: bool


def list_redirects(view: FactView, options: GeneratorOptions) -> list[Redirect]:
    """All redirects, also those with an address that cannot be used (`find_danger` knows)."""
    if REDIRECTS not in options.plugins:
        return []
    site = view[kinds.SITE]
    redirects: list[Redirect] = []
    for meta in _documents(view):
        for origin in _texts(meta.data.get("redirect_from")):
            url = sanitize(origin)
            file = output_path(url, permalink_extension(url) or ".html")
            redirects.append(Redirect(url, absolute_url(site, meta.url), file, meta.path, moved=False))
        for target in _targets(meta)[:1]:
            whole = target if target.startswith(("http://", "https://")) else absolute_url(site, target)
            redirects.append(Redirect(meta.url, whole, meta.output_path, meta.path, moved=True))
    return redirects


def moved_documents(view: FactView, options: GeneratorOptions) -> frozenset[str]:
    """The documents with `redirect_to`: there is no page of their text."""
    return frozenset(redirect.document for redirect in list_redirects(view, options) if redirect.moved)


def generate_redirects(view: FactView, options: GeneratorOptions) -> tuple[PageSpec, ...]:
    """The pages of redirects for a site with its own `redirect` layout."""
    if not _has_layout(view):
        return ()
    return tuple(_page(redirect) for redirect in _usable(view, options))


def list_redirect_pages(view: FactView, options: GeneratorOptions) -> tuple[PageSpec, ...]:
    """The pages of all redirects as `site.pages` has them; one with a source stands for its document."""
    pages = (
        replace(_page(redirect), source=redirect.document if redirect.moved else "")
        for redirect in _usable(view, options)
    )
    listed = REDIRECTS in options.plugins and options.redirects_json
    return (*pages, PageSpec(f"/{_LIST}", _LIST, FILE, "", "")) if listed else tuple(pages)


def generate_redirect_files(
    view: FactView, options: GeneratorOptions, _words: Callable[[str], str]
) -> Iterator[OutputFile]:
    """The files of redirects, and the list of them all."""
    redirects = _usable(view, options)
    if not _has_layout(view):
        for redirect in redirects:
            # in a script a JSON text without `<` is the same text
            script = json.dumps(redirect.target).replace("<", "\\u003c")
            page = _PAGE.format(address=escape(redirect.target), script=script)
            yield OutputFile(redirect.file, page.encode("utf-8", "replace"), redirect.document)
    if REDIRECTS in options.plugins and options.redirects_json:
        listed = {redirect.origin: redirect.target for redirect in redirects}
        content = json.dumps(listed, ensure_ascii=False, separators=(",", ":"))
        yield OutputFile(_LIST, content.encode("utf-8", "replace"), "generated")


def find_conflicts(view: FactView, options: GeneratorOptions) -> Iterator[tuple[Redirect, str]]:
    """Redirects from addresses where the site has something of its own, and what that is."""
    redirects = [redirect for redirect in list_redirects(view, options) if not redirect.moved]
    if not redirects:
        return
    owners = {meta.output_path: meta.path for meta in _documents(view)}
    for redirect in redirects:
        if other := owners.get(redirect.file) or (redirect.file if view.get(kinds.PUBLISHED, redirect.file) else ""):
            yield redirect, other


def _has_layout(view: FactView) -> bool:
    return LAYOUT in view[kinds.SITE_LAYOUTS]


def _usable(view: FactView, options: GeneratorOptions) -> list[Redirect]:
    return [redirect for redirect in list_redirects(view, options) if not find_danger(redirect.file)]


def _documents(view: FactView) -> Iterator[Meta]:
    collections = (view.get(kinds.COLLECTION, label) or () for label in labels(view))
    return (meta for meta in chain(*collections, view[kinds.PAGES]) if meta.output_path)


def is_moved(meta: Meta, options: GeneratorOptions) -> bool:
    """Whether a document's own text is not published, for its address leads elsewhere."""
    return REDIRECTS in options.plugins and bool(_targets(meta))


def _targets(meta: Meta) -> list[str]:
    """The addresses that a document leads to; those that run a script are left out."""
    return [target for target in _texts(meta.data.get("redirect_to")) if not runs_script(target)]


def _texts(value: Value) -> list[str]:
    values = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    return [text for text in values if isinstance(text, str) and text]


def _page(redirect: Redirect) -> PageSpec:
    data = {
        "redirect": {"from": redirect.origin, "to": redirect.target},
        "permalink": redirect.origin,
        "sitemap": False,
    }
    return PageSpec(redirect.origin, redirect.file, REDIRECT, LAYOUT, "", "", data)
