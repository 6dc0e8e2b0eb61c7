"""`{% # a comment %}` (Liquid 5). Comment blocks never become nodes."""

from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.syntax.nodes import Node
from mathblog.liquid.syntax.parser import Mark, Parser


class CommentNode(Node):
    """Prints nothing."""

    def render(self, context: Context, output: Output) -> None:
        """Do nothing."""


def read_comment(parser: Parser, mark: Mark) -> Node:
    """A comment."""
    return CommentNode(mark.tag, blank=True)
