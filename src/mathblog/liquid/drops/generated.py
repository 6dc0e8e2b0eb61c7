"""`page` of a page that mathblog generates: a tag's, a year's, a page of a list."""

from mathblog.liquid.drops.drop import Drop, plain
from mathblog.liquid.drops.paginator import list_posts
from mathblog.model.facts import FactView
from mathblog.model.output import PageSpec


class GeneratedDrop(Drop):
    """What its generator knows of the page; `posts` are documents (jekyll-archives' `archive_drop.rb`)."""

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
        if key in self._spec.data:
            return plain(self._spec.data[key])
        if key == "title":
            return self._spec.title or None
        if key in ("url", "layout"):
            return getattr(self._spec, key)
        return self._spec.output_path if key in ("path", "relative_path") else None
