"""Maths in raw HTML: formulas in an HTML block become tokens, its children; `<code>` and its like stay as they are."""

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.maths.html_maths import may_hold_formula, split_html
from mathblog.markdown.rules.math import scanner_of
from mathblog.model.options import MarkdownOptions
from mathblog.text.html_elements import CODE

_ELEMENT = lazy_pattern(rf"<({'|'.join((*CODE, 'kbd'))})(?=[\s>])[^<>]*>")


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Add a core rule that splits HTML blocks, and an inline rule for elements whose content is code."""

    def split(state: StateCore) -> None:
        for token in state.tokens:
            if token.type == "html_block" and may_hold_formula(token.content):
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
