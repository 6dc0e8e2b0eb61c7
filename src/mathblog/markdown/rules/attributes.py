"""Attribute lists (kramdown's IAL): `{: #id .class key="value"}` beside a block or right after a span, `## A {#id}`.

A list on a line of its own belongs to the block before it when it touches that block, else to the block after it.
"""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from mathblog.model.options import MarkdownOptions

_LIST = re.compile(r"\{:(?!:)([^{}\n]*)\}")
_LINE = re.compile(r"\{:(?!:)([^{}\n]*)\}[ \t]*$")
_WORD = re.compile(
    r"#(?P<id>[^\s.#=]+)|\.(?P<cls>[^\s.#=]+)|(?P<key>[\w:-]+)=(?:\"(?P<d>[^\"]*)\"|'(?P<s>[^']*)')|(?P<ref>[\w-]+)"
)
_HEADING_ID = re.compile(r"[ \t]+\{#([A-Za-z][\w:-]*)\}[ \t]*$")
_SPANS = ("em_close", "strong_close", "link_close", "s_close", "code_inline", "image", "math_inline", "html_inline")


def install(md: MarkdownIt, _options: MarkdownOptions) -> None:
    """Add a block rule for lists on lines of their own, an inline rule for those after spans, a core rule to apply them."""
    md.block.ruler.before("fence", "attributes", _block, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.inline.ruler.before("escape", "attributes", _inline)
    md.core.ruler.after("block", "heading_id", _take_heading_ids)
    md.core.ruler.after("inline", "attributes", _apply_all)


def _block(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:  # noqa: FBT001
    start = state.bMarks[start_line] + state.tShift[start_line]
    if state.src[start : start + 2] != "{:" or state.is_code_block(start_line):
        return False
    found = _LINE.match(state.src, start, state.eMarks[start_line])
    if found is None:
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.hidden = True
        token.content = found[1]
        token.map = [start_line, start_line + 1]
        state.line = start_line + 1
    return True


def _inline(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    if state.src[state.pos] != "{" or not state.pos:
        return False
    found = _LIST.match(state.src, state.pos, state.posMax)
    if found is None or state.src[state.pos - 1] not in "*_`)]>$~\\}":
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.hidden = True
        token.content = found[1]
        token.markup = found[0]
    state.pos = found.end()
    return True


def _take_heading_ids(state: StateCore) -> None:
    for index, token in enumerate(state.tokens):
        if token.type == "heading_open":
            text = state.tokens[index + 1]
            found = _HEADING_ID.search(text.content)
            if found:
                token.attrSet("id", found[1])
                text.content = text.content[: found.start()]


def _apply_all(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and token.children and any(child.type == "attributes" for child in token.children):
            token.children = _apply_spans(token.children)
    if any(token.type == "attributes" for token in state.tokens):
        state.tokens = _apply_blocks(state.tokens)


def _apply_spans(tokens: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    for token in tokens:
        if token.type != "attributes":
            kept.append(token)
            continue
        target = _opening(kept, len(kept) - 1) if kept and kept[-1].type in _SPANS else None
        if target is None:
            kept.append(Token("text", "", 0, content=token.markup, level=token.level))
        else:
            add(target, token.content)
    return kept


def _apply_blocks(tokens: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    waiting: list[Token] = []
    for token in tokens:
        if token.type == "attributes":
            target = _touched(kept, token)
            if target is None:
                waiting.append(token)
            else:
                add(target, token.content)
            continue
        if waiting and token.nesting < 0:
            waiting.clear()
        elif waiting:
            for attributes in waiting:
                add(token, attributes.content)
            waiting.clear()
        kept.append(token)
    return kept


def _touched(kept: Sequence[Token], attributes: Token) -> Token | None:
    """The block of the same level that ends on the line before an attribute list."""
    if not kept or kept[-1].level != attributes.level or kept[-1].nesting > 0:
        return None
    target = _opening(kept, len(kept) - 1)
    ends = target.map and attributes.map and _last_line(kept, target) == attributes.map[0]
    return target if ends else None


def _last_line(kept: Sequence[Token], target: Token) -> int:
    """The line after a block; lists and quotes count up to their last block."""
    ends = []
    for token in reversed(kept):
        if token.map and token.nesting == 0:
            ends.append(token.map[1])
            break
        if token is target:
            break
    return max(ends, default=target.map[1] if target.map else 0)


def _opening(tokens: Sequence[Token], index: int) -> Token:
    """The token that a closing one belongs to; others stand for themselves."""
    last = tokens[index]
    if last.nesting >= 0:
        return last
    kind = last.type.removesuffix("_close") + "_open"
    return next(t for t in reversed(tokens[:index]) if t.type == kind and t.level == last.level)


def add(token: Token, content: str) -> None:
    """Give a token the attributes of a list; a second `id` replaces the first, classes add up."""
    for word in _WORD.finditer(content):
        if word["id"]:
            token.attrSet("id", word["id"])
        elif word["cls"]:
            token.attrJoin("class", word["cls"])
        elif word["key"]:
            token.attrSet(word["key"], word["d"] if word["d"] is not None else word["s"])
        elif word["ref"]:
            token.meta.setdefault("refs", []).append(word["ref"])  # such as `toc`
