"""Jinja for templates that anybody wrote (ADR 28)."""

from collections.abc import Callable, Iterable, Mapping
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
from mathblog.theme.sandbox.budget import CALL, Budget, weigh, weigh_all, weigh_search
from mathblog.theme.sandbox.inlining import inline_includes
from mathblog.theme.sandbox.metering import METERS, Metering
from mathblog.theme.sandbox.nameless import Block, Function, NamelessJoiner, ThemeContext
from mathblog.theme.sandbox.operations import GLOBALS, GROWING, OPERATORS, limited_filters, limited_tests
from mathblog.theme.sandbox.reach import is_indexed, reachable
from mathblog.theme.sandbox.showing import ShowingGenerator, ThemeTemplate, show, whole
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
        self.filters |= METERS
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
        is_global = kind not in _CALLABLE and obj in GLOBALS.values()
        measure = weigh_all if is_global or kind is Function else weigh  # which may compare them; macros do not
        self.budget.charge(CALL + (weigh_search(obj.owner, *args) if kind is Function else 0) + sum(map(measure, args)))
        if kind not in _CALLABLE and not is_global and not isinstance(obj, Undefined):
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
        metered = Metering().visit(source)
        if not self.inlines:
            return super()._generate(metered, name, *names, **options)
        try:
            return super()._generate(inline_includes(metered, name, self.sources, self._read), name, *names, **options)
        except TemplateSyntaxError:  # of an include that may not be reached
            return super()._generate(self._read(name), name, *names, **options)

    def _read(self, name: str) -> nodes.Template:
        """A template, made ready for compiling."""
        metered: nodes.Template = Metering().visit(self._parse(self.sources[name].text, name, name))
        return metered


@pass_context
def _read_attribute(context: Context, value: object, name: str) -> object:
    """Return `value.name`: Jinja's `attr`, which never reads an item."""
    return context.environment.getattr(value, str(name))
