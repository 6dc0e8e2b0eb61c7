"""Footnotes `[^name]`: numbered by first use, gathered at the end of the document."""

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from mdit_py_plugins.footnote import footnote_plugin

from mathblog.model.options import MarkdownOptions


def install(md: MarkdownIt, _options: MarkdownOptions) -> None:
    """Add definitions and references; kramdown has no inline notes `^[…]`."""
    footnote_plugin(md, inline=False)
    md.core.ruler.push("footnotes_place", _move)


def _move(state: StateCore) -> None:
    """Put the footnotes in place of the first list marked `{:footnotes}` (kramdown's `convert_ul`)."""
    tokens = state.tokens
    start = next((i for i, token in enumerate(tokens) if "footnotes" in token.meta.get("refs", ())), -1)
    if start < 0 or not tokens[start].type.endswith("_list_open"):
        return
    end = next(i for i in range(start, len(tokens)) if tokens[i].nesting < 0 and tokens[i].level == tokens[start].level)
    first = next((i for i, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))
    if first > end:
        state.tokens = [*tokens[:start], *tokens[first:], *tokens[end + 1 : first]]
