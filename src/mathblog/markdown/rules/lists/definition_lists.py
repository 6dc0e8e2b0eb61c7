"""Definition lists (kramdown's `parse_definition_list`): lines of terms, then definitions that begin with `: `."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.blocks.lines import container, end_block, first_char, indent, parse_inside, spread_tabs
from mathblog.markdown.rules.lists.lists import ITEM_ATTRIBUTES, collect, open_item
from mathblog.model.options import MarkdownOptions

_MARK = lazy_pattern(r":(?=[ \t])")
_DEEPEST = 3


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Add a block rule, which makes terms of the paragraph before."""

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        if indent(state, start) > _DEEPEST or not _MARK.match(state.src, first_char(state, start)):
            return False
        if silent:
            return True
        if not state.tokens or state.tokens[-1].type != "paragraph_close" or state.tokens[-1].level != state.level:
            return False
        opening, terms = state.tokens[-3:-1]
        if terms.map is None or terms.map[1] < start - 1:  # at most one blank line stands between
            return False
        terms.meta.update(opening.meta)
        del state.tokens[-3:]
        _parse(state, terms, start, end, options)
        return True

    md.block.ruler.before("html_block", "definition_list", rule, {"alt": ["paragraph", "reference"]})


def _parse(state: StateBlock, terms: Token, start: int, end: int, options: MarkdownOptions) -> None:
    first = terms.map[0] if terms.map else start
    if state.tokens and state.tokens[-1].type == "dl_close" and state.tokens[-1].level == state.level:
        state.tokens.pop()
        state.level += 1
    else:
        opening = state.push("dl_open", "dl", 1)
        opening.map, opening.meta = [first, start], terms.meta
    for line, term in enumerate(terms.content.split("\n"), first):
        term_opening = state.push("dt_open", "dt", 1)
        term_opening.map = [line, line + 1]
        attributes = ITEM_ATTRIBUTES.match(term)
        if attributes:
            term_opening.meta["list"] = attributes[1]
            state.env["attributes"] = True
        text = state.push("inline", "", 0)
        text.content = term[attributes.end() if attributes else 0 :].strip()
        text.map, text.children = [line, line + 1], []
        state.push("dt_close", "dt", -1)
    with container(state):
        items, line = collect(state, _MARK, start, end, options)
        for item in items:
            open_item(state, "dd_open", "dd", item)
            index = len(state.tokens)
            parse_inside(state, item.start, item.end)
            spread_tabs(state, item.start, item.end, index)
            begun = state.tokens[index] if index < len(state.tokens) else None
            if begun and begun.type == "paragraph_open" and not state.isEmpty(item.start - 1):
                begun.hidden = state.tokens[index + 2].hidden = True
            state.push("dd_close", "dd", -1)
    state.push("dl_close", "dl", -1)
    if line > items[-1].end:
        end_block(state)
    state.line = line
