"""Style sheets in Sass, compiled from the files of the site."""

from mathblog.core.source import SourceText
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.options import SassOptions
from mathblog.styles.compiler import SassCompiler
from mathblog.styles.imports import Find
from mathblog.styles.sass import Sheet, StyleSheet, compile_sass

__all__ = ["Sheet", "compile_style_sheet"]


def compile_style_sheet(sheet: Sheet, options: SassOptions, view: FactView, compiler: SassCompiler) -> StyleSheet:
    """The CSS of a style sheet whose Liquid is expanded; what it imports is recorded as read."""
    return compile_sass(sheet, options, finder(view), compiler)


def finder(view: FactView) -> Find:
    """Return what finds a file of the site by its path, and records that it was looked for."""

    def find(path: str) -> SourceText | None:
        return view.get(kinds.FILE, path)

    return find
