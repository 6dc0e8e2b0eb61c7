"""Paragraphs: a line of text and the lines after it up to one that begins another block (`parser/paragraph.rb`)."""

from bisect import bisect_left

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, hr

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.blocks.lines import first_char, indent, push_paragraph
from mathblog.markdown.rules.math import scanner_of
from mathblog.model.options import MarkdownOptions
from mathblog.text.delimiters import Scanner

_DEEPEST = 3
_OPENERS = lazy_pattern(r"\$|\\.|`")


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Replace markdown-it's rule. A line of `***` ends no paragraph in kramdown."""

    def rule(state: StateBlock, start: int, _end: int, _silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        ends = state.md.block.ends_paragraph  # type: ignore[attr-defined] # of `dispatch.py`
        end = state.lineMax
        line = _next_line(state, start, end, options)
        while line < end and not state.isEmpty(line) and indent(state, line) >= 0:
            if indent(state, line) <= _DEEPEST and ends(state, line, end):
                break
            line = _next_line(state, line, end, options)
        text = state.getLines(start, line, state.blkIndent, keepLastLF=False).strip(" \t\r\n\f\v")
        push_paragraph(state, text, start, line)
        state.line = line
        return True

    md.block.ruler.at("paragraph", rule)
    md.block.ruler.at("hr", hr, {"alt": []})


def _next_line(state: StateBlock, line: int, end: int, options: MarkdownOptions) -> int:
    """The next line that may begin another block: none within a formula that stays in the paragraph does."""
    at = first_char(state, line)
    last = state.src.rfind("$$", at, state.eMarks[line])
    scanner = scanner_of(state, options)
    if last < 0:
        return _after_environment(state, line, end, scanner)
    region = scanner.inline_formula_at(at) if state.src.startswith("$$", at) else None
    if last > at and (region is None or region.end <= last) and line + 1 < end and not state.isEmpty(line + 1):
        begins_with_sign = state.src[first_char(state, line + 1)] in "+-"
        region = scanner.inline_formula_at(last) if begins_with_sign else region
    if region is None or region.end > state.eMarks[end - 1]:
        return line + 1
    return bisect_left(state.eMarks, region.end, line, end) + 1


def _after_environment(state: StateBlock, line: int, end: int, scanner: Scanner) -> int:
    r"""The line after a formula or code in running text that opens on a line and holds an environment on lines of its own, else the next line.

    `$`, `A =`, `\begin{bmatrix}` … on lines of their own are one formula for MathJax, and no display of the matrix alone.
    """
    src, at, line_end = state.src, first_char(state, line), state.eMarks[line]
    if scanner.find("\\begin{", line_end) < 0:
        return line + 1
    while opener := _OPENERS.search(src, at, line_end):
        start = opener.start()
        region = scanner.inline_formula_at(start) if opener[0][0] in "$\\" else None
        code = scanner.code_span_end(start) if opener[0] == "`" else None
        at = region.end if region else code or opener.end()
        if at > line_end:
            if (region and region.display) or at > state.eMarks[end - 1]:
                return line + 1
            last = bisect_left(state.eMarks, at, line, end)
            inside = (first_char(state, it) for it in range(line + 1, last + 1))
            return last + 1 if any(src.startswith("\\begin{", it) for it in inside) else line + 1
    return line + 1
