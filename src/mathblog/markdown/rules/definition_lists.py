"""Definition lists: a term, then lines that begin with `: `."""

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin

from mathblog.model.options import MarkdownOptions


def install(md: MarkdownIt, _options: MarkdownOptions) -> None:
    """Add the block rule."""
    deflist_plugin(md)
