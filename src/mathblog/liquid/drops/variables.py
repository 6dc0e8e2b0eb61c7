"""The names every template starts with."""

from collections.abc import Mapping

from mathblog.liquid.drops.document import DocumentDrop
from mathblog.liquid.drops.drop import Drop
from mathblog.liquid.drops.generated import GeneratedDrop
from mathblog.liquid.drops.paginator import PaginatorDrop
from mathblog.liquid.drops.site import SiteDrop
from mathblog.liquid.drops.theme import ThemeDrop
from mathblog.model.document import Document, Meta
from mathblog.model.facts import FactView
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
            return self._view.get("environment") or "development"
        return _VERSION if key == "version" else None


def body_variables(document: Document, view: FactView, paging: Mapping[str, object] | None) -> Mapping[str, object]:
    """`site`, `page`, `jekyll` and `theme` for a document's body; `paginator` for a page of a list, whose data `paging` are."""
    names: dict[str, object] = {
        "site": SiteDrop(view, document.meta),
        "page": DocumentDrop(document.meta, view, document),
        "jekyll": JekyllDrop(view),
        "theme": ThemeDrop(view),
    }
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
