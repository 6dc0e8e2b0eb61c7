"""Jinja for templates that anybody wrote (ADR 28)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from types import BuiltinMethodType, MethodType
from typing import Any

from jinja2 import BytecodeCache, FunctionLoader, TemplateSyntaxError, nodes, pass_context
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError, TemplateNotFound
from jinja2.runtime import Context, LoopContext, Macro, TemplateReference, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace, missing
from markupsafe import Markup

from mathblog.core.source import SourceText
from mathblog.theme.sandbox.budget import CALL, TEMPLATE, Budget, weigh_all
from mathblog.theme.sandbox.inlining import inline_includes
from mathblog.theme.sandbox.nameless import Block, Function, NamelessJoiner, ThemeContext
from mathblog.theme.sandbox.operations import GLOBALS, GROWING, OPERATORS, concatenate, limited_filters, limited_tests
from mathblog.theme.sandbox.reach import is_indexed, reachable
from mathblog.theme.sandbox.showing import ShowingGenerator, ThemeTemplate, may_stay_long, reads_long, show, whole
from mathblog.theme.views.documents import DocumentView
from mathblog.theme.views.page import PageView
from mathblog.theme.views.website import SiteView
from mathblog.theme.views.words import Words

_CALLABLE = frozenset({Macro, Block, LoopContext, NamelessJoiner, Function, Undefined})
_KINDS: Mapping[type, str] = {
    str: "a text",
    Markup: "a text",
    dict: "a mapping",
    list: "a list",
    tuple: "a list",
    LoopContext: "`loop`",
    TemplateReference: "`self`",
    SiteView: "`site`",
    PageView: "`page`",
    DocumentView: "a document",
}
_METHODS = frozenset({BuiltinMethodType, MethodType})
_PAYING = frozenset({nodes.Template, nodes.Macro, nodes.CallBlock, nodes.Block})
_LEAVES = frozenset({nodes.Name, nodes.NSRef, nodes.Const, nodes.TemplateData})
# filters that `_Metering` puts into templates
_EACH, _COST, _JOIN, _WHOLE, _WEIGHED = "_each", "_cost", "_join", "_whole", "_weighed"


class ThemeEnvironment(ImmutableSandboxedEnvironment):
    """Templates that read nothing but what `reach.py` allows, and stop where they do more than `budget.py` allows.

    What is refused raises a SecurityError where it stands; Jinja alone would print nothing in its place.
    """

    context_class = ThemeContext
    code_generator_class = ShowingGenerator
    template_class = ThemeTemplate
    intercepted_binops = frozenset(OPERATORS)

    def __init__(
        self,
        sources: Mapping[str, SourceText],
        filters: Mapping[str, Callable[..., object]],
        compiled: BytecodeCache | None = None,
        *,
        inlines: bool = True,
    ) -> None:
        def load(name: str) -> tuple[str, str, None] | None:
            return (sources[name].text, name, None) if name in sources else None

        super().__init__(
            loader=FunctionLoader(load),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            optimized=False,  # nothing that it could work out beforehand is left in a sandbox
            cache_size=-1,
            bytecode_cache=compiled,
        )
        self.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
        self.budget = Budget()
        self.inlines = inlines
        self.sources = sources
        self._own_filters = filters
        self.concat = self.budget.join  # type: ignore[method-assign]
        self.binop_table = {**self.binop_table, **OPERATORS}
        self.globals = dict(GLOBALS)
        self.filters = {**limited_filters(), **filters, "attr": _read_attribute}
        self.filters |= {_EACH: _each, _COST: _cost, _JOIN: concatenate, _WHOLE: whole, _WEIGHED: _weighed}
        self.tests = limited_tests()
        self.show = show

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return `obj.attribute`: an attribute that is allowed, else an item, else nothing."""
        kind: Any = type(obj)
        if kind is Words:  # which has nothing but items
            found = obj.get(attribute, missing)
            return self._item(obj, kind, attribute) if found is missing else found
        if attribute in reachable(kind):
            try:
                found = getattr(obj, attribute)
            except AttributeError:  # a view of a document that is not there
                pass
            else:
                return Function(attribute, found, obj) if type(found) in _METHODS else found
        elif attribute in GROWING and isinstance(obj, str):
            return Function(attribute, partial(GROWING[attribute], obj), obj)
        return self._item(obj, kind, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return `obj[argument]`: an item, else an attribute that is allowed, else nothing."""
        kind: Any = type(obj)
        if isinstance(argument, tuple):
            self.budget.charge(weigh_all(argument))
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
            return whole(vars(obj)[name])
        if isinstance(name, str) and (name.startswith("_" * (1 + indexed)) or hasattr(obj, name)):
            message = f"templates cannot read `{name}` of {_KINDS.get(kind, f'a `{kind.__name__}`')}"
            raise SecurityError(message)
        return self.undefined(obj=obj, name=name)

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call what a template may call: functions of the theme language, macros, blocks, methods that were read."""
        kind: Any = type(obj)
        self.budget.charge(CALL + (weigh_all(obj.owner) if kind is Function else 0) + sum(map(weigh_all, args)))
        if kind not in _CALLABLE and obj not in GLOBALS.values() and not isinstance(obj, Undefined):
            message = f"templates cannot call a `{kind.__name__}`"
            raise SecurityError(message)
        return context.call(obj.call if kind is Function else obj, *args, **kwargs)

    def include_alone(self, names: Any, parent: str, ignore_missing: bool) -> Iterable[str]:  # noqa: FBT001 - of compiled templates
        """The text of a template that is included without context; nothing where it is missing and may be."""
        try:
            template = self.get_or_select_template(names, parent)
        except TemplateNotFound:
            if not ignore_missing:
                raise
            return ()
        return template._get_default_module()._body_stream  # noqa: SLF001 - as Jinja's code

    @cached_property
    def as_written(self) -> "ThemeEnvironment":
        """The same, in which each template is compiled alone: errors have the place where they stand."""
        return ThemeEnvironment(self.sources, self._own_filters, inlines=False)

    def compile(self, *source: Any, **options: Any) -> Any:
        """Return Python's code of a template. One that nests too deep for Python with its includes is compiled without them, once for all pages."""
        try:
            return super().compile(*source, **options)
        except (SyntaxError, RecursionError):
            if not self.inlines:
                raise
            return self.as_written.compile(*source, **options)

    def _generate(self, source: nodes.Template, name: Any, *names: Any, **options: Any) -> str:
        metered = _Metering().visit(source)
        if not self.inlines:
            return super()._generate(metered, name, *names, **options)
        try:
            return super()._generate(inline_includes(metered, name, self.sources, self._read), name, *names, **options)
        except TemplateSyntaxError:  # of an include that may not be reached
            return super()._generate(self._read(name), name, *names, **options)

    def _read(self, name: str) -> nodes.Template:
        """A template, made ready for compiling."""
        metered: nodes.Template = _Metering().visit(self._parse(self.sources[name].text, name, name))
        return metered


class _Metering:
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
            node.node = _filtered(node.node, _WEIGHED)
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
    if len(node.ops) > 1 or not any(isinstance(value, nodes.Const) for value in values):
        node.expr = _filtered(node.expr, _WEIGHED)
        for operand in node.ops:
            operand.expr = _filtered(operand.expr, _WEIGHED)
    elif node.ops[0].op in {"in", "notin"}:
        node.ops[0].expr = _filtered(node.ops[0].expr, _WEIGHED)


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
    _budget(context).charge(weigh_all(value))
    return value


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
