"""A line that is only `<br>`, `<img …>` or `<span …>` belongs to its paragraph: kramdown's `HTML_SPAN_ELEMENTS`.

CommonMark (HTML blocks, kind 7) takes such a line and all that follows up to a blank line for raw HTML, so that a
heading or a formula below a `<br/>` is lost.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, html_block

from mathblog.model.options import MarkdownOptions

_SPAN = re.compile(
    r"</?(?:a|abbr|acronym|b|bdo|big|br|button|cite|code|del|dfn|em|i|img|input|ins|kbd|label|mark|option|q|rb|rbc|rp|rt"
    r"|rtc|ruby|samp|select|small|span|strong|sub|sup|time|tt|u|var)(?=[\s/>])",
    re.IGNORECASE,
)


def install(md: MarkdownIt, _options: MarkdownOptions) -> None:
    """Let no span element begin an HTML block."""

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        if _SPAN.match(state.src, state.bMarks[start] + state.tShift[start]):
            return False
        return html_block(state, start, end, silent)

    md.block.ruler.at("html_block", rule, {"alt": ["paragraph", "reference", "blockquote"]})
