"""jekyll-polyglot's tags on the site of the default language, which is the only one: its links lead where they are written."""

from html import escape

from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.seo.page import mapping
from mathblog.liquid.syntax.nodes import BlockBody, Node
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.syntax.token import Token
from mathblog.liquid.text import to_s


class StaticHrefNode(Node):
    """`{% static_href %}href="/ko/"{% endstatic_href %}`: an address to which no language is added."""

    def __init__(self, token: Token, body: BlockBody) -> None:
        super().__init__(token)
        self._body = body

    def render(self, context: Context, output: Output) -> None:
        """Write what stands in it."""
        self._body.render(context, output)


class HeadersNode(Node):
    """`{% I18n_Headers %}`: which pages are translations of one another. There are none, so the language of the site alone."""

    def render(self, context: Context, output: Output) -> None:
        """Write the element (`i18n_headers.rb`)."""
        language = to_s(mapping(context.find("site")).get("active_lang"))
        if language:
            output.write_at(f'<meta http-equiv="Content-Language" content="{escape(language)}">\n', self)


def read_static_href(parser: Parser, mark: Mark) -> Node:
    """Read the tag and its body."""
    return StaticHrefNode(mark.tag, parser.body(("endstatic_href",))[0])


def read_headers(_parser: Parser, mark: Mark) -> Node:
    """Read the tag, which has no arguments."""
    return HeadersNode(mark.tag)
