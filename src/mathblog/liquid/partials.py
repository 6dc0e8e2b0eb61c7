"""Includes: read once, rendered in the context of the page that includes them."""

from collections.abc import Mapping
from functools import lru_cache

from mathblog.core.source import SourceText
from mathblog.extend.extensions import Extensions
from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.errors import Interrupt, LimitError, LiquidError
from mathblog.liquid.problems import report_problem
from mathblog.liquid.run import DEEPEST
from mathblog.liquid.syntax.nodes import BlockBody
from mathblog.liquid.syntax.parser import parse_template
from mathblog.liquid.syntax.template import TemplateText, read_template
from mathblog.liquid.syntax.token import Token
from mathblog.model.facts import kinds
from mathblog.model.options import MarkdownOptions

_WORK = 20  # steps that finding and entering an include counts for


@lru_cache(maxsize=1024)
def parse_file(
    source: SourceText, start: int, options: MarkdownOptions, extensions: Extensions
) -> tuple[TemplateText, BlockBody, tuple[LiquidError, ...]]:
    """An include or a layout, parsed once for all pages of the process."""
    template = read_template(source, start, options, extensions, markdown=False)
    body, problems = parse_template(template, extensions)
    return template, body, tuple(problems)


def render_partial(
    context: Context, source: SourceText, file: Token, values: Mapping[str, object], output: Output
) -> None:
    """Render an include into `output`; its problems are reported in its own file.

    Raises:
        LimitError: when includes go on and on within each other; the message shows the circle.

    """
    run = context.run
    run.step(_WORK)
    if len(run.partials) >= DEEPEST:
        chain = [partial.path.removeprefix("_includes/") for partial in run.partials]
        name = source.path.removeprefix("_includes/")
        start = len(chain) - 1 - chain[::-1].index(name) if name in chain else 0
        message = f"includes go on without end: {' → '.join([*chain[start:], name])}"
        hint = "an include that includes itself needs a condition to stop"
        error = LimitError(message, token=file, hint=hint)
        report_problem(run, error, file)
        raise error
    template, body, problems = parse_file(source, 0, run.setup.markdown, run.extensions)
    report_template(context, template, problems)
    run.partials.append(source)
    try:
        namespace = {"include": values} if values or not context.knows("include") else {}
        with context.extend(namespace):
            body.render(context, output)
    finally:
        run.partials.pop()


def report_template(
    context: Context, template: TemplateText, problems: list[LiquidError] | tuple[LiquidError, ...]
) -> None:
    """Note what is wrong with a template before it runs."""
    for wrong in template.syntax_problems:
        if wrong.tag and context.run.view[kinds.RUBY]:
            message = f"{wrong.message}: if a plugin of the site's brings it, what it writes is missing here"
            context.run.report(template.origin, wrong.span, message, hint=wrong.hint)
        else:
            context.run.fail(template.origin, wrong.span, wrong.message, wrong.hint)
    for problem in problems:
        report_problem(context.run, problem, None)
        if context.run.stopped:  # what comes after a limit follows from it
            break


def render_template(body: BlockBody, context: Context, output: Output) -> None:
    """Render a whole page or layout. A `break` outside of a loop ends it, as in Liquid; so does a limit, which was reported."""
    try:
        body.render(context, output)
    except (Interrupt, LimitError):
        return
    except RecursionError as error:
        report_problem(context.run, error, None)
