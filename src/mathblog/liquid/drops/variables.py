"""The names every template starts with."""

from collections.abc import Mapping

from mathblog.liquid.drops.document import DocumentDrop
from mathblog.liquid.drops.drop import Drop
from mathblog.liquid.drops.site import SiteDrop
from mathblog.model.document import Document
from mathblog.model.facts import FactView

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


def body_variables(document: Document, view: FactView) -> Mapping[str, object]:
    """`site`, `page` and `jekyll` for a document's body."""
    return {
        "site": SiteDrop(view, document.meta),
        "page": DocumentDrop(document.meta, view, document),
        "jekyll": JekyllDrop(view),
    }
