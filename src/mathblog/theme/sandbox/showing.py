"""Code for templates in which the content of a page, and what a layout sets to hold it, may be a long text in pieces."""

from typing import Any

from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.idtracking import VAR_LOAD_PARAMETER
from markupsafe import Markup, escape

from mathblog.theme.sandbox.long_text import LongText

_NAMES = frozenset({"content", "body"})  # variables that may be a long text; all others never are
_KEEPING = "accessible"  # the filter that leaves one as it is
_READING = frozenset({"math_fonts", "text_fonts"})  # filters that read one in parts
_SEARCHES = frozenset({"in", "notin"})


def reads_long(node: nodes.Node | None) -> bool:
    """Whether a node reads a variable that may be a long text."""
    return isinstance(node, nodes.Name) and node.name in _NAMES and node.ctx == "load"


def may_stay_long(node: nodes.Node, parent: nodes.Node) -> bool:
    """Whether a node may be a long text where it stands: it is shown, searched, or asked whether it is empty."""
    if isinstance(parent, nodes.Output):
        return reads_long(node.node if isinstance(node, nodes.Filter) and node.name == _KEEPING else node)
    searched = isinstance(parent, nodes.Operand) and parent.op in _SEARCHES
    searched = searched or (isinstance(parent, nodes.Filter) and parent.name in _READING and node is parent.node)
    return reads_long(node) and (searched or (isinstance(parent, nodes.If) and node is parent.test))


def whole(value: Any) -> Any:
    """Return the value, a long text as what all other texts are."""
    return value.__html__() if type(value) is LongText else value


def show(value: Any) -> str | LongText:
    """Return what is written for a value of a template: a text that is escaped already is not copied."""
    return value if type(value) in (LongText, Markup) else escape(value)


class ShowingGenerator(CodeGenerator):
    """Jinja's code, but for the places where a long text may stand."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        is_plain = frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None
        if is_plain and may_stay_long(node, nodes.Output([])):
            self.write("environment.show(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Write a variable: where a template has not set it yet, it is the one of the context, as it is for an include."""
        reference = frame.symbols.ref(node.name)
        if node.ctx != "load" or (frame.symbols.find_load(reference) or ("",))[0] == VAR_LOAD_PARAMETER:
            super().visit_Name(node, frame)
        else:
            self.write(f"(context.resolve({node.name!r}) if {reference} is missing else {reference})")

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Write an include. Jinja 3.1 lets what one without context shows run past a macro, a filter or a `set` around it."""
        if node.with_context:
            super().visit_Include(node, frame)
            return
        self.writeline("for event in environment.include_alone(", node)
        self.visit(node.template, frame)
        self.write(f", {self.name!r}, {node.ignore_missing!r}):")
        self.indent()
        self.simple_write("event", frame)
        self.outdent()

    def visit_AssignBlock(self, node: nodes.AssignBlock, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Write `{% set body %}…{% endset %}`, as Jinja 3.1 does, which would join and copy what it holds."""
        target, context = node.target, frame.eval_ctx
        is_escaped = context.autoescape and not context.volatile
        if not (is_escaped and node.filter is None and isinstance(target, nodes.Name) and target.name in _NAMES):
            super().visit_AssignBlock(node, frame)
            return
        self.push_assign_tracking()
        block = frame.inner()
        block.require_output_check = False
        block.symbols.analyze_node(node)
        self.enter_frame(block)
        self.buffer(block)
        self.blockvisit(node.body, block)
        self.newline(node)
        self.visit(target, frame)
        self.write(f" = environment.budget.gather({block.buffer})")
        self.pop_assign_tracking(frame)
        self.leave_frame(block)


class ThemeTemplate(Template):
    """Jinja's template; what an `import` shows of one is no long text."""

    def make_module(self, *variables: Any, **named: Any) -> TemplateModule:
        """Return what an `import` names."""
        module = super().make_module(*variables, **named)
        module._body_stream = list(map(whole, module._body_stream))  # noqa: SLF001 - there is no other way
        return module
