"""The names every template starts with."""

from collections.abc import Mapping

from mathblog.liquid.drops.document import DocumentDrop
from mathblog.liquid.drops.drop import Drop, plain
from mathblog.liquid.drops.generated import GeneratedDrop
from mathblog.liquid.drops.paginator import PaginatorDrop
from mathblog.liquid.drops.site import SiteDrop
from mathblog.liquid.drops.theme import ThemeDrop
from mathblog.model.document import Document, Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.output import PageSpec

_VERSION = "4.3.1"  # the Jekyll whose behaviour templates may rely on


class JekyllDrop(Drop):
    """`jekyll.version` and `jekyll.environment`."""

    def __init__(self, view: FactView) -> None:
        self._view = view

    def names(self) -> tuple[str, ...]:
        """Both keys."""
        return ("version", "environment")

    def find(self, key: str) -> object:
        """The version copied, or the value of `JEKYLL_ENV`."""
        if key == "environment":
            return self._view[kinds.ENVIRONMENT]
        return _VERSION if key == "version" else None


class LayoutDrop(Drop):
    """`layout` in a body: the front matter of the layout that its document names (`Renderer#assign_layout_data!`)."""

    def __init__(self, view: FactView, name: str) -> None:
        self._view = view
        self._name = name

    def names(self) -> tuple[str, ...]:
        """The keys of the front matter."""
        layout = self._view.get(kinds.LAYOUT, self._name)
        return tuple(layout.data) if layout else ()

    def find(self, key: str) -> object:
        """A value, None in a site without such a layout."""
        layout = self._view.get(kinds.LAYOUT, self._name)
        return plain(layout.data.get(key)) if layout else None


def body_variables(document: Document, view: FactView, paging: Mapping[str, object] | None) -> Mapping[str, object]:
    """`site`, `page`, `layout`, `jekyll` and `theme` for a document's body; `paginator` for a page of a list, whose data `paging` are."""
    names: dict[str, object] = {
        "site": SiteDrop(view, document.meta),
        "page": DocumentDrop(document.meta, view, document),
        "jekyll": JekyllDrop(view),
        "theme": ThemeDrop(view),
    }
    if document.meta.layout:
        names["layout"] = LayoutDrop(view, document.meta.layout)
    return names if paging is None else {**names, "paginator": PaginatorDrop(paging, view)}


def layout_variables(meta: Meta, view: FactView, spec: PageSpec) -> dict[str, object]:
    """The names that all layouts of a page see; `content` and `layout` are another in each of them."""
    names: dict[str, object] = {
        "site": SiteDrop(view, meta),
        "page": DocumentDrop(meta, view) if spec.source else GeneratedDrop(spec, view),
        "jekyll": JekyllDrop(view),
        "theme": ThemeDrop(view),
    }
    return {**names, "paginator": PaginatorDrop(spec.data, view)} if "total_pages" in spec.data else names
