"""`{% assign name = value | filter %}` and `{% capture name %}…{% endcapture %}`."""

import re

from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.errors import TemplateError
from mathblog.liquid.expressions.values import Expression
from mathblog.liquid.syntax.nodes import BlockBody, Node
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.syntax.token import Token

_NAME = r"(?:\(?[\w.\[\]-]\)?)+"
_ASSIGN = lazy_pattern(rf"({_NAME})\s*=\s*(.*)\s*", re.DOTALL)
_CAPTURE = lazy_pattern(rf"({_NAME})")


class AssignNode(Node):
    """Gives a name a value."""

    def __init__(self, token: Token, name: str, markup: Token, value: Expression) -> None:
        super().__init__(token, blank=True)
        self._name = name
        self._markup = markup
        self._value = value

    def render(self, context: Context, output: Output) -> None:
        """Evaluate and keep."""
        context.place = self._markup
        context.assign(self._name, self._value.evaluate(context))


def read_assign(parser: Parser, mark: Mark) -> Node:
    """The name and the value; nothing after the `=` is `nil`."""
    found = _ASSIGN.search(mark.markup.value)
    if found is None:
        message = f"not an assignment: `{mark.markup.value}`" if mark.markup.value else "`assign` assigns nothing"
        raise TemplateError(message, hint="write it as `{% assign name = value %}`", broken=True)
    markup = mark.markup.part(found.start(2), found[2])
    return AssignNode(mark.tag, found[1], markup, parser.value(markup))


class CaptureNode(Node):
    """Gives a name the text that its content renders to."""

    def __init__(self, token: Token, name: str, body: BlockBody) -> None:
        super().__init__(token, blank=True)
        self._name = name
        self._body = body

    def render(self, context: Context, output: Output) -> None:
        """Render and keep."""
        inner = Output(context.limits.characters)
        self._body.render(context, inner)
        context.assign(self._name, inner.getvalue())


def read_capture(parser: Parser, mark: Mark) -> Node:
    """The name, quoted or not, and the content."""
    found = _CAPTURE.search(mark.markup.value)
    body, _ = parser.body(("endcapture",))
    if found is None:
        message = "`capture` names no variable"
        raise TemplateError(message, hint="write it as `{% capture name %}`", broken=True)
    return CaptureNode(mark.tag, found[1], body)
