"""Paragraphs: a line of text and the lines after it up to one that begins another block (`parser/paragraph.rb`)."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, hr

from mathblog.markdown.rules.lines import indent
from mathblog.model.options import MarkdownOptions

_DEEPEST = 3


def install(md: MarkdownIt, _options: MarkdownOptions) -> None:
    """Replace markdown-it's rule. A line of `***` ends no paragraph in kramdown."""
    md.block.ruler.at("paragraph", _paragraph)
    md.block.ruler.at("hr", hr, {"alt": []})


def _paragraph(state: StateBlock, start: int, _end: int, _silent: bool) -> bool:  # noqa: FBT001
    ends = state.md.block.ends_paragraph  # type: ignore[attr-defined] # of `dispatch.py`
    line, end = start + 1, state.lineMax
    while line < end and not state.isEmpty(line) and indent(state, line) >= 0:
        if indent(state, line) <= _DEEPEST and ends(state, line, end):
            break
        line += 1
    state.push("paragraph_open", "p", 1).map = [start, line]
    token = state.push("inline", "", 0)
    token.content = state.getLines(start, line, state.blkIndent, keepLastLF=False).strip(" \t\r\n\f\v")
    token.map = [start, line]
    token.children = []
    state.push("paragraph_close", "p", -1)
    state.line = line
    return True
