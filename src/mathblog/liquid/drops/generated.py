"""`page` of a page that mathblog generates: a tag's, a year's, a page of a list."""

import posixpath

from mathblog.liquid.drops.drop import Drop, plain
from mathblog.liquid.drops.paginator import list_posts
from mathblog.model.facts.view import FactView
from mathblog.model.output import PageSpec
from mathblog.text.harmless import harmless


class GeneratedDrop(Drop):
    """The data that its generator gives the page; `posts` are documents (jekyll-archives' `archive_drop.rb`)."""

    def __init__(self, spec: PageSpec, view: FactView) -> None:
        self._spec = spec
        self._view = view

    def names(self) -> tuple[str, ...]:
        """The keys."""
        own = ("title", "url", "layout", "path", "name")
        return (*own, *(key for key in self._spec.data if key not in own))

    def find(self, key: str) -> object:
        """A word of the specification or of its data."""
        if key == "posts":
            return list_posts(self._spec.data, self._view)
        if key == "name":  # a file without its extension, also where the generator calls a tag so
            return posixpath.splitext(posixpath.basename(self._spec.output_path))[0]
        if key in self._spec.data:
            return self._shown(plain(self._spec.data[key]))
        if key == "title":
            return self._shown(self._spec.title or None)
        if key == "url":  # jekyll-paginate-v2's pages end in `index.html`
            return self._spec.data.get("page_path") or self._spec.url
        if key == "layout":
            return self._spec.layout
        return self._shown(self._spec.output_path) if key in ("path", "relative_path") else None

    def _shown(self, value: object) -> object:
        """A word that comes from documents: a tag, a title."""
        return harmless(value) if self._view.shown.escapes else value
