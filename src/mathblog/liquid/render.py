"""A document's body -> the same with its Liquid expanded, and where each stretch of it came from."""

from collections.abc import Mapping

from mathblog.core.diagnostic import Severity
from mathblog.core.segments import identity
from mathblog.liquid.services import LiquidResult, LiquidSetup
from mathblog.model.document import Document
from mathblog.model.facts.view import FactView

_SIGNS = ("{{", "{%", "<%", "<<")


def render_liquid(
    document: Document, view: FactView, setup: LiquidSetup, paging: Mapping[str, object] | None = None
) -> LiquidResult:
    """Expand the Liquid of a document's body; formulas and code that is no Liquid stay as they are.

    `paging` are the data of the page of a list that the document is rendered for, what `paginator` says.

    The segments' sources are offsets in `document.source.text`. All problems are diagnostics; the result is `failed` when
    one of them is an error. A body without Liquid comes back as it is, and the Liquid engine is not loaded.
    """
    body = document.body
    if not any(sign in body for sign in _SIGNS) or document.meta.data.get("render_with_liquid") is False:
        return _unchanged(document)
    from mathblog.liquid.syntax.template import read_template

    is_markdown = setup.services.into_markdown
    template = read_template(
        document.source, document.body_start, setup.markdown, setup.extensions, markdown=is_markdown
    )
    if template.is_inert():
        return _unchanged(document)
    from mathblog.liquid.expand import expand
    from mathblog.liquid.run import LiquidRun

    output, diagnostics = expand(template, LiquidRun(document, view, setup, paging))
    failed = any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
    return LiquidResult(output.getvalue(), output.segments(), diagnostics, failed)


def _unchanged(document: Document) -> LiquidResult:
    body = document.body
    return LiquidResult(body, identity(len(body), document.body_start), (), failed=False)
