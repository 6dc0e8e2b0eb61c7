"""`{% if %}`, `{% unless %}` and `{% case %}`."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.errors import LiquidError, TemplateError
from mathblog.liquid.expressions.compare import equals, is_true
from mathblog.liquid.expressions.conditions import read_condition
from mathblog.liquid.expressions.values import QUOTED_FRAGMENT, Expression, Literal, read_value
from mathblog.liquid.syntax.nodes import BlockBody, Node, trimmed
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.syntax.token import Token

_FRAGMENT = lazy_pattern(rf"({QUOTED_FRAGMENT})")
_WHEN = lazy_pattern(rf"({QUOTED_FRAGMENT})(?:(?:\s+or\s+|\s*,\s*)({QUOTED_FRAGMENT}.*))?", re.DOTALL)
_NEVER = Literal("false", value=False)
_ALWAYS = Literal("true", value=True)


class Branch(NamedTuple):
    """A branch: its body is rendered when a condition holds, or, `inverted`, when it does not."""

    markup: Token
    condition: Expression
    body: BlockBody
    inverted: bool = False


class ConditionalNode(Node):
    """Renders the first branch whose condition holds."""

    def __init__(self, token: Token, branches: Sequence[Branch]) -> None:
        bodies, blank = trimmed(*(branch.body for branch in branches))
        super().__init__(token, blank=blank)
        self._branches = [branch._replace(body=body) for branch, body in zip(branches, bodies, strict=True)]

    def render(self, context: Context, output: Output) -> None:
        """Look for the branch and render it."""
        for markup, condition, body, inverted in self._branches:
            context.place = markup
            try:
                holds = is_true(condition.evaluate(context))
            except LiquidError as error:
                context.report(error, markup)
                holds = inverted  # neither this branch nor the tag after it is spoiled
            if holds is not inverted:
                body.render(context, output)
                return


def read_if(parser: Parser, mark: Mark) -> Node:
    """All branches of an `if` or `unless`. An `else` in the middle ends the rest, as in Liquid."""
    branches: list[Branch] = []
    end = f"end{mark.tag.value}"
    place: Mark | None = mark
    while place and place.tag.value != end:
        condition: Expression = _ALWAYS
        if place.tag.value != "else":
            try:
                condition = parser.understood(read_condition(place.markup.value), place.markup)
            except TemplateError as error:  # at this tag: the reading is kept for all tags that are written so
                token, broken = place.markup if place.markup.value else place.tag, error.stop is not None
                parser.problems.append(TemplateError(error.message, token=token, hint=error.hint, broken=broken))
                condition = _NEVER
        body, after = parser.body(("elsif", "else", end))
        inverted = place.tag.value == "unless"
        branches.append(Branch(place.markup, condition, body, inverted))
        place = after
    return ConditionalNode(mark.tag, branches)


class CaseNode(Node):
    """Renders every branch that has the value, `else` if none had before it (Liquid's `tags/case.rb`)."""

    def __init__(
        self, token: Token, markup: Token, value: Expression, branches: list[tuple[list[Expression], BlockBody]]
    ) -> None:
        bodies, blank = trimmed(*(body for _, body in branches))
        super().__init__(token, blank=blank)
        self._markup = markup
        self._value = value
        self._branches = [(values, body) for (values, _), body in zip(branches, bodies, strict=True)]

    def render(self, context: Context, output: Output) -> None:
        """Compare the value with those of each branch; a branch that has it twice is rendered twice."""
        context.place = self._markup
        value = self._value.evaluate(context)
        found = False
        for values, body in self._branches:
            if not values and not found:
                body.render(context, output)
            for item in values:
                if equals(value, item.evaluate(context)):
                    found = True
                    body.render(context, output)


def read_case(parser: Parser, mark: Mark) -> Node:
    """The value and all branches; what stands before the first of them is left out."""
    found = _FRAGMENT.search(mark.markup.value)
    _, place = parser.body(("when", "else", "endcase"))
    branches: list[tuple[list[Expression], BlockBody]] = []
    while place and place.tag.value != "endcase":
        values: list[Expression] | None = []
        rest = place.markup.value if place.tag.value == "when" else None
        while rest is not None and values is not None:
            value = _WHEN.search(rest)
            if value is None:
                spot = place.markup if place.markup.value else place.tag
                message = "`when` names no value"
                parser.problems.append(TemplateError(message, token=spot, broken=True))
                values = None
            else:
                values.append(read_value(value[1]))
                rest = value[2]
        if place.tag.value == "else" and place.markup.value:
            message = "`else` takes no value"
            parser.problems.append(TemplateError(message, token=place.markup, hint="write `when`", broken=True))
        body, after = parser.body(("when", "else", "endcase"))
        if values is not None:
            branches.append((values, body))
        place = after
    if found is None:
        message = "a `case` of what?"
        raise TemplateError(message, hint="write it as `{% case page.layout %}`", broken=True)
    return CaseNode(mark.tag, mark.markup, read_value(found[1]), branches)
