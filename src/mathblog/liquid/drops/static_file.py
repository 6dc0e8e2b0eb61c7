"""A file of `site.static_files` (Jekyll's `drops/static_file_drop.rb`)."""

import posixpath

from mathblog.liquid.drops.drop import Drop, plain
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.static import StaticFile
from mathblog.text.harmless import harmless

_OWN = ("path", "modified_time", "name", "basename", "extname", "collection")


class StaticFileDrop(Drop):
    """A static file as templates see it; the time of its last change is looked up when a template asks for it."""

    def __init__(self, file: StaticFile, view: FactView) -> None:
        self._file = file
        self._view = view

    def names(self) -> tuple[str, ...]:
        """Return the fields of every static file, and the defaults that hold for it."""
        return (*_OWN, *(name for name in self._file.data if name not in _OWN))

    def find(self, key: str) -> object:
        """An attribute, else the value of a default."""
        stem, ending = posixpath.splitext(posixpath.basename(self._file.path))
        if key == "modified_time":
            return self._view.get(kinds.MODIFIED, self._file.source)
        values = {
            "path": self._file.path,
            "name": stem + ending,
            "basename": stem.rstrip("."),
            "extname": ending,
            "collection": self._file.collection or None,
        }
        value = values[key] if key in values else plain(self._file.data.get(key))
        return harmless(value) if self._view.shown.escapes else value

    def liquid_text(self) -> str:
        """The drop of a file prints as its path."""
        return self._file.path
