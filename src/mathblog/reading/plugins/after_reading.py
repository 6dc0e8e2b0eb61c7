"""Changes to documents once all of them are read: a folder's README as its index, default layouts."""

import posixpath
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from mathblog.core.patterns import lazy_pattern
from mathblog.model.document import PAGES, POSTS, Meta, is_markdown
from mathblog.model.options import ReadingOptions
from mathblog.reading.plugins.optional import is_readme
from mathblog.text.urls import escape_path

_INDEX = lazy_pattern(r"index\.(?:html?|xhtml|xml)\Z", re.IGNORECASE)


class Candidate(NamedTuple):
    """A document, and whether it was read without front matter."""

    meta: Meta
    bare: bool


def apply_plugins(
    documents: Mapping[str, Candidate], files: Iterable[str], layouts: Collection[str], options: ReadingOptions
) -> Mapping[str, Meta | None]:
    """The documents that plugins change, by path; None for one that is no document after all.

    `files` are the published static files, `layouts` the names of the site's own layouts.
    """
    changed: dict[str, Meta | None] = {}
    if options.plugins.readme_index:
        changed |= _index_readmes(documents, files, options)
    for path, candidate in documents.items() if options.plugins.default_layout else ():
        # jekyll-default-layout's choice for pages and posts whose front matter and defaults do not speak of a layout
        meta = changed.get(path, candidate.meta)
        if meta is None or "layout" in meta.data or meta.collection not in (PAGES, POSTS):
            continue
        # a site without layouts of its own has a theme's, which choose for themselves but for the home page
        names = ("home",) if meta.url == "/" else ()
        names = (*names, "page" if meta.collection == PAGES else "post", "default") if layouts else names
        layout = next((name for name in names if name in layouts or not layouts), "")
        if layout and is_markdown(meta.ext, options.markdown_ext):
            changed[path] = replace(meta, layout=layout, data={**meta.data, "layout": layout})
    return changed


def _index_readmes(
    documents: Mapping[str, Candidate], files: Iterable[str], options: ReadingOptions
) -> dict[str, Meta | None]:
    pages = {path: one for path, one in documents.items() if one.meta.collection == PAGES}
    written = [*(one.meta.output_path for one in pages.values()), *files]
    taken = {posixpath.dirname(path) for path in written if _INDEX.match(posixpath.basename(path))}
    changed: dict[str, Meta | None] = {}
    for path, (meta, bare) in sorted(pages.items()):
        if not is_readme(path, options) or not (bare or options.plugins.readme_with_front_matter):
            continue
        folder = posixpath.dirname(path)
        if folder not in taken:
            taken.add(folder)
            url = f"/{escape_path(folder)}/" if folder else "/"
            changed[path] = meta.at(url, posixpath.join(folder, "index.html"))
        elif bare:
            changed[path] = None
    return changed
