r"""GFM tables in which formulas and code are whole: a `|` inside them separates no cells.

`\|` is a pipe in text and in code, as in GFM and kramdown, and TeX's double bar in a formula: a norm stays a norm.
`strict_kramdown` reads formulas as kramdown does, which takes the backslash away (`parser/kramdown/table.rb`).
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import table as gfm_table

from mathblog.model.delimiters import MATH
from mathblog.model.options import MarkdownOptions
from mathblog.model.regions import scan

_DELIMITER_ROW = re.compile(r"[-:|][-:| \t]*$")
_BARE_PIPE = re.compile(r"(?<!\\)\|")
_STAND_IN = "\ue0f0"  # a private-use character: of the same length as a pipe, so that no position moves
_ALIGN = "text-align:"


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Replace the table rule. To kramdown a table cannot follow a line of text; to GFM it can."""

    def table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001
        if not _may_start(state, start_line, end_line):
            return False
        src, count = state.src, len(state.tokens)
        # to see whether a table begins, its first row is enough
        state.src = _masked(state, start_line, start_line + 1 if silent else end_line, options)
        try:
            return gfm_table(state, start_line, end_line, silent)
        finally:
            state.src = src
            for token in state.tokens[count:]:
                token.content = token.content.replace(_STAND_IN, "|")
                style = str(token.attrs.get("style", ""))
                if style.startswith(_ALIGN):
                    token.attrs["style"] = f"text-align: {style[len(_ALIGN) :]}"

    md.block.ruler.at("table", table, {"alt": [] if options.strict_kramdown else ["paragraph", "reference"]})
    md.block.ruler.enable("table")


def _may_start(state: StateBlock, start_line: int, end_line: int) -> bool:
    if start_line + 2 > end_line:
        return False
    start = state.bMarks[start_line + 1] + state.tShift[start_line + 1]
    return _DELIMITER_ROW.match(state.src, start, state.eMarks[start_line + 1]) is not None


def _masked(state: StateBlock, start_line: int, end_line: int, options: MarkdownOptions) -> str:
    """The text with the pipes in formulas and code replaced, in the lines that may be rows."""
    line, first = start_line, state.bMarks[start_line]
    while line < end_line and not state.isEmpty(line):
        line += 1
    rows = state.src[first : state.eMarks[line - 1]].split("\n")
    masked = "\n".join(_mask_row(row, options) for row in rows)
    if _STAND_IN not in masked:
        return state.src
    return state.src[:first] + masked + state.src[first + len(masked) :]


def _mask_row(row: str, options: MarkdownOptions) -> str:
    if "|" not in row or ("$" not in row and "`" not in row and "\\\\" not in row):
        return row
    pieces, position = [], 0
    for region in scan(row, options):
        inside = row[region.start : region.end]
        whole = region.kind == MATH and not options.strict_kramdown
        pieces += [
            row[position : region.start],
            inside.replace("|", _STAND_IN) if whole else _BARE_PIPE.sub(_STAND_IN, inside),
        ]
        position = region.end
    return "".join([*pieces, row[position:]])
