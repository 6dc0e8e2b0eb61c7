"""The formulas that layouts bring into a page (titles, excerpts, texts of their own), and KaTeX's style sheet."""

import re
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from mathblog.core.diagnostic import Diagnostic, at, in_file
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import Span
from mathblog.math.collect import FoundFormula, collect_formulas
from mathblog.math.renderer import render_unique
from mathblog.model.body import Body, html_pieces
from mathblog.model.facts import kinds
from mathblog.model.facts.page import PageContext
from mathblog.model.formula import FormulaError
from mathblog.model.output import KATEX_STYLES, PageSpec
from mathblog.model.shown import Shown
from mathblog.pipeline.checks.left_as_source import count_left
from mathblog.pipeline.compiling.options import Compiler
from mathblog.text.html_tags import end_of_head
from mathblog.text.urls import relative_url
from mathblog.theme.sandbox.long_text import LongText

_RENDERED = 'class="katex'
_UNKNOWN = Span(0, 0)
_BEGINNING = 1 << 18  # characters in which the end of the head of a long page is looked for
_NO_HEAD = lazy_pattern(
    r"[^<]|</?(?!title|script|style|noscript|template)[A-Za-z][^<>]*>", re.IGNORECASE
)  # ends one for sure


class Refused(NamedTuple):
    """A formula that a layout shows, and why it was refused."""

    tex: str
    error: FormulaError


def render_around(
    html: str, content: Body, source: str, shown: Shown, compiler: Compiler
) -> tuple[str | LongText, tuple[Refused, ...], int]:
    """The page with its content instead of `source`, what the layouts saw of it, and the formulas rendered that stand around it.

    In the content itself all are rendered, and a dollar that stayed there is a dollar. Where layouts took it apart, its
    formulas are looked for in the whole page, and are what they were in the content. `shown` knows those of the content
    and of other documents. The number at the end is that of known formulas that are still TeX in the page's text.
    """
    # where the content stands, as layouts saw it, in one piece; without a sign there is nothing in it to render
    place = -1
    if "$" in source or "\\" in source:
        from mathblog.markdown.maths.html_maths import is_text_at

        place = html.find(source)
        while place >= 0 and not is_text_at(html, place):
            place = html.find(source, place + 1)
    around = (html,) if place < 0 else (html[:place], html[place + len(source) :])
    parts = [_render(text, shown, compiler) for text in around]
    lost = sum(part.lost for part in parts)
    between = html_pieces(content) if place >= 0 else []
    whole = LongText.of([parts[0].html, *between, *(part.html for part in parts[1:])])
    return whole, tuple(chain(*(part.refused for part in parts))), lost


def report_refused(refused: Refused, page: PageContext) -> Diagnostic:
    """At its place in a layout or an include of the page, and so the same for all pages; else about the page."""
    tex, error = refused
    view = page.view
    reads = sorted(view.reads)
    includes = [view.get(kinds.INCLUDE, key[1]) for key in reads if key[0] == kinds.INCLUDE.name]
    layouts = [view.get(kinds.LAYOUT, key[1]) for key in reads if key[0] == kinds.LAYOUT.name]
    for source in (*filter(None, includes), *(layout.source for layout in layouts if layout)):
        start = source.text.find(tex)
        if start >= 0:
            first = start + max(0, error.position)
            span = Span(first, first + (error.length if error.position >= 0 else len(tex)))
            return at(source, span, error.message, code=error.code, hint=error.hint)
    message = f"{error.message}, in the formula `{tex}` that the layout shows on this page"
    return in_file(page.spec.source or page.spec.output_path, message, code=error.code, hint=error.hint)


def report_lost(count: int, spec: PageSpec) -> Diagnostic:
    """A fault of ours: formulas of the page's content that are TeX in the finished page."""
    number = "1 formula of this page is" if count == 1 else f"{count} formulas of this page are"
    message = f"{number} not rendered: the layouts change the content in a way that mathblog does not see through"
    return in_file(spec.source or spec.output_path, message, code="math", hint="please report the layout")


def link_styles(html: str | LongText, baseurl: str) -> str | LongText:
    """A page with a link to KaTeX's style sheet, where it has formulas: at the end of its head."""
    if _RENDERED not in html:
        return html
    link = f'<link rel="stylesheet" href="{relative_url(baseurl, f"/{KATEX_STYLES}")}">\n'
    if isinstance(html, LongText):
        start = html.begin(_BEGINNING)
        head = end_of_head(start)
        if _NO_HEAD.match(start, head):
            return html.with_text_at(head, link)
        html = str(html)
    head = end_of_head(html)
    return f"{html[:head]}{link}{html[head:]}"


class _Part(NamedTuple):
    """A text of a page with its formulas rendered; `lost` is the number of known ones that were not."""

    html: str
    refused: Sequence[Refused] = ()
    lost: int = 0


def _render(html: str, shown: Shown, compiler: Compiler) -> _Part:
    from mathblog.markdown.maths.html_maths import may_hold_formula, split_html

    pieces = split_html(html, compiler.options.markdown) if may_hold_formula(html) else None
    if pieces is None:
        return _Part(shown.clean(html), (), count_left([html], shown))
    tokens = [piece for piece in pieces if piece.type == "math_inline"]
    known = ((token, shown.find(token.content, display=token.meta["display"])) for token in tokens)
    rendered = {id(token): found for token, found in known if found is not None}
    tokens = [token for token in tokens if id(token) not in rendered]
    formulas = collect_formulas([FoundFormula(token.content, token.meta["display"], _UNKNOWN) for token in tokens])
    answers = render_unique(compiler.renderer(), (formula.key for formula in formulas)) if formulas else {}
    rendered |= {id(token): answers[formula.key].html for token, formula in zip(tokens, formulas, strict=True)}
    refused = [Refused(formula.tex, error) for formula in formulas if (error := answers[formula.key].error)]
    lost = count_left((piece.content for piece in pieces if piece.type != "math_inline"), shown)
    return _Part(shown.clean("".join(rendered.get(id(piece), piece.content) for piece in pieces)), refused, lost)
