"""Headings by kramdown's GFM parser: `## A` at the very beginning of a line, and one line above a line of `=` or `-`.

A `#` without a text is text, and so is a line of `-` below two lines: in CommonMark both would be headings.
"""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, heading

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.blocks.lines import after_boundary, first_char, indent
from mathblog.model.options import MarkdownOptions

_START = lazy_pattern(r"#{1,6}[ \t]+(?!#*[ \t]*$)")
_UNDERLINE = lazy_pattern(r"[-=]+[ \t]*$")
_DEEPEST = 3


def install(md: MarkdownIt, _options: MarkdownOptions) -> None:
    """Replace both of markdown-it's rules."""
    md.block.ruler.at("heading", _heading, {"alt": ["paragraph", "reference"]})
    md.block.ruler.at("lheading", _underlined)


def _heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    if indent(state, start) != 0 or not _START.match(state.src, first_char(state, start), state.eMarks[start]):
        return False
    return heading(state, start, end, silent)


def _underlined(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    line = start + 1
    if silent or line >= end or state.isEmpty(line) or indent(state, line) != 0 or indent(state, start) > _DEEPEST:
        return False
    found = _UNDERLINE.match(state.src, first_char(state, line), state.eMarks[line])
    if found is None or not after_boundary(state, start):
        return False
    mark = found[0][0]
    tag = "h1" if mark == "=" else "h2"
    opening = state.push("heading_open", tag, 1)
    opening.map, opening.markup = [start, line + 1], mark
    text = state.push("inline", "", 0)
    text.content = state.src[first_char(state, start) : state.eMarks[start]].rstrip()
    text.map, text.children = [start, line], []
    state.push("heading_close", tag, -1).markup = mark
    state.line = line + 1
    return True
