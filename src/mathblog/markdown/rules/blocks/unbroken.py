"""Blocks that no line inside them ends: a fence with its closing line, a formula between its delimiters."""

import re
from bisect import bisect_left

from markdown_it.rules_block import StateBlock

from mathblog.markdown.rules.blocks.lines import first_char, indent
from mathblog.markdown.rules.math import scanner_of
from mathblog.model.options import MarkdownOptions
from mathblog.text.delimiters import closing
from mathblog.text.fences import FENCE_MARK

_DEEPEST = 3


def whole_block_end(state: StateBlock, line: int, end: int, options: MarkdownOptions) -> int:
    """The line after the fence or display formula that begins on a line; the next line where none begins or none ends."""
    if state.isEmpty(line) or indent(state, line) > _DEEPEST:
        return line + 1
    at = first_char(state, line)
    sign = state.src[at]
    if sign in "`~" and (fence := FENCE_MARK.match(state.src, at, state.eMarks[line])):
        mark = fence[0]
        unclosed: dict[tuple[str, str, int], int] = state.env.setdefault("unclosed", {})
        key = (state.src, mark[0], end)
        if len(mark) >= unclosed.get(key, len(state.src)):  # what was not found once is not looked for again
            return line + 1
        closes = re.compile(rf"{mark[0]}{{{len(mark)},}}[ \t]*$", re.MULTILINE)
        for number in range(line + 1, end):
            if closes.match(state.src, first_char(state, number), state.eMarks[number]):
                return number + 1
        unclosed[key] = len(mark)
    elif sign in "$\\" and (opening := closing(state.src, at, options)):
        limit = state.eMarks[end - 1]
        region = scanner_of(state, options).delimited(at, opening, limit, display=True)
        line_end = state.src.find("\n", region.end) if region else 0
        if region and not state.src[region.end : line_end if line_end >= 0 else None].strip():
            return bisect_left(state.eMarks, region.end, line, end) + 1
    return line + 1
