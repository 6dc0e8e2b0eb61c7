"""Which documents can be found."""

from collections.abc import Iterator
from itertools import chain

from mathblog.model.document import POSTS, Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.options import GeneratorOptions
from mathblog.model.output import HTML_EXTENSIONS
from mathblog.site.redirects import is_moved

_NOT_FOUND = "404.html"


def list_searched(view: FactView, options: GeneratorOptions) -> Iterator[Meta]:
    """Posts, the newest first, pages, and documents of collections that have pages: those with a title.

    `search: false` in the front matter, or `search_exclude: true` (just-the-docs), leaves one out.
    """
    labels = [it.label for it in view[kinds.COLLECTIONS] if it.output and it.label != POSTS]
    others = chain.from_iterable(view.get(kinds.COLLECTION, label) or () for label in labels)
    for meta in chain(view[kinds.POSTS], view[kinds.PAGES], others):
        data = meta.data
        wanted = data.get("search") is not False and data.get("search_exclude") is not True
        is_page = meta.output_path.endswith(HTML_EXTENSIONS) and meta.output_path != _NOT_FOUND
        if wanted and is_page and meta.title.strip() and not is_moved(meta, options):
            yield meta
