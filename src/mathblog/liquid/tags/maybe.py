"""`{{ name … }}` in a formula or in code: Liquid when the name has a value there, the author's text otherwise."""

from typing import TextIO

from liquid.ast import Node
from liquid.builtin.expressions import FilteredExpression, Path, tokenize
from liquid.builtin.output import OutputNode
from liquid.context import RenderContext
from liquid.exceptions import LiquidError
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG, Token

from mathblog.liquid.environment import Context
from mathblog.liquid.tags.output import ExpressionNode
from mathblog.liquid.tags.text import TextNode
from mathblog.liquid.tokens import MAYBE


class MaybeNode(Node):
    """Decides when it is rendered, since an include or a loop may give the name its value."""

    def __init__(self, token: Token, output: OutputNode, text: TextNode) -> None:
        super().__init__(token)
        self.blank = False
        self._output = output
        self._text = text

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Print the value, or copy the text."""
        node: Node = self._output if isinstance(context, Context) and self._is_liquid(context) else self._text
        return node.render_to_output(context, buffer)

    def _is_liquid(self, context: Context) -> bool:
        expression = self._output.expression
        if not isinstance(expression, FilteredExpression):
            return False
        if any(filter_.name not in context.env.filters for filter_ in expression.filters or ()):
            return False
        left = expression.left
        return not isinstance(left, Path) or context.knows(str(left.path[0]))


class MaybeTag(Tag):
    """Makes `MaybeNode`s; an expression that cannot be parsed is text."""

    name = MAYBE
    block = False

    def parse(self, stream: TokenStream) -> Node:
        """Read the two tokens of a doubtful output."""
        token = stream.eat(TOKEN_TAG)
        markup = stream.expect(TOKEN_EXPRESSION)
        text_source, start = token.source, token.start_index
        source = str(text_source)[start : text_source.index("}}", markup.start_index + len(markup.value)) + 2]
        text = TextNode(token._replace(value=source), source)
        try:
            expression = FilteredExpression.parse(self.env, TokenStream(tokenize(markup.value, markup)))
        except LiquidError:
            return text
        return MaybeNode(token, ExpressionNode(token._replace(kind="output", value=source), expression), text)
