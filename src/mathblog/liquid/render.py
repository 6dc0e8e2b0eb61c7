"""A document's body -> the same with its Liquid expanded, and where each stretch of it came from."""

from collections.abc import Mapping

from mathblog.core.diagnostic import Severity
from mathblog.core.segments import identity
from mathblog.extend.extensions import Extensions
from mathblog.liquid.services import LiquidResult, Services
from mathblog.model.document import Document
from mathblog.model.facts.view import FactView
from mathblog.model.options import LiquidOptions, MarkdownOptions

_SIGNS = ("{{", "{%", "<%", "<<")


def render_liquid(  # noqa: PLR0913, PLR0917 - a document, and all that its Liquid may ask
    document: Document,
    view: FactView,
    options: LiquidOptions,
    markdown: MarkdownOptions,
    services: Services,
    extensions: Extensions,
    paging: Mapping[str, object] | None = None,
    *,
    is_markdown: bool = True,
) -> LiquidResult:
    """Expand the Liquid of a document's body; formulas and code that is no Liquid stay as they are.

    `is_markdown` says whether the body is written in Markdown. `paging` are the data of the page of a list that the document is rendered for, what `paginator` says.

    The segments' sources are offsets in `document.source.text`. All problems are diagnostics; the result is `failed` when
    one of them is an error. A body without Liquid comes back as it is, and the Liquid engine is not loaded.
    """
    body = document.body
    if not any(sign in body for sign in _SIGNS) or document.meta.data.get("render_with_liquid") is False:
        return _unchanged(document)
    from mathblog.liquid.syntax.template import read_template

    template = read_template(document.source, document.body_start, markdown, extensions, markdown=is_markdown)
    if template.is_inert():
        return _unchanged(document)
    from mathblog.liquid.expand import expand
    from mathblog.liquid.run import LiquidRun

    output, diagnostics = expand(template, LiquidRun(document, view, options, markdown, services, extensions, paging))
    failed = any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
    return LiquidResult(output.getvalue(), output.segments(), diagnostics, failed)


def _unchanged(document: Document) -> LiquidResult:
    body = document.body
    return LiquidResult(body, identity(len(body), document.body_start), (), failed=False)
