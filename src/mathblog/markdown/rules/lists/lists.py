"""Lists by kramdown's rules (`parser/list.rb`), which take more for an item than CommonMark's.

A line goes on the item before it also without an indentation, be it a heading, a quote or code; what a list begins
with (`-`, `*`, `+`) may change within it; a number is any, and `1)` is none. Here a block of code or a formula that
an item begins stays whole, where kramdown would take a line of it for the next item.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.blocks.lazy_continuation import END_OF_BLOCK, begins_block_markup
from mathblog.markdown.rules.blocks.lines import (
    begin,
    container,
    dedent,
    end_block,
    first_char,
    indent,
    last_full_line,
    parse_inside,
    spread_tabs,
)
from mathblog.markdown.rules.blocks.unbroken import whole_block_end
from mathblog.model.options import MarkdownOptions

_BULLET = lazy_pattern(r"[+*-](?=[ \t])")
_NUMBER = lazy_pattern(r"\d+\.(?=[ \t])", re.ASCII)
_RULE = lazy_pattern(r"([*_-])(?:[ \t]*\1){2,}[ \t]*$", re.MULTILINE)
ITEM_ATTRIBUTES = lazy_pattern(r"[ \t]*\{:(?![:/]|[\w-]+:)((?:\\\}|[^}\n])+)\}[ \t]*")
_DEEPEST = 3  # more blanks make code of it
_EMPTY_INDENT = 4  # of an item whose first line is empty
_FAR = 1000


@dataclass(slots=True)
class ListItem:
    """An item while its lines are looked for, and what was found."""

    start: int
    column: int  # at which its content begins
    attributes: str = ""
    end: int = 0
    nested: bool = False  # a list in it, or a blank line, was found
    blank: bool = False  # the last line was blank
    inner: int = _FAR  # how far the list in it is indented, where that is less than its content


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Replace markdown-it's rule; a list may follow a line of text."""

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        if indent(state, start) > _DEEPEST:
            return False
        mark = _BULLET if _BULLET.match(state.src, first_char(state, start)) else _NUMBER
        if not mark.match(state.src, first_char(state, start)):
            return False
        if not silent:
            kind, tag = ("bullet_list", "ul") if mark is _BULLET else ("ordered_list", "ol")
            with container(state):
                items, line = collect(state, mark, start, end, options)
                opening = state.push(f"{kind}_open", tag, 1)
                opening.map = [start, last_full_line(state, start, items[-1].end)]
                _push_items(state, items, ended=line > items[-1].end)
                state.push(f"{kind}_close", tag, -1)
            if line > items[-1].end:
                end_block(state)
            state.line = line
        return True

    md.block.ruler.at("list", rule, {"alt": ["paragraph", "reference"]})


def collect(
    state: StateBlock, mark: re.Pattern[str], start: int, end: int, options: MarkdownOptions
) -> tuple[list[ListItem], int]:
    """The items of the list whose first mark stands on a line, their lines dedented, and the line after the list."""
    items: list[ListItem] = []
    line = start
    while line < end:
        item = items[-1] if items else None
        depth, at = indent(state, line), first_char(state, line)
        if item and state.isEmpty(line):
            item.nested = item.blank = True
            line += 1
        elif depth < 0 or (item and item.blank and depth <= _DEEPEST and _RULE.match(state.src, at)):
            break
        elif item and depth == 0 and END_OF_BLOCK.match(state.src, at):
            item.end = line
            return items, line + 1
        elif depth <= (min(item.column - 1, _DEEPEST) if item else _DEEPEST) and mark.match(state.src, at):
            if item:
                item.end = line
            items.append(_begin_item(state, mark, line))
            line = _whole(state, line, end, options, items[-1].column)
        elif item and (depth >= item.column or (not item.blank and not ends_item(state, line, item))):
            line = _continue(state, item, line, end, options)
        else:
            break
    items[-1].end = line
    return items, line


def ends_item(state: StateBlock, line: int, item: ListItem) -> bool:
    """Whether a line without the item's indentation cannot belong to it."""
    return indent(state, line) <= min(item.column, _DEEPEST) and begins_block_markup(state, line)


def _begin_item(state: StateBlock, mark: re.Pattern[str], line: int) -> ListItem:
    found = mark.match(state.src, first_char(state, line))
    offset = found.end() if found else first_char(state, line)
    column = indent(state, line) + offset - first_char(state, line)
    end = state.eMarks[line]
    attributes = ITEM_ATTRIBUTES.match(state.src, offset, end)
    begin(state, line, offset, column)
    only = attributes and attributes.end() == end
    item = ListItem(line, _EMPTY_INDENT if only or state.isEmpty(line) else column + state.sCount[line])
    if attributes:
        item.attributes = attributes[1]
        begin(state, line, attributes.end())
    dedent(state, line, indent(state, line))
    state.sCount[line] = 0
    item.nested = not state.isEmpty(line) and _is_mark(state, line)
    return item


def _is_mark(state: StateBlock, line: int) -> bool:
    at = first_char(state, line)
    return (_BULLET.match(state.src, at) or _NUMBER.match(state.src, at)) is not None


def _continue(state: StateBlock, item: ListItem, line: int, end: int, options: MarkdownOptions) -> int:
    """Take a line, and all lines of the code or formula that it begins; the line after.

    The first list in an item says how far the lines of the item are indented, where that is less than its own mark
    asks for: `1. a` with `  - b` in it, and `    - c` in that. kramdown tears such a list.
    """
    columns = indent(state, line)
    indented = columns >= item.column
    item.blank = False
    taken = min(item.column, item.inner) if indented or columns >= item.inner else 0
    dedent(state, line, taken)
    last = _whole(state, line, end, options, taken)
    if last == line + 1 and not item.nested and state.sCount[line] <= _DEEPEST and _is_mark(state, line):
        item.nested = True
        if not indented:
            item.inner = columns
            dedent(state, line, columns)
    return last


def _whole(state: StateBlock, line: int, end: int, options: MarkdownOptions, column: int) -> int:
    last = whole_block_end(state, line, end, options)
    for inner in range(line + 1, last):
        dedent(state, inner, column)
    return last


def open_item(state: StateBlock, kind: str, tag: str, item: ListItem) -> None:
    """Push the token that begins an item, with the attribute list of the item."""
    opening = state.push(kind, tag, 1)
    opening.map = [item.start, last_full_line(state, item.start, item.end)]
    if item.attributes:
        opening.meta["list"] = item.attributes
        state.env["attributes"] = True


def _push_items(state: StateBlock, items: list[ListItem], *, ended: bool) -> None:
    """Push the items. The tags of the paragraph that begins one are left out by kramdown's condition."""
    any_tight = False  # an item before begins with no paragraph of its own
    for item in items:
        open_item(state, "list_item_open", "li", item)
        index = len(state.tokens)
        state.blkIndent, outer = 0, state.blkIndent
        parse_inside(state, item.start, item.end)
        spread_tabs(state, item.start, item.end, index)
        state.blkIndent = outer
        children = [
            number
            for number, token in enumerate(state.tokens[index:], index)
            if token.level == state.level and token.nesting >= 0 and not token.hidden
        ]
        first = state.tokens[children[0]] if children else None
        if first is None or first.type != "paragraph_open" or first.map is None:
            any_tight = True
        else:
            last, after = item is items[-1], first.map[1]
            followed = after < item.end and state.isEmpty(after)
            stays = followed and not (last and len(children) == 1 and not ended)
            if not stays and not (last and len(items) > 1 and not any_tight):
                first.hidden = state.tokens[children[0] + 2].hidden = any_tight = True
        state.push("list_item_close", "li", -1)
