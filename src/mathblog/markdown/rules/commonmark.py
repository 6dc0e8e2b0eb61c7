"""The rules of CommonMark, which markdown-it brings: what is other here."""

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from mathblog.model.options import MarkdownOptions


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Replace the rule of line ends, and break lines where the author's end, if the site wants it so."""
    md.core.ruler.at("normalize", _normalize)
    md.options.breaks = options.hard_wrap


def _normalize(state: StateCore) -> None:
    """As markdown-it's, which replaces each line end by itself."""
    state.src = state.src.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
