"""Fenced code: its lines lose what they are all indented by, at most as much as the fence is.

CommonMark takes the fence's indentation from each line as far as it goes, kramdown from none. A fence that no line closes
is running text where its backticks are closed in the paragraph, and where nobody would begin code like this.
"""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, fence

from mathblog.markdown.rules.blocks.lines import first_char, indent
from mathblog.markdown.rules.math import push_block, scanner_of
from mathblog.model.options import MarkdownOptions
from mathblog.text.delimiters import Region
from mathblog.text.fences import is_maths_fence, is_text_unclosed


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Replace markdown-it's rule."""

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        first = first_char(state, start)
        if state.src[first] not in "`~" or not fence(state, start, end, silent):
            return False
        if silent:
            return True
        last = state.line - 1
        closes = last > start and not state.src[first_char(state, last) : state.eMarks[last]].strip().strip("`~")
        if not closes and (
            is_text_unclosed(state.src, first, options) or scanner_of(state, options).unclosed_fence_end(first)
        ):
            state.tokens.pop()
            return False
        token, own = state.tokens[-1], indent(state, start)
        if closes and is_maths_fence(token.info):  # a displayed formula, as on GitHub
            state.tokens.pop()
            raw = state.getLines(start, state.line, state.blkIndent, keepLastLF=False).strip()
            begin = raw.find("\n") + 1
            region = Region(0, len(raw), begin, max(begin, raw.rfind("\n")), "math", display=True)
            formula = push_block(state, raw, region, start, state.line)
            formula.markup, formula.attrs = token.markup, token.attrs
        elif own > 0:
            end_of_code = start + 1 + token.content.count("\n")
            inside = range(start + 1, end_of_code)
            depths = (indent(state, line) for line in inside if not state.isEmpty(line))
            least = min(own, max(0, min(depths, default=own)))
            token.content = state.getLines(start + 1, end_of_code, state.blkIndent + least, keepLastLF=True)
        return True

    md.block.ruler.at("fence", rule, {"alt": ["paragraph", "reference"]})
