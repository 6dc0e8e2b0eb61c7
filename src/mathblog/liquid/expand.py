"""A template, run."""

from mathblog.core.diagnostic import Diagnostic
from mathblog.liquid.buffer import LocatedOutput
from mathblog.liquid.context import Context
from mathblog.liquid.drops.variables import body_variables
from mathblog.liquid.partials import render_template, report_template
from mathblog.liquid.run import LiquidRun
from mathblog.liquid.syntax.parser import parse_template
from mathblog.liquid.syntax.template import TemplateText


def expand(template: TemplateText, run: LiquidRun) -> tuple[LocatedOutput, tuple[Diagnostic, ...]]:
    """The output of a template with its map, and all problems, in order of place."""
    body, problems = parse_template(template, run.extensions)
    context = Context(run, body_variables(run.document, run.view, run.paging))
    output = LocatedOutput(run.options.limits.characters)
    report_template(context, template, problems)
    render_template(body, context, output)
    return output, tuple(sorted(run.diagnostics, key=lambda diagnostic: diagnostic.sort_key))
