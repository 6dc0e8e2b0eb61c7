r"""Escaped characters of kramdown's GFM parser: `\*`, `\_`, … ; before others, as in `\,` or `\%`, a backslash stays."""

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, escape

from mathblog.model.options import MarkdownOptions

_ESCAPED = frozenset("\\.*_+`<>()[]{}#!:|\"'$=-~\n")


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    r"""Replace markdown-it's rule. Where a script reads `$…$`, it shows a dollar for the `\$` that kramdown leaves of `\\$` (`processEscapes`)."""
    has_dollars = options.escaped_display and options.single_dollar

    def rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        src, following = state.src, state.src[state.pos + 1 : state.pos + 2]
        after = state.pos + 2
        if has_dollars and following == "\\" and src.startswith("$", after) and not src.startswith("$$", after):
            state.pending += "" if silent else "$"
            state.pos = after + 1
            return True
        return following in _ESCAPED and escape(state, silent)

    md.inline.ruler.at("escape", rule)
