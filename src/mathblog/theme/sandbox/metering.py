"""What counts the steps of a template, put into it before it is compiled: what loops, macros, includes, comparisons and copies cost."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from jinja2 import nodes, pass_context
from jinja2.runtime import Context, Undefined

from mathblog.theme.sandbox.budget import TEMPLATE, Budget, weigh, weigh_all
from mathblog.theme.sandbox.operations import concatenate
from mathblog.theme.sandbox.showing import may_stay_long, reads_long, whole

_PAYING = frozenset({nodes.Template, nodes.Macro, nodes.CallBlock, nodes.Block})
_LEAVES = frozenset({nodes.Name, nodes.NSRef, nodes.Const, nodes.TemplateData})
# filters that `Metering` puts into templates
_EACH, _COST, _JOIN, _WHOLE, _WEIGHED, _SEARCHED, _COPIED = (
    "_each", "_cost", "_join", "_whole", "_weighed", "_searched", "_copied",
)  # fmt: skip


class Metering:
    """Puts into a template what counts its steps: loops by the length of their bodies, macros and templates by theirs.

    A length is the number of nodes that were visited below a node, so that each template is walked once.
    """

    def __init__(self) -> None:
        self._visited = 0

    def visit(self, node: Any) -> Any:
        """Return what stands in the place of a node. Jinja's own visitors look for a method by a name that they make up."""
        self._visited += 1
        kind = type(node)
        if kind in _PAYING:
            return self._begin_by_paying(node)
        if kind is nodes.For:
            size = self._visit_below(node)
            node.iter = _filtered(node.iter, _EACH, size)
            return node
        if reads_long(node):
            return _filtered(node, _WHOLE)
        if kind not in _LEAVES:
            self._visit_below(node)
        if kind is nodes.Compare:
            _weigh_operands(node)
        if kind is nodes.Getitem and isinstance(node.arg, nodes.Slice):
            return _filtered(node, _COPIED)
        if kind is nodes.Pair and not isinstance(node.key, nodes.Const):
            node.key = _filtered(node.key, _WEIGHED)
        if kind is nodes.Concat:
            return _filtered(nodes.Tuple(node.nodes, "load", lineno=node.lineno), _JOIN)
        return node

    def _begin_by_paying(self, node: Any) -> Any:
        size = self._visit_below(node) + (TEMPLATE if isinstance(node, nodes.Template) else 0)
        payment = nodes.ExprStmt(_filtered(nodes.Const(size, lineno=node.lineno), _COST), lineno=node.lineno)
        node.body.insert(0, payment)
        return node

    def _visit_below(self, node: Any) -> int:
        """Visit the nodes below a node; how many they are."""
        before = self._visited
        for name in node.fields:
            value = getattr(node, name, None)
            if isinstance(value, nodes.Node):
                setattr(node, name, self._visit_child(value, node))
            elif isinstance(value, list):
                value[:] = [self._visit_child(item, node) if isinstance(item, nodes.Node) else item for item in value]
        return self._visited - before

    def _visit_child(self, node: Any, parent: Any) -> Any:
        if may_stay_long(node, parent):
            self._visited += 1
            return node
        return self.visit(node)


def _weigh_operands(node: nodes.Compare) -> None:
    """Count what a comparison may cost: with a constant, nothing; else as much as its values hold."""
    values = [node.expr, *(operand.expr for operand in node.ops)]
    is_search = len(node.ops) == 1 and node.ops[0].op in {"in", "notin"}
    if len(node.ops) > 1 or not any(isinstance(value, nodes.Const) for value in values):
        node.expr = _filtered(node.expr, _WEIGHED)
    elif not is_search:
        return
    for operand in node.ops:
        operand.expr = _filtered(operand.expr, _SEARCHED if is_search else _WEIGHED)


def _filtered(value: Any, name: str, *arguments: int) -> nodes.Filter:
    given = [nodes.Const(argument, lineno=value.lineno) for argument in arguments]
    return nodes.Filter(value, name, given, [], None, None, lineno=value.lineno)


@pass_context
def _each(context: Context, items: Iterable[object], cost: int) -> Iterator[object]:
    if isinstance(items, Undefined):
        return iter(items)
    return _budget(context).each(items, cost)


@pass_context
def _weighed(context: Context, value: object) -> object:
    if steps := weigh_all(value):
        _budget(context).charge(steps)
    return value


@pass_context
def _searched(context: Context, value: object) -> object:
    _budget(context).charge(1 if isinstance(value, dict) else weigh_all(value))
    return value


@pass_context
def _copied(context: Context, value: object) -> object:
    _budget(context).charge(weigh(value))
    return value


@pass_context
def _cost(context: Context, steps: int) -> None:
    _budget(context).charge(steps)


def _budget(context: Context) -> Budget:
    budget: Budget = context.environment.budget  # type: ignore[attr-defined]
    return budget


METERS: Mapping[str, Callable[..., Any]] = {
    _EACH: _each, _COST: _cost, _JOIN: concatenate, _WHOLE: whole,
    _WEIGHED: _weighed, _SEARCHED: _searched, _COPIED: _copied,
}  # fmt: skip
"""The filters that count, by their names."""
