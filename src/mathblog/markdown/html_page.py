"""Pages that are no Markdown: of HTML (`index.html` with front matter) only the formulas are parsed, of others nothing."""

from markdown_it.token import Token

from mathblog.markdown.html_maths import split_html
from mathblog.markdown.locate import Locator
from mathblog.markdown.parser import Parsed
from mathblog.model.options import MarkdownOptions


def parse_html(text: str, options: MarkdownOptions) -> Parsed:
    """The tokens of an HTML text: one block, its formulas taken out of it."""
    block = Token("html_block", "", 0, content=text, map=[0, text.count("\n") + 1], block=True)
    block.children = split_html(text, options)
    return Parsed(text, options, [block], {}, Locator(text).locate([block]))


def parse_text(text: str, options: MarkdownOptions) -> Parsed:
    """A file that is neither Markdown nor HTML (`feed.xml`, `search.json`): it stays as it is."""
    block = Token("html_block", "", 0, content=text, map=[0, text.count("\n") + 1], block=True)
    return Parsed(text, options, [block], {}, ())
