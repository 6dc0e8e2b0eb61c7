"""A line of nothing but `^` ends the block before it and shows nothing (kramdown's `parser/eob.rb`)."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from mathblog.markdown.rules.blocks.lazy_continuation import END_OF_BLOCK
from mathblog.markdown.rules.blocks.lines import end_block, first_char, indent
from mathblog.model.options import MarkdownOptions


def install(md: MarkdownIt, _options: MarkdownOptions) -> None:
    """Add a block rule."""
    md.block.ruler.before("fence", "end_of_block", _end, {"alt": ["paragraph", "reference"]})


def _end(state: StateBlock, start: int, _end_line: int, silent: bool) -> bool:  # noqa: FBT001
    if indent(state, start) != 0 or not END_OF_BLOCK.match(state.src, first_char(state, start), state.eMarks[start]):
        return False
    if not silent:
        end_block(state)
        state.line = start + 1
    return True
