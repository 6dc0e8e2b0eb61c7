r"""Two backslashes at the end of a line break it, as in kramdown (`parser/line_break.rb`)."""

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from mathblog.model.options import MarkdownOptions


def install(md: MarkdownIt, _options: MarkdownOptions) -> None:
    """Add an inline rule before escapes, which would make one backslash of the two."""
    md.inline.ruler.before("escape", "line_break", break_line)


def break_line(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    r"""Take `\\` and the line end after it, with the blanks that the next line begins with."""
    if not state.src.startswith("\\\\\n", state.pos) or state.pos + 3 > state.posMax:
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos += 3
    while state.pos < state.posMax and state.src[state.pos] in " \t":
        state.pos += 1
    return True
