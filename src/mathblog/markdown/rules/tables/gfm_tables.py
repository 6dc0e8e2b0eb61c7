"""GFM's tables, for the plain dialect: a header, a line of hyphens, rows; formulas and code are whole in them."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import table as gfm_table

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.tables.table_rows import STAND_IN, mask_row
from mathblog.model.options import MarkdownOptions

_DELIMITER_ROW = lazy_pattern(r"[-:|][-:| \t]*$")
_ALIGN = "text-align:"


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Replace markdown-it's table rule."""

    def table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001
        row = start_line + 1
        start = state.bMarks[row] + state.tShift[row]
        if row >= end_line or not _DELIMITER_ROW.match(state.src, start, state.eMarks[row]):
            return False
        src, count = state.src, len(state.tokens)
        # the pipes in formulas and code are replaced in the lines that may be rows
        # to see whether a table begins, its first row is enough
        line, last, first = start_line, start_line + 1 if silent else end_line, state.bMarks[start_line]
        while line < last and not state.isEmpty(line):
            line += 1
        masked = "\n".join(mask_row(text, options) for text in src[first : state.eMarks[line - 1]].split("\n"))
        if STAND_IN in masked:
            state.src = src[:first] + masked + src[first + len(masked) :]
        try:
            return gfm_table(state, start_line, end_line, silent)
        finally:
            state.src = src
            for token in state.tokens[count:]:
                token.content = token.content.replace(STAND_IN, "|")
                style = str(token.attrs.get("style", ""))
                if style.startswith(_ALIGN):
                    token.attrs["style"] = f"text-align: {style[len(_ALIGN) :]}"

    md.block.ruler.at("table", table, {"alt": ["paragraph", "reference"]})
    md.block.ruler.enable("table")
