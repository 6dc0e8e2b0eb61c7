r"""Escaped characters of kramdown's GFM parser: `\*`, `\_`, … ; before others, as in `\,` or `\%`, a backslash stays."""

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, escape

from mathblog.model.options import MarkdownOptions

_ESCAPED = frozenset("\\.*_+`<>()[]{}#!:|\"'$=-~\n")


def install(md: MarkdownIt, _options: MarkdownOptions) -> None:
    """Replace markdown-it's rule."""
    md.inline.ruler.at("escape", _escape)


def _escape(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    following = state.src[state.pos + 1 : state.pos + 2]
    return following in _ESCAPED and escape(state, silent)
