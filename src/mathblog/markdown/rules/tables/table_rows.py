r"""Rows of a table: cells parted by `|`, but by none inside a formula or code.

`\|` is a pipe in text and formulas: kramdown takes the backslash away before it reads the cell, but not in code
(`parser/table.rb`). In `markdown: commonmark` it is a pipe in text and code. Where escapes are TeX's it is a double bar in formulas.
"""

from mathblog.core.patterns import lazy_pattern
from mathblog.model.options import MarkdownOptions
from mathblog.text.delimiters import MATH
from mathblog.text.regions import regions

STAND_IN = "\ue0f0"  # a private-use character: of the same length as a pipe, so that no position moves
_BARE_PIPE = lazy_pattern(r"(?<!\\)\|")


def mask_row(row: str, options: MarkdownOptions) -> str:
    """A row with the pipes in its formulas and code replaced."""
    if "|" not in row or ("$" not in row and "`" not in row and "\\\\" not in row and "<code" not in row):
        return row
    pieces, position = [], 0
    for region in regions(row, options):
        inside = row[region.start : region.end]
        whole = not (options.kramdown and options.math_escapes) if region.kind == MATH else options.kramdown
        pieces += [
            row[position : region.start],
            inside.replace("|", STAND_IN) if whole else _BARE_PIPE.sub(STAND_IN, inside),
        ]
        position = region.end
    return "".join([*pieces, row[position:]])


def has_pipe(masked: str) -> bool:
    """Whether a pipe parts cells of a row."""
    return _BARE_PIPE.search(masked) is not None


def split_row(masked: str, *, leading: bool) -> list[str]:
    """The cells of a row; with `leading` its first pipe opens the row."""
    cells = _BARE_PIPE.split(masked)
    if leading and not cells[0].strip():
        del cells[0]
    if cells and not cells[-1].strip():
        cells.pop()
    return [cell.replace("\\|", "|").replace(STAND_IN, "|").strip() for cell in cells]
