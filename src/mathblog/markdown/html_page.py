"""Pages that are no Markdown: of HTML (`index.html` with front matter) only the formulas are parsed, of others nothing."""

from markdown_it.token import Token

from mathblog.extend.extensions import Extensions
from mathblog.markdown.locate import Locator
from mathblog.markdown.maths.html_maths import split_html
from mathblog.markdown.parser import Parsed
from mathblog.model.options import MarkdownOptions
from mathblog.model.shown import Shown


def parse_html(text: str, options: MarkdownOptions, extensions: Extensions, shown: Shown | None = None) -> Parsed:
    """The tokens of an HTML text: one block, its formulas taken out of it.

    Those of other documents, which `shown` knows, are HTML again, and what it marked as none is as it was.
    """
    text = text.replace("\0", "\ufffd")  # as in Markdown: a mark of a formula begins with it
    block = Token("html_block", "", 0, content=text, map=[0, text.count("\n") + 1], block=True)
    pieces = split_html(text, options)
    if shown is not None:
        block.content = shown.clean(text)
        if shown.took_out or block.content is not text:
            pieces = pieces or [block]
            for index, piece in enumerate(pieces):
                is_formula = piece.type == "math_inline"
                html = (
                    shown.find(piece.content, display=piece.meta["display"])
                    if is_formula
                    else shown.clean(piece.content)
                )
                if html is not None:
                    pieces[index] = Token("html_block", "", 0, content=html)
    block.children = pieces
    return Parsed(text, options, extensions, [block], {}, Locator(text).locate([block]))


def parse_text(text: str, options: MarkdownOptions, extensions: Extensions) -> Parsed:
    """A file that is neither Markdown nor HTML (`feed.xml`, `search.json`): it stays as it is."""
    block = Token("html_block", "", 0, content=text, map=[0, text.count("\n") + 1], block=True)
    return Parsed(text, options, extensions, [block], {}, ())
