"""A template rendered as a layout is, with a `site` and a `page` of plain data."""

import datetime
from collections.abc import Mapping
from html import escape

from mathblog.core.excerpt import describe
from mathblog.core.source import SourceText
from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.partials import parse_file, render_template, report_template
from mathblog.liquid.run import LiquidRun
from mathblog.liquid.services import LiquidSetup, Services
from mathblog.markdown.parser import formula_tokens, parse
from mathblog.markdown.render import render
from mathblog.model.facts.kind import FactKey
from mathblog.model.facts.view import FactView, SiteFacts
from mathblog.model.options import LiquidOptions, MarkdownOptions, SiteOptions
from mathblog.pipeline.extensions import BUILTINS
from support.liquid_site import KST, css, highlight, page

DATE = datetime.datetime(2018, 10, 6, 20, 0, tzinfo=KST)


def markdownify(text: str) -> str:
    """Markdown as HTML with its formulas as they were written, as the pipeline gives it to layouts."""
    parsed = parse(text, MarkdownOptions(), BUILTINS)
    return render(
        parsed, [f"\\({escape(token.content, quote=False)}\\)" for token in formula_tokens(parsed)], None
    ).html


def render_layout(
    template: str,
    site: Mapping[str, object],
    values: Mapping[str, object],
    facts: Mapping[FactKey, object] | None = None,
    **more: object,
) -> tuple[str, list[str]]:
    """The output, and what was said about it."""
    options = SiteOptions(title="", url=str(site.get("url", "")), baseurl=str(site.get("baseurl", "")))
    view = FactView(SiteFacts({("site",): options, **(facts or {})}))
    services = Services(highlight, markdownify, css)
    run = LiquidRun(page(""), view, LiquidSetup(LiquidOptions(), MarkdownOptions(), BUILTINS, services))
    context = Context(run, {"site": site, "page": values, "content": "", **more})
    parsed, body, problems = parse_file(SourceText("_layouts/default.html", template), 0, MarkdownOptions(), BUILTINS)
    report_template(context, parsed, problems)
    output = Output()
    render_template(body, context, output)
    return output.getvalue(), [describe(found) for found in run.diagnostics]
