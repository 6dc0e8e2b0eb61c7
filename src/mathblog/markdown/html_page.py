"""A page that is HTML already (`index.html` with front matter): nothing is parsed but its formulas."""

from markdown_it.token import Token

from mathblog.markdown.locate import Locator
from mathblog.markdown.parser import Parsed
from mathblog.markdown.rules.raw_html import split_html
from mathblog.model.options import MarkdownOptions


def parse_html(text: str, options: MarkdownOptions) -> Parsed:
    """The tokens of an HTML text: one block, its formulas taken out of it."""
    block = Token("html_block", "", 0, content=text, map=[0, text.count("\n") + 1], block=True)
    block.children = split_html(text, options)
    return Parsed(text, options, [block], {}, Locator(text).locate([block]))
