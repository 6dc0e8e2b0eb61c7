"""The lines of a container (a list item, a quote, an HTML element) as its content sees them.

markdown-it keeps for each line where it begins, how it is indented, where it ends. A container changes these for its
lines, has them parsed like a text of their own, and puts them back; the text itself stays, so that positions hold.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeAlias

from markdown_it.rules_block import StateBlock

_TAB = 4
_Line: TypeAlias = tuple[int, int, int, int, int, int]  # its number, and its places


def first_char(state: StateBlock, line: int) -> int:
    """The offset of the first character of a line that is not blank."""
    return state.bMarks[line] + state.tShift[line]


def indent(state: StateBlock, line: int) -> int:
    """The columns by which a line is indented in its container; negative where it is outside."""
    return state.sCount[line] - state.blkIndent


def dedent(state: StateBlock, line: int, columns: int) -> None:
    """Let a line begin some columns further in; a line with a negative number gets blanks that it has not."""
    _keep(state, line)
    _set(state, line, first_char(state, line), max(0, indent(state, line) - columns), state.bsCount[line])


def begin(state: StateBlock, line: int, offset: int, column: int = 0) -> None:
    """Let a line begin at an offset, that is: behind the mark of its container, which ends at a column."""
    text, columns = offset, column
    while text < state.eMarks[line] and state.src[text] in " \t":
        columns += _TAB - columns % _TAB if state.src[text] == "\t" else 1
        text += 1
    _keep(state, line)
    state.bMarks[line] = offset
    _set(state, line, text, columns - column, column)


def after_boundary(state: StateBlock, line: int) -> bool:
    """Whether a line is the first of its container, or a blank line or an end of block stands before it.

    kramdown's `block_boundary.rb`; an attribute list that waits for its block counts as such an end, a definition of a
    link does not.
    """
    last = state.tokens[-1] if state.tokens else None
    if last is None or last.nesting > 0 or last.type in ("attributes", "statement_head_close"):
        return True
    if last.type == "block_end" and "definition" not in last.meta:
        return True
    return state.isEmpty(line - 1)


def end_block(state: StateBlock) -> None:
    """Note that a block ended, for the attribute list and the formula that may follow; nothing is shown of it."""
    state.push("block_end", "", 0).hidden = True
    state.env["attributes"] = True


def push_paragraph(state: StateBlock, text: str, start: int, end: int) -> None:
    """Push a paragraph whose text stands in some lines."""
    state.push("paragraph_open", "p", 1).map = [start, end]
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = text, [start, end], []
    state.push("paragraph_close", "p", -1)


def last_full_line(state: StateBlock, first: int, last: int) -> int:
    """The line after the last one that is not empty."""
    while last > first + 1 and state.isEmpty(last - 1):
        last -= 1
    return last


@contextmanager
def container(state: StateBlock) -> Iterator[None]:
    """Give the lines back their own places at the end, whatever was made of them.

    Only lines that are changed are kept: a container may reach to the end of the text, and the next one may, too.
    """
    changed: list[_Line] = state.env.setdefault("lines", [])
    before = len(changed)
    try:
        yield
    finally:
        while len(changed) > before:
            line, *places = changed.pop()
            state.bMarks[line], state.eMarks[line], state.tShift[line], state.sCount[line], state.bsCount[line] = places


def end_at(state: StateBlock, line: int, offset: int) -> None:
    """Let a line of a container end before an offset."""
    _keep(state, line)
    state.eMarks[line] = offset


def parse_inside(state: StateBlock, first: int, last: int) -> None:
    """Parse lines that were given the indentation of a text of their own."""
    outer = state.blkIndent, state.lineMax, state.parentType
    state.blkIndent, state.lineMax, state.parentType = 0, last, "root"
    state.md.block.tokenize(state, first, last)
    state.blkIndent, state.lineMax, state.parentType = outer


def spread_tabs(state: StateBlock, first: int, last: int, index: int) -> None:
    """Let tabs that begin a line of code in an item be four blanks each, as in kramdown's `list.rb`. The item's tokens begin at an index."""
    if state.src.find("\n\t", state.bMarks[first], state.eMarks[last - 1]) < 0:
        return
    for token in state.tokens[index:]:
        if token.type not in ("fence", "code_block") or "\t" not in token.content or token.map is None:
            continue
        lines, begin_of_code = token.content.split("\n"), token.map[0] + (token.type == "fence")
        for number, text in enumerate(lines):
            code = text.lstrip("\t")
            if code is not text:
                physical = state.src.rfind("\n", 0, state.bMarks[begin_of_code + number]) + 1
                if state.src.startswith("\t", physical):
                    lines[number] = " " * (_TAB * (len(text) - len(code))) + code
        token.content = "\n".join(lines)


def _set(state: StateBlock, line: int, text: int, columns: int, column: int) -> None:
    outer = state.bMarks[line]
    blanks, inside = min(columns, text - outer), 0
    if state.src.find("\t", outer, text) >= 0:
        blanks, inside = _with_tabs(state.src[outer:text], columns, column % _TAB)
    state.bMarks[line], state.tShift[line] = text - blanks, blanks
    state.sCount[line], state.bsCount[line] = columns, inside


def _with_tabs(blanks: str, columns: int, column: int) -> tuple[int, int]:
    """How many of a line's last blanks fill some columns, and how far in a tab's four columns the first of them begins.

    The blanks begin at a column. markdown-it counts tabs from there (`bsCount`).
    """
    taken = len(("." * column + blanks).expandtabs(_TAB)) - column - columns
    for number, blank in enumerate(blanks):
        width = _TAB - column % _TAB if blank == "\t" else 1
        if width > taken:
            return len(blanks) - number, (column + max(taken, 0)) % _TAB
        column, taken = column + width, taken - width
    return 0, 0


def _keep(state: StateBlock, line: int) -> None:
    """Note where a line stands, for the container that it is in."""
    changed = state.env.get("lines")
    if changed is not None:
        changed.append(
            (line, state.bMarks[line], state.eMarks[line], state.tShift[line], state.sCount[line], state.bsCount[line])
        )
