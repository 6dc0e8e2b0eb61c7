"""Tables by kramdown's rules (`parser/table.rb`): with a header or without, several bodies, a footer below `|===|`.

Three things differ, where kramdown makes something else of what an author meant. A pipe in a formula parts no cells. A
table with a header may follow a line of text, and text may follow it. A line of text with a pipe in it is no table:
without a header the first line begins with a pipe, or there are several and blanks stand at the pipes of most.
`strict_kramdown` leaves the second and the third out.
"""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from mathblog.core.dataclass import dataclass, field
from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.blocks.lazy_continuation import ends_lazy_text
from mathblog.markdown.rules.blocks.lines import after_boundary, first_char, indent
from mathblog.markdown.rules.tables.table_rows import has_pipe, mask_row, split_row
from mathblog.model.options import MarkdownOptions

_SEPARATOR = lazy_pattern(r"[+|: \t-]*-[+|: \t-]*")
_FOOTER = lazy_pattern(r"[+|: \t=]*=[+|: \t=]*")
_ALIGNED = lazy_pattern(r"[ \t]?(:?)-+(:?)[ \t]?")
_LOOSE_PIPE = lazy_pattern(r"(?:^|[ \t])\||(?<!\\)\|(?:[ \t]|$)")
_ALIGNMENTS = {(":", ""): "left", ("", ":"): "right", (":", ":"): "center"}
_DEEPEST = 3
_MOST_ADDED = 65_536  # empty cells that fill up short rows


@dataclass(slots=True)
class Table:
    """A table as it was read: its parts (`thead`, `tbody`, `tfoot`) with the lines and cells of their rows."""

    parts: list[tuple[str, list[tuple[int, list[str]]]]] = field(default_factory=list)
    alignments: list[str] = field(default_factory=list)
    columns: int = 0


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Add the rule before that of paragraphs, and turn off markdown-it's, which comes before all others."""

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        if state.src.find("|", first_char(state, start), state.eMarks[start]) < 0 or indent(state, start) > _DEEPEST:
            return False
        known = not silent and start < state.env.get("rules_end", 0)
        if known or ((silent or not after_boundary(state, start)) and not _has_header(state, start, end, options)):
            return False
        rows: list[str] = []
        for number in range(start, start + 2 if silent else end):
            if state.isEmpty(number) or indent(state, number) < 0 or (rows and ends_lazy_text(state, number)):
                break
            row = mask_row(_line(state, number), options)
            if not has_pipe(row):
                break
            rows.append(row)
        if silent or not rows:
            return bool(rows)
        if all(_SEPARATOR.fullmatch(row) or _FOOTER.fullmatch(row) for row in rows):
            # each of these lines may be asked for, as the first one of a table
            state.env["rules_end"] = start + len(rows)
            return False
        table = _read(rows, start) if _is_meant(state, start, end, rows, options) else Table()
        if all(part == "tfoot" for part, _ in table.parts):
            return False
        _push(state, table, start, start + len(rows))
        state.line = start + len(rows)
        return True

    md.block.ruler.disable("table", ignoreInvalid=True)
    md.block.ruler.before("paragraph", "pipe_table", rule, {"alt": [] if options.strict_kramdown else ["paragraph"]})


def _has_header(state: StateBlock, start: int, end: int, options: MarkdownOptions) -> bool:
    """Whether a line of hyphens with a pipe stands below the first: then it is a table also where kramdown has none."""
    if options.strict_kramdown or start + 1 >= end or indent(state, start + 1) < 0:
        return False
    return _SEPARATOR.fullmatch(line := _line(state, start + 1)) is not None and "|" in line


def _is_meant(state: StateBlock, start: int, end: int, rows: list[str], options: MarkdownOptions) -> bool:
    """Whether rows without a header are a table, and no lines of text with a pipe in them."""
    if len(rows) > 1 and _has_header(state, start, end, options):
        return True
    after = start + len(rows)
    if after < end and not state.isEmpty(after) and indent(state, after) >= 0:
        sign = state.src[first_char(state, after)]
        if sign not in "^{" or not ends_lazy_text(state, after):
            return False
    if options.strict_kramdown or any(_SEPARATOR.fullmatch(row) for row in rows):
        return True
    loose = sum(_LOOSE_PIPE.search(row) is not None for row in rows)
    return rows[0].startswith("|") or (len(rows) > 1 and 2 * loose > len(rows))


def _read(rows: list[str], start: int) -> Table:
    table = Table()
    leading = rows[0].startswith("|")
    open_rows: list[tuple[int, list[str]]] = []
    footer = False
    for number, row in enumerate(rows, start):
        part = ""
        if _SEPARATOR.fullmatch(row):
            part = "thead" if not (table.alignments or footer) else "" if footer else "tbody"
            if part == "thead" and open_rows:
                table.alignments = [_ALIGNMENTS.get((at[1], at[2]), "") for at in _ALIGNED.finditer(row)]
        elif _FOOTER.fullmatch(row):
            part, footer = "tbody", True
        else:
            cells = split_row(row, leading=leading)
            table.columns = max(table.columns, len(cells))
            open_rows.append((number, cells))
        if part and open_rows:
            table.parts.append((part, open_rows))
            open_rows = []
    if open_rows:
        table.parts.append(("tfoot" if footer else "tbody", open_rows))
    return table


def _push(state: StateBlock, table: Table, start: int, end: int) -> None:
    state.push("table_open", "table", 1).map = [start, end]
    added = 0
    for part, rows in table.parts:
        state.push(f"{part}_open", part, 1).map = [rows[0][0], rows[-1][0] + 1]
        cell = "th" if part == "thead" else "td"
        for line, cells in rows:
            added += table.columns - len(cells)
            missing = table.columns - len(cells) if added <= _MOST_ADDED else 0
            filled = [*cells, *[""] * missing]
            state.push("tr_open", "tr", 1).map = [line, line + 1]
            for column, text in enumerate(filled):
                opening = state.push(f"{cell}_open", cell, 1)
                if column < len(table.alignments) and table.alignments[column]:
                    opening.attrs = {"style": f"text-align: {table.alignments[column]}"}
                token = state.push("inline", "", 0)
                token.content, token.map, token.children = text, [line, line + 1], []
                state.push(f"{cell}_close", cell, -1)
            state.push("tr_close", "tr", -1)
        state.push(f"{part}_close", part, -1)
    state.push("table_close", "table", -1)


def _line(state: StateBlock, line: int) -> str:
    return state.src[first_char(state, line) : state.eMarks[line]].rstrip()
