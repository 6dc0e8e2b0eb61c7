"""`{{ name … }}` in a formula or in code: Liquid when the name has a value there, the author's text otherwise."""

from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.expressions.outputs import Filtered, read_output
from mathblog.liquid.expressions.values import Expression, Path
from mathblog.liquid.syntax.nodes import Node
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.tags.output import OutputNode
from mathblog.liquid.tags.text import TextNode


class MaybeNode(Node):
    """Decides when it is rendered, since an include or a loop may give the name its value."""

    def __init__(self, mark: Mark, expression: Expression) -> None:
        super().__init__(mark.tag)
        self._expression = expression
        self._output = OutputNode(mark.tag._replace(kind="output"), mark.markup, expression)
        self._text = TextNode(mark.tag)

    def render(self, context: Context, output: Output) -> None:
        """Print the value, or copy the text."""
        node: Node = self._output if self._is_liquid(context) else self._text
        node.render(context, output)

    def _is_liquid(self, context: Context) -> bool:
        value = self._expression
        if isinstance(value, Filtered):
            if any(item.name not in context.extensions.filters for item in value.filters):
                return False
            value = value.value
        return not isinstance(value, Path) or (isinstance(value.name, str) and context.knows(value.name))


def read_maybe(parser: Parser, mark: Mark) -> Node:
    """A doubtful output; an expression that strict Liquid refuses is text."""
    reading = read_output(mark.markup.value)
    return TextNode(mark.tag) if reading.lax else MaybeNode(mark, reading.expression)
