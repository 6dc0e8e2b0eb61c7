"""`{{ expression | filter }}` and `{% echo expression %}`."""

from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.expressions.values import Expression
from mathblog.liquid.syntax.nodes import Node
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.syntax.token import Token
from mathblog.liquid.text import to_text


class OutputNode(Node):
    """Prints a value as Ruby would; a filter that fails spoils this place only."""

    __slots__ = ("_expression", "_markup")

    def __init__(self, token: Token, markup: Token, expression: Expression) -> None:
        super().__init__(token)
        self._markup = markup
        self._expression = expression

    def render(self, context: Context, output: Output) -> None:
        """Evaluate and print."""
        context.place = self._markup
        context.run.steps += 1  # it takes longer than a text
        output.write_at(to_text(self._expression.evaluate(context), context.limits), self)


def read_output_tag(parser: Parser, mark: Mark) -> Node:
    """An output, or the tag that is another spelling of it."""
    return OutputNode(mark.tag, mark.markup, parser.value(mark.markup))
