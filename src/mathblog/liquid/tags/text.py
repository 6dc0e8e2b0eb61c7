"""Text between tags: copied, with a note of where it stood."""

from typing import TextIO

from liquid.builtin.content import ContentNode, Literal
from liquid.context import RenderContext
from liquid.token import Token

from mathblog.liquid.buffer import LocatedOutput
from mathblog.liquid.environment import Context
from mathblog.liquid.problems import whole_span
from mathblog.liquid.template import TemplateText


class TextNode(ContentNode):
    """A stretch of the author's own characters."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Copy it."""
        if isinstance(context, Context):
            context.run.step()
        return self.copy_to(buffer)

    def copy_to(self, buffer: TextIO) -> int:
        """Write the characters, marked as copied where the stream takes marks."""
        if isinstance(buffer, LocatedOutput):
            return buffer.write_source(self.text, self.token.start_index)
        return buffer.write(self.text)


class TextTag(Literal):
    """Makes `TextNode`s."""

    node_class = TextNode


def is_code(token: Token) -> bool:
    """Whether a tag stands in a piece of code, where what is no Liquid after all is the author's text."""
    return isinstance(token.source, TemplateText) and token.source.in_code(token.start_index)


def write_code(token: Token, buffer: TextIO) -> int:
    """Write a tag that stands in code as the author wrote it; elsewhere nothing."""
    if not is_code(token):
        return 0
    span = whole_span(token)
    text = str(token.source)[span.start : span.end]
    return TextNode(token._replace(start_index=span.start, value=text), text).copy_to(buffer)
