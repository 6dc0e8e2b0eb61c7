"""Style sheets in Sass, compiled from the files of the site."""

from mathblog.core.source import SourceText
from mathblog.model.document import Document
from mathblog.model.facts import FactView
from mathblog.model.options import SassOptions
from mathblog.styles.sass import StyleSheet, compile_sass

STYLES = (".scss", ".sass")


def compile_style_sheet(text: str, document: Document, options: SassOptions, view: FactView) -> StyleSheet:
    """The CSS of a style sheet whose Liquid was expanded to `text`; what it imports is recorded as read."""

    def find(path: str) -> SourceText | None:
        found = view.get("file", path)
        return found if isinstance(found, SourceText) else None

    return compile_sass(text, document.source, document.body_start, options, find)
