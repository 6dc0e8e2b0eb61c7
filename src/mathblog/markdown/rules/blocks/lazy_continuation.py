"""Lines that end lazy continuation, a text that goes on without an indentation: kramdown's `LAZY_END` (`parser/paragraph.rb`)."""

import re

from markdown_it.rules_block import StateBlock

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.blocks.lines import first_char, indent

END_OF_BLOCK = lazy_pattern(r"\^[ \t]*$", re.MULTILINE)
ATTRIBUTES = lazy_pattern(r"\{:(?![:/])(?:\\\}|[^}\n])*\}[ \t]*$", re.MULTILINE)
SPAN_ELEMENTS = (  # kramdown's HTML_SPAN_ELEMENTS
    "a|abbr|acronym|b|bdo|big|br|button|cite|code|del|dfn|em|i|img|input|ins|kbd|label|mark|option|q|rb|rbc|rp|rt"
    "|rtc|ruby|samp|select|small|span|strong|sub|sup|time|tt|u|var"
)
_BLOCK_TAG = lazy_pattern(rf"</?(?!(?:{SPAN_ELEMENTS}|script)(?=[\s/>]|$))[A-Za-z][\w-]*(?=[\s/>]|$)", re.IGNORECASE)
_DEEPEST = 3


def ends_lazy_text(state: StateBlock, line: int) -> bool:
    """Whether a line that is not blank ends a quote, a list item or a paragraph that it is not indented for."""
    at = first_char(state, line)
    sign = state.src[at]
    if sign == "^":
        return indent(state, line) == 0 and END_OF_BLOCK.match(state.src, at, state.eMarks[line]) is not None
    return indent(state, line) <= _DEEPEST and begins_block_markup(state, line)


def begins_block_markup(state: StateBlock, line: int) -> bool:
    """Whether an attribute list or a tag of a block element begins a line."""
    at, end = first_char(state, line), state.eMarks[line]
    sign = state.src[at]
    if sign == "{":
        return ATTRIBUTES.match(state.src, at, end) is not None
    return sign == "<" and _BLOCK_TAG.match(state.src, at, end) is not None
