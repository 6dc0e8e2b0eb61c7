"""Jinja for templates that anybody wrote (ADR 28)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from types import BuiltinMethodType, MethodType
from typing import Any

from jinja2 import FunctionLoader, nodes, pass_context
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext, Macro, TemplateReference, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from mathblog.core.source import SourceText
from mathblog.theme.sandbox.budget import CALL, TEMPLATE, Budget, weigh
from mathblog.theme.sandbox.nameless import Block, Function, NamelessJoiner, ThemeContext
from mathblog.theme.sandbox.operations import GLOBALS, GROWING, OPERATORS, concatenate, limited_filters
from mathblog.theme.sandbox.reach import is_indexed, reachable
from mathblog.theme.views.documents import DocumentDrop
from mathblog.theme.views.page import PageDrop
from mathblog.theme.views.website import SiteDrop

_CALLABLE = frozenset({Macro, Block, LoopContext, NamelessJoiner, Function, Undefined})
_KINDS: Mapping[type, str] = {
    str: "a text",
    Markup: "a text",
    dict: "a mapping",
    list: "a list",
    tuple: "a list",
    LoopContext: "`loop`",
    TemplateReference: "`self`",
    SiteDrop: "`site`",
    PageDrop: "`page`",
    DocumentDrop: "a document",
}
_EACH, _COST, _JOIN = "_each", "_cost", "_join"  # filters that `_Metering` puts into templates


class ThemeEnvironment(ImmutableSandboxedEnvironment):
    """Templates that read nothing but what `reach.py` allows, and stop where they do more than `budget.py` allows.

    What is refused raises a SecurityError where it stands; Jinja alone would print nothing in its place.
    """

    context_class = ThemeContext
    intercepted_binops = frozenset(OPERATORS)

    def __init__(self, sources: Mapping[str, SourceText], filters: Mapping[str, Callable[..., object]]) -> None:
        def load(name: str) -> tuple[str, str, None] | None:
            return (sources[name].text, name, None) if name in sources else None

        super().__init__(
            loader=FunctionLoader(load),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
        )
        self.budget = Budget()
        self.concat = self.budget.join  # type: ignore[method-assign]
        self.binop_table = {**self.binop_table, **OPERATORS}
        self.globals = dict(GLOBALS)
        self.filters = {**limited_filters(), **filters, "attr": _read_attribute}
        self.filters |= {_EACH: _each, _COST: _cost, _JOIN: concatenate}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return `obj.attribute`: an attribute that is allowed, else an item, else nothing."""
        kind: Any = type(obj)
        if attribute in reachable(kind):
            try:
                found = getattr(obj, attribute)
            except AttributeError:  # a view of a document that is not there
                pass
            else:
                is_method = type(found) in (BuiltinMethodType, MethodType)
                return Function(attribute, found, obj) if is_method else found
        elif attribute in GROWING and isinstance(obj, str):
            return Function(attribute, partial(GROWING[attribute], obj), obj)
        return self._item(obj, kind, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return `obj[argument]`: an item, else an attribute that is allowed, else nothing."""
        kind: Any = type(obj)
        if is_indexed(kind):
            try:
                return obj[argument]
            except (TypeError, LookupError):
                pass
        if isinstance(argument, str):
            return self.getattr(obj, str(argument))
        return self._item(obj, kind, argument)

    def _item(self, obj: Any, kind: type, name: Any) -> Any:
        if isinstance(obj, Undefined):
            obj._fail_with_undefined_error()  # noqa: SLF001 - what each of its attributes does
        indexed = is_indexed(kind)
        if indexed or kind is TemplateReference:
            try:
                found = obj[name]
            except (TypeError, LookupError):
                pass
            else:
                return found if indexed else Block.of(found)
        if kind is Namespace and isinstance(name, str) and not name.startswith("_"):
            return getattr(obj, name, self.undefined(obj=obj, name=name))
        if kind is TemplateModule and isinstance(name, str) and not name.startswith("_") and name in vars(obj):
            return vars(obj)[name]
        if isinstance(name, str) and (name.startswith("_" * (1 + indexed)) or hasattr(obj, name)):
            message = f"templates cannot read `{name}` of {_KINDS.get(kind, f'a `{kind.__name__}`')}"
            raise SecurityError(message)
        return self.undefined(obj=obj, name=name)

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call what a template may call: functions of the theme language, macros, blocks, methods that were read."""
        kind: Any = type(obj)
        self.budget.charge(CALL + (weigh(obj.owner) if kind is Function else 0) + sum(map(weigh, args)))
        if kind not in _CALLABLE and obj not in GLOBALS.values() and not isinstance(obj, Undefined):
            message = f"templates cannot call a `{kind.__name__}`"
            raise SecurityError(message)
        return context.call(obj.call if kind is Function else obj, *args, **kwargs)

    def _generate(self, source: nodes.Template, *names: Any, **options: Any) -> str:
        return super()._generate(_Metering().visit(source), *names, **options)


class _Metering(NodeTransformer):
    """Puts into a template what counts its steps: loops by the length of their bodies, macros and templates by theirs.

    A length is the number of nodes that were visited below a node, so that each template is walked once.
    """

    def __init__(self) -> None:
        self._visited = 0

    def visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> Any:
        self._visited += 1
        return super().visit(node, *args, **kwargs)

    def visit_Template(self, node: nodes.Template) -> nodes.Node:  # noqa: N802 - Jinja's name
        return self._begin_by_paying(node)

    def visit_Macro(self, node: nodes.Macro) -> nodes.Node:  # noqa: N802
        return self._begin_by_paying(node)

    def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.Node:  # noqa: N802
        return self._begin_by_paying(node)

    def visit_Block(self, node: nodes.Block) -> nodes.Node:  # noqa: N802
        return self._begin_by_paying(node)

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        node.iter = _filtered(node.iter, _EACH, self._visit_below(node))
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _filtered(nodes.Tuple(node.nodes, "load", lineno=node.lineno), _JOIN)

    def _begin_by_paying(self, node: Any) -> nodes.Node:
        size = self._visit_below(node) + (TEMPLATE if isinstance(node, nodes.Template) else 0)
        payment = nodes.ExprStmt(_filtered(nodes.Const(size, lineno=node.lineno), _COST), lineno=node.lineno)
        node.body.insert(0, payment)
        return node  # type: ignore[no-any-return]

    def _visit_below(self, node: nodes.Node) -> int:
        """Visit the nodes below a node; how many they are."""
        before = self._visited
        self.generic_visit(node)
        return self._visited - before


def _filtered(value: Any, name: str, *arguments: int) -> nodes.Filter:
    given = [nodes.Const(argument, lineno=value.lineno) for argument in arguments]
    return nodes.Filter(value, name, given, [], None, None, lineno=value.lineno)


@pass_context
def _each(context: Context, items: Iterable[object], cost: int) -> Iterator[object]:
    if isinstance(items, Undefined):
        return iter(items)
    return _budget(context).each(items, cost)


@pass_context
def _cost(context: Context, steps: int) -> None:
    _budget(context).charge(steps)


@pass_context
def _read_attribute(context: Context, value: object, name: str) -> object:
    """Return `value.name`: Jinja's `attr`, which never reads an item."""
    return context.environment.getattr(value, str(name))


def _budget(context: Context) -> Budget:
    budget: Budget = context.environment.budget  # type: ignore[attr-defined]
    return budget
