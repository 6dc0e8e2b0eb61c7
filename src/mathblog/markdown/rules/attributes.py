"""Attribute lists (kramdown's IAL): `{: #id .class key="value"}` beside a block or right after a span, `## A {#id}`.

A list on a line of its own belongs to the block before it when it touches that block, else to the block after it.
`{:name: .class}` defines a list that others name.
"""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.attribute_lists import Lists, add
from mathblog.markdown.rules.blocks.lines import first_char
from mathblog.markdown.rules.html.html_tags import opened_tag
from mathblog.model.options import MarkdownOptions

_LIST = lazy_pattern(r"\{:(?![:/])((?:\\\}|[^}\n])*)\}")
_LINE = lazy_pattern(r"\{:(?![:/])(?:([A-Za-z0-9_][\w-]*):(?=[^}]))?((?:\\\}|[^}\n])*)\}[ \t]*$")
_HEADING_ID = lazy_pattern(r"[ \t]+\{#([A-Za-z_:][\w:.-]*)\}[ \t]*$")
_CLOSING_MARKS = lazy_pattern(r"[ \t]+#+[ \t]*$")
_SPANS = ("code_inline", "image", "math_inline")
_MARKS = ("element_open", "element_close")  # around what is parsed in an HTML element
_LONGEST = 400  # characters of a list in running text, so that none without an end is searched for it over and over
_BEFORE = "*_`)]>$~\\}"  # the last characters of what has attributes


def install(md: MarkdownIt, _options: MarkdownOptions) -> None:
    """Add a block rule for lists on lines of their own, an inline rule for those after spans, a core rule to apply them."""
    md.block.ruler.before("fence", "attributes", _block, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.inline.ruler.before("escape", "attributes", _inline)
    md.core.ruler.after("block", "heading_id", _take_heading_ids)
    md.core.ruler.after("inline", "attributes", _apply_all)


def _block(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:  # noqa: FBT001
    start = first_char(state, start_line)
    if state.src[start : start + 2] != "{:" or state.is_code_block(start_line):
        return False
    found = _LINE.match(state.src, start, state.eMarks[start_line])
    if found is None or (silent and found[1]):  # kramdown ends no paragraph before a definition
        return False
    if not silent:
        token = state.push("attributes" if not found[1] else "block_end", "", 0)
        token.hidden = True
        token.content = found[2]
        token.map = [start_line, start_line + 1]
        token.meta["apart"] = (
            start_line > 0 and state.isEmpty(start_line - 1) and len(state.tokens) > 1 and state.tokens[-2].nesting <= 0
        )
        if found[1]:
            lists = state.env.setdefault("lists", {})
            lists[found[1]] = f"{lists.get(found[1], '')} {found[2]}"
        state.env["attributes"] = True
        state.line = start_line + 1
    return True


def _inline(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    if state.src[state.pos] != "{" or not state.pos or state.src[state.pos - 1] not in _BEFORE:
        return False
    found = _LIST.match(state.src, state.pos, min(state.posMax, state.pos + _LONGEST))
    if found is None:
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.hidden = True
        token.content = found[1]
        token.markup = found[0]
        state.env["attributes"] = True
    state.pos = found.end()
    return True


def _take_heading_ids(state: StateCore) -> None:
    for index, token in enumerate(state.tokens):
        if token.type == "heading_open":
            text = state.tokens[index + 1]
            found = _HEADING_ID.search(text.content) if text.content.rstrip().endswith("}") else None
            if found:
                token.attrSet("id", found[1])
                text.content = text.content[: found.start()]
                if token.markup.startswith("#"):
                    text.content = _CLOSING_MARKS.sub("", text.content)


def _apply_all(state: StateCore) -> None:
    if "attributes" not in state.env:
        return
    named: Lists = state.env.get("lists", {})
    for token in state.tokens:
        if token.type == "inline" and token.children and any(child.type == "attributes" for child in token.children):
            token.children = apply_spans(token.children, named)
        elif "list" in token.meta:
            add(token, token.meta["list"], named)
    state.tokens = _apply_blocks(state.tokens, named)
    if state.env.get("references"):
        # what stands beside the link itself goes before what stands beside its definition
        for token in state.tokens:
            for child in token.children or ():
                definition = child.meta.get("definition")
                if definition is not None and definition.token.attrs:
                    child.attrs = {**definition.token.attrs, **child.attrs}


def apply_spans(tokens: Sequence[Token], named: Lists) -> list[Token]:
    """The tokens of a line of text without its attribute lists, which are given to what they stand behind."""
    kept: list[Token] = []
    opened: list[Token] = []
    last: Token | None = None  # the span that ended directly before
    for token in tokens:
        if token.type == "attributes":
            if last is None:
                kept.append(Token("text", "", 0, content=token.markup, level=token.level))
            else:
                add(last, token.content, named)
            continue
        kept.append(token)
        if token.nesting > 0:
            opened.append(token)
            last = None
        elif token.nesting < 0:
            last = opened.pop()
        elif token.type == "html_inline":
            last = opened_tag(kept)
        elif token.type != "text" or token.content:  # the marks of emphasis are emptied texts
            last = token if token.type in _SPANS else None
    return kept


def _apply_blocks(tokens: Sequence[Token], named: Lists) -> list[Token]:
    kept: list[Token] = []
    waiting: list[Token] = []
    opened: list[Token] = []
    last: Token | None = None  # the block that ended last in the present container
    ends = -1  # and the line after it and after the lists that touch it
    for token in tokens:
        if token.type == "attributes" and last is not None and token.map and token.map[0] == ends:
            add(last, token.content, named)
            ends += 1
        elif token.type == "attributes":
            waiting.append(token)
        elif token.type == "block_end":
            last = token if "definition" in token.meta else None
            if last is not None:
                _give(waiting, token, named)
                ends = token.map[1] if token.map else ends
        else:
            _give(waiting, token, named)
            if token.nesting > 0:
                opened.append(token)
                last = None
            elif token.nesting < 0:
                last = opened.pop()
            else:
                last = token.meta.get("opening", token)
            place = last.map if last is not None and token.nesting else token.map
            ends = max(ends, place[1]) if place and last is not None else ends
            if token.type not in _MARKS:
                kept.append(token)
    return kept


def _give(waiting: list[Token], token: Token, named: Lists) -> None:
    """Give a block the lists above it. Those above a blank line are lost, but for those below one, too, as in kramdown."""
    below = waiting[-1].map if waiting and token.nesting >= 0 else None
    if below and token.map and (waiting[0].meta["apart"] or token.map[0] == below[1]):
        for attributes in waiting:
            add(token, attributes.content, named)
    waiting.clear()
