"""Tags and filters of plugins: functions of plain values, as Liquid's nodes and filters."""

import datetime
from collections.abc import Callable, Mapping
from functools import partial

from mathblog.core.patterns import lazy_pattern
from mathblog.core.stops import Stop
from mathblog.extend.api import FilterFunction, TagCall, TagFunction
from mathblog.extend.plugins import PluginError, checked, checked_text
from mathblog.extend.reading import read_file
from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.errors import LiquidError
from mathblog.liquid.expressions.outputs import read_output
from mathblog.liquid.expressions.values import known_variable
from mathblog.liquid.syntax.nodes import BlockBody, Node
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.text import to_s
from mathblog.model.values import Value

_WORD = lazy_pattern(
    r"(?:(?P<name>[A-Za-z_][\w-]*)\s*=\s*)?(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>\S+))"
)
_HINT = "correct the plugin, or what it is given here"


class PluginNode(Node):
    """A tag of a plugin; its body is None where it stands alone."""

    def __init__(self, mark: Mark, function: TagFunction, body: BlockBody | None) -> None:
        super().__init__(mark.tag)
        self._mark, self._function, self._body = mark, function, body

    def render(self, context: Context, output: Output) -> None:
        """Write what the plugin makes of the tag."""
        inner = Output(context.limits.characters)
        if self._body is not None:
            self._body.render(context, inner)
        name, text = self.token.value, self._mark.markup.value
        arguments: list[Value] = []
        options: dict[str, Value] = {}
        for word in _WORD.finditer(text):
            quoted = word["single"] if word["double"] is None else word["double"]
            variable = known_variable(word["bare"], context) if quoted is None else None
            value = as_plain(variable.evaluate(context)) if variable else word["bare"] if quoted is None else quoted
            if word["name"]:
                options[word["name"]] = value
            else:
                arguments.append(value)
        try:
            call = TagCall(
                name,
                text,
                tuple(arguments),
                options,
                inner.getvalue(),
                {key: as_plain(item) for key, item in context.run.document.meta.data.items()},
                partial(_value_of, context),
                partial(_markdown_of, context),
                partial(read_file, context.run.view),
            )
            html = checked_text(self._function(call), f"the tag `{name}`")
        except PluginError as error:
            raise _stopped(error) from error
        context.run.step(1 + (len(html) >> 5))
        output.write_at(html, self)


def plugin_tag(function: TagFunction, parser: Parser, mark: Mark, *, is_block: bool) -> Node:
    """A `ReadTag` of the parser's, when it is given the function of the plugin."""
    body = parser.body((f"end{mark.tag.value}",))[0] if is_block else None
    return PluginNode(mark, function, body)


def plugin_filter(name: str, function: FilterFunction) -> Callable[..., object]:
    """A filter of Liquid's that asks the function of the plugin."""

    def apply(value: object, *arguments: object, **named: object) -> object:
        try:
            given = {key: as_plain(item) for key, item in named.items()}
            return checked(function(as_plain(value), *map(as_plain, arguments), **given), f"the filter `{name}`")
        except PluginError as error:
            raise _stopped(error) from error

    return apply


def as_plain(value: object) -> Value:
    """A value of a template as YAML would have it: what the site's objects say as mappings, other objects as texts.

    Raises:
        PluginError: where it holds itself.

    """
    try:
        return _as_plain(value)
    except RecursionError:
        message = "a plugin is given a value that holds itself"
        raise PluginError(message) from None


def _as_plain(value: object) -> Value:
    if value is None or isinstance(value, bool | int | float | datetime.date):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {to_s(key): _as_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_as_plain(item) for item in value]
    return to_s(value)


def _value_of(context: Context, expression: str) -> Value:
    return as_plain(read_output(expression).expression.evaluate(context))


def _markdown_of(context: Context, text: str) -> str:
    context.run.step(1 + len(text))
    return context.run.services.markdownify(text)


def _stopped(error: PluginError) -> LiquidError:
    """The problem at the place that asked the plugin: an error, as Jekyll stops at a plugin's exception."""
    problem = LiquidError(str(error), hint=_HINT)
    problem.stop = Stop.PLUGIN
    return problem
