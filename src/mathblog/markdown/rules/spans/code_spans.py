"""Code spans by kramdown's rule (`parser/codespan.rb`): the next run of as many backticks closes, within a longer one, too.

A single backtick between blanks is text. Line ends stay, and so do blanks inside single backticks.
"""

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from mathblog.markdown.rules.math import scanner_of
from mathblog.model.options import MarkdownOptions
from mathblog.text.signs import ticks_at


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Replace markdown-it's rule."""

    def rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        if state.src[state.pos] != "`":
            return False
        ticks = ticks_at(state.src, state.pos)
        end = scanner_of(state, options).code_span_end(state.pos)
        if end is None or end > state.posMax:
            if not silent:
                state.append_pending(ticks)
            state.pos += len(ticks)
            return True
        if not silent:
            token = state.push("code_inline", "code", 0)
            token.markup = ticks
            code = state.src[state.pos + len(ticks) : end - len(ticks)]
            token.content = code if len(ticks) == 1 else code.removeprefix(" ").removesuffix(" ")
        state.pos = end
        return True

    md.inline.ruler.at("backticks", rule)
