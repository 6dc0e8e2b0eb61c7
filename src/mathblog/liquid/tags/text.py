"""Text between tags: copied, with a note of where it stood."""

from mathblog.liquid.buffer import Output, whole_span
from mathblog.liquid.context import Context
from mathblog.liquid.syntax.nodes import Node
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.syntax.template import TemplateText
from mathblog.liquid.syntax.token import Token


class TextNode(Node):
    """A stretch of the author's own characters."""

    __slots__ = ("_start", "_text")
    is_text = True

    def __init__(self, token: Token) -> None:
        super().__init__(token, blank=not token.value.strip())
        self._text = token.value
        self._start = token.start_index

    def render(self, context: Context, output: Output) -> None:
        """Copy it."""
        output.write_source(self._text, self._start)


def read_text(parser: Parser, mark: Mark) -> Node:
    """A stretch of text."""
    return TextNode(mark.tag)


def is_code(token: Token) -> bool:
    """Whether a tag stands in a piece of code, where what is no Liquid after all is the author's text."""
    return isinstance(token.source, TemplateText) and token.source.in_code(token.start_index)


def write_code(token: Token, output: Output) -> None:
    """Write a tag that stands in code as the author wrote it; elsewhere nothing."""
    if is_code(token):
        span = whole_span(token)
        output.write_source(str(token.source)[span.start : span.end], span.start)
