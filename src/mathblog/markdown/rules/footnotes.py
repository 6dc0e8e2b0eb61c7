"""Footnotes `[^name]`: numbered by first use, gathered at the end of the document."""

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from mathblog.model.options import MarkdownOptions


def install(md: MarkdownIt, _options: MarkdownOptions) -> None:
    """Add definitions and references; kramdown has no inline notes `^[…]`."""
    footnote_plugin(md, inline=False)
