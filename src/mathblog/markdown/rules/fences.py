"""Fenced code: its lines lose what they are all indented by, at most as much as the fence is.

CommonMark takes the fence's indentation from each line as far as it goes, kramdown from none.
"""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, fence

from mathblog.markdown.rules.lines import indent
from mathblog.model.options import MarkdownOptions


def install(md: MarkdownIt, _options: MarkdownOptions) -> None:
    """Replace markdown-it's rule."""
    md.block.ruler.at("fence", _fence, {"alt": ["paragraph", "reference"]})


def _fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    if state.src[state.bMarks[start] + state.tShift[start]] not in "`~" or not fence(state, start, end, silent):
        return False
    own = indent(state, start)
    if not silent and own > 0:
        token = state.tokens[-1]
        last = start + 1 + token.content.count("\n")
        depths = (indent(state, line) for line in range(start + 1, last) if not state.isEmpty(line))
        least = min(own, max(0, min(depths, default=own)))
        token.content = state.getLines(start + 1, last, state.blkIndent + least, keepLastLF=True)
    return True
