"""Tags that remember: `{% cycle %}`, `{% increment %}`, `{% decrement %}`, `{% ifchanged %}`."""

import re

from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.errors import TemplateError
from mathblog.liquid.expressions.values import QUOTED_FRAGMENT, Expression, Literal, read_value
from mathblog.liquid.syntax.nodes import BlockBody, Node, trimmed
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.syntax.token import Token
from mathblog.liquid.text import to_text

_NAMED = lazy_pattern(rf"({QUOTED_FRAGMENT})\s*:\s*(.*)", re.DOTALL)
_FRAGMENT = lazy_pattern(rf"\s*({QUOTED_FRAGMENT})\s*")


class CycleNode(Node):
    """Prints its values in turn. Those of one name, or with the same literals, take turns together; any other by itself."""

    def __init__(self, token: Token, name: Expression | str, values: list[Expression]) -> None:
        super().__init__(token)
        self._name = name
        self._values = values

    def render(self, context: Context, output: Output) -> None:
        """Print the next value."""
        name = self._name.evaluate(context) if isinstance(self._name, Expression) else self._name
        name = ("named", to_text(name)) if isinstance(self._name, Expression) else name or self
        turns = context.register("cycle")
        turn = int(str(turns.get(name, 0)))
        value = self._values[turn] if turn < len(self._values) else None
        output.write_at(to_text(value.evaluate(context)) if value else "", self)
        turns[name] = turn + 1 if turn + 1 < len(self._values) else 0


def read_cycle(parser: Parser, mark: Mark) -> Node:
    """The name, where there is one, and the values (Liquid's `tags/cycle.rb`)."""
    markup = mark.markup.value
    named = _NAMED.match(markup)
    values = [
        read_value(found[1]) for part in (named[2] if named else markup).split(",") if (found := _FRAGMENT.search(part))
    ]
    if not values:
        message = "`cycle` names no values"
        raise TemplateError(message, hint="write it as `{% cycle 'odd', 'even' %}`", broken=True)
    literal = all(isinstance(value, Literal) for value in values)
    name = read_value(named[1]) if named else "; ".join(value.source for value in values) if literal else ""
    return CycleNode(mark.tag, name, values)


class CounterNode(Node):
    """Prints a counter, which has a name of its own: no variable of that name changes."""

    def __init__(self, token: Token, name: str, by: int) -> None:
        super().__init__(token)
        self._name = name
        self._by = by

    def render(self, context: Context, output: Output) -> None:
        """Count: up after printing, down before."""
        before = context.count(self._name, self._by)
        output.write_at(str(before if self._by > 0 else before - 1), self)


def read_counter(parser: Parser, mark: Mark) -> Node:
    """`{% increment name %}` or `{% decrement name %}`."""
    return CounterNode(mark.tag, mark.markup.value.strip(), 1 if mark.tag.value == "increment" else -1)


class IfChangedNode(Node):
    """Prints its content when it is not what it was the last time."""

    def __init__(self, token: Token, body: BlockBody) -> None:
        (self._body,), blank = trimmed(body)
        super().__init__(token, blank=blank)

    def render(self, context: Context, output: Output) -> None:
        """Render, compare, print."""
        inner = Output(context.limits.characters)
        self._body.render(context, inner)
        text = inner.getvalue()
        memory = context.register("ifchanged")
        if memory.get("") != text:
            memory[""] = text
            output.write_at(text, self)


def read_ifchanged(parser: Parser, mark: Mark) -> Node:
    """The content."""
    body, _ = parser.body(("endifchanged",))
    return IfChangedNode(mark.tag, body)
