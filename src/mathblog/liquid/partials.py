"""Includes: read once, rendered in the context of the page that includes them."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TextIO

from liquid.ast import Node
from liquid.exceptions import LiquidError, LiquidInterrupt, ResourceLimitError, StopRender
from liquid.template import BoundTemplate
from liquid.token import Token

from mathblog.core.source import SourceText
from mathblog.liquid.environment import Context, TemplateError, liquid_environment, parse_template
from mathblog.liquid.problems import FAULTS, report_problem
from mathblog.liquid.run import DEEPEST, LimitError
from mathblog.liquid.template import TemplateText, read_template
from mathblog.model.options import MarkdownOptions

_WORK = 20  # steps that finding and entering an include counts for


@lru_cache(maxsize=256)
def _read(path: str, text: str, options: MarkdownOptions) -> tuple[TemplateText, BoundTemplate, list[LiquidError]]:
    template = read_template(SourceText(path, text), 0, options, markdown=False)
    return (template, *parse_template(liquid_environment(), template))


def render_partial(
    context: Context, source: SourceText, file: Token, values: Mapping[str, object], buffer: TextIO
) -> None:
    """Render an include into `buffer`; its problems are reported in its own file.

    Raises:
        LimitError: when includes go on and on within each other; the message shows the circle.

    """
    run = context.run
    run.step(_WORK)
    if len(run.partials) >= DEEPEST:
        message = f"includes go on without end: {_circle([partial.path for partial in run.partials], source.path)}"
        problem = TemplateError(
            message, token=file, hint="an include that includes itself needs a condition to stop", broken=True
        )
        report_problem(run, problem, file)
        run.stopped = True
        raise LimitError(message, token=None)
    template, parsed, problems = _read(source.path, source.text, run.markdown)
    report_template(context, template, problems)
    run.partials.append(source)
    try:
        namespace = {"include": dict(values)} if values or not context.knows("include") else {}
        with context.extend(namespace, template=parsed):
            render_nodes(parsed.nodes, context, buffer)
    finally:
        run.partials.pop()


def report_template(context: Context, template: TemplateText, problems: list[LiquidError]) -> None:
    """Note what is wrong with a template before it runs."""
    for flaw in template.flaws:
        context.run.fail(template.origin, flaw.span, flaw.message, flaw.hint)
    for problem in problems:
        report_problem(context.run, problem, None)
        if context.run.stopped:  # what comes after a limit follows from it
            break


def render_nodes(nodes: list[Node], context: Context, buffer: TextIO) -> None:
    """Render nodes one by one: a problem spoils its own node only, unless it is a limit.

    Raises:
        LimitError: when the document does more than it may.

    """
    for node in nodes:
        try:
            node.render(context, buffer)
        except LiquidInterrupt:  # a `break` outside of a loop ends the template, as in Liquid
            if context.loops:
                raise
            return
        except StopRender:
            return
        except ResourceLimitError as error:
            if not context.run.stopped:
                report_problem(context.run, error, node.token)
                context.run.stopped = True
            raise
        except FAULTS as error:
            report_problem(context.run, error, node.token)


def _circle(chain: list[str], last: str) -> str:
    names = [path.removeprefix("_includes/") for path in chain]
    name = last.removeprefix("_includes/")
    start = len(names) - 1 - names[::-1].index(name) if name in names else 0
    return " → ".join([*names[start:], name])
