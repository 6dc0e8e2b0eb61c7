"""Paragraphs: a line of text and the lines after it up to one that begins another block (`parser/paragraph.rb`).

Most lines begin with a letter, which begins no block but a table: they are passed without asking all rules.
"""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, hr

from mathblog.markdown.rules.lines import first_char, indent
from mathblog.model.options import MarkdownOptions

_DEEPEST = 3


def install(md: MarkdownIt, _options: MarkdownOptions) -> None:
    """Replace markdown-it's rule. A line of `***` ends no paragraph in kramdown."""
    md.block.ruler.at("paragraph", _paragraph)
    md.block.ruler.at("hr", hr, {"alt": []})


def _paragraph(state: StateBlock, start: int, _end: int, _silent: bool) -> bool:  # noqa: FBT001
    rules = state.md.block.ruler.getRules("paragraph")
    line, end = start + 1, state.lineMax
    while line < end and not state.isEmpty(line) and indent(state, line) >= 0:
        if _may_begin_a_block(state, line) and any(rule(state, line, end, True) for rule in rules):  # noqa: FBT003 - markdown-it wants it so
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


def _may_begin_a_block(state: StateBlock, line: int) -> bool:
    at = first_char(state, line)
    return indent(state, line) <= _DEEPEST and (
        not state.src[at].isalpha() or state.src.find("|", at, state.eMarks[line]) >= 0
    )
