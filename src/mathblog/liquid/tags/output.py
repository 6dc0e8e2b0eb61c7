"""`{{ expression | filter }}` and `{% echo expression %}`."""

from typing import TextIO

from liquid.ast import Node
from liquid.builtin.expressions import FilteredExpression
from liquid.builtin.output import Output, OutputNode
from liquid.context import RenderContext
from liquid.exceptions import ResourceLimitError
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import TOKEN_TAG
from liquid.undefined import is_undefined

from mathblog.liquid.environment import Context, TemplateError
from mathblog.liquid.problems import FAULTS, report_problem
from mathblog.liquid.tags.located import placed
from mathblog.liquid.text import to_text


class ExpressionNode(OutputNode):
    """Prints a value as Ruby would; a filter that fails spoils this place only."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Evaluate and print."""
        if not isinstance(context, Context):
            return int(super().render_to_output(context, buffer))
        context.run.step()
        text = evaluate(self, context)
        with placed(buffer, self.token):
            return buffer.write(text)


def evaluate(node: OutputNode, context: Context) -> str:
    """The text of an output; what went wrong with it is reported, and the text empty."""
    try:
        value = node.expression.evaluate(context)
        _check_variable(node, value, context)
        return to_text(value)
    except ResourceLimitError:
        raise
    except FAULTS as error:
        report_problem(context.run, error, node.token)
        return ""


def _check_variable(node: Node, value: object, context: Context) -> None:
    expression = getattr(node, "expression", None)
    if context.run.options.strict_variables and is_undefined(value) and isinstance(expression, FilteredExpression):
        message = f"undefined variable `{expression.left}`"
        raise TemplateError(message, token=expression.left.token, broken=True)


class OutputTag(Output):
    """Makes `ExpressionNode`s."""

    node_class = ExpressionNode


class EchoTag(Tag):
    """The same as a tag."""

    name = "echo"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        """Read the tag and its expression."""
        token = stream.eat(TOKEN_TAG)
        return ExpressionNode(token, FilteredExpression.parse(self.env, stream.into_inner(tag=token, eat=False)))
