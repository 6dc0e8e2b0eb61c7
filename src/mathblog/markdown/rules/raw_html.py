"""Maths in raw HTML: formulas in an HTML block become tokens, its children; `<code>` and its like stay as they are."""

import re
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from mathblog.markdown.rules.math import scanner_of
from mathblog.model.delimiters import MATH, Region
from mathblog.model.options import MarkdownOptions
from mathblog.model.regions import scan

_ELEMENT = re.compile(r"<(code|kbd|pre|script|style|textarea)(?=[\s>])[^<>]*>")
_SIGN = re.compile(r"\$|\\\\[(\[]|\\begin\{")
_ENTITY = re.compile(r"&(?:lt|gt|amp);")


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Add a core rule that splits HTML blocks, and an inline rule for elements whose content is code."""

    def split(state: StateCore) -> None:
        for token in state.tokens:
            if token.type == "html_block" and _SIGN.search(token.content):
                token.children = split_html(token.content, options)

    def element(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        opening = _ELEMENT.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "<" else None
        if opening is None:
            return False
        closer = f"</{opening[1]}>"
        end = scanner_of(state, options).find(closer, opening.end())
        if not 0 <= end <= state.posMax - len(closer):
            return False
        if not silent:
            state.push("html_inline", "", 0).content = state.src[state.pos : end + len(closer)]
        state.pos = end + len(closer)
        return True

    md.core.ruler.after("inline", "math_html", split)
    md.inline.ruler.before("html_inline", "raw_element", element)


def split_html(html: str, options: MarkdownOptions) -> list[Token] | None:
    """The pieces of an HTML text, HTML and formulas in turn; None where it has no formula."""
    pieces: list[Token] = []
    position = 0
    for region in scan(html, options):
        if region.kind == MATH:
            pieces += [Token("html_block", "", 0, content=html[position : region.start]), _formula(html, region)]
            position = region.end
    return [*pieces, Token("html_block", "", 0, content=html[position:])] if pieces else None


def _formula(html: str, region: Region) -> Token:
    tex = html[region.inner_start : region.inner_end]
    start = region.inner_start + len(tex) - len(tex.lstrip())
    meta = {"display": region.display or _is_alone(html, region), "start": start, "end": start + len(tex.strip())}
    content = _ENTITY.sub(lambda entity: unescape(entity[0]), tex.strip())
    return Token("math_inline", "math", 0, content=content, meta=meta)


def _is_alone(html: str, region: Region) -> bool:
    """Whether `$$…$$` is all that its element holds: kramdown's rule, alone is display and in a text is inline."""
    if not html.startswith("$$", region.start):
        return False
    before, after = region.start - 1, region.end
    while before >= 0 and html[before].isspace():
        before -= 1
    while after < len(html) and html[after].isspace():
        after += 1
    return (before < 0 or html[before] == ">") and (after == len(html) or html[after] == "<")
