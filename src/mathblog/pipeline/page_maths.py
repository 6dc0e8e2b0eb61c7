"""The formulas that layouts bring into a page (titles, excerpts, texts of their own), and KaTeX's style sheet."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from mathblog.core.diagnostic import Diagnostic, at, in_file
from mathblog.core.source import SourceText, Span
from mathblog.math.collect import Piece, collect_formulas
from mathblog.math.renderer import MathRenderer, render_unique
from mathblog.model.facts import FactView
from mathblog.model.formula import FormulaError
from mathblog.model.layout import Layout
from mathblog.model.options import MarkdownOptions
from mathblog.model.output import PageSpec
from mathblog.model.rendered import TakenOut
from mathblog.model.urls import relative_url

KATEX_STYLES = "/assets/katex/katex.min.css"
_RENDERED = 'class="katex'
_UNKNOWN = Span(0, 0)
_AROUND = ("include", "layout")  # the facts that hold what stands around a content

Renderer: TypeAlias = Callable[[], MathRenderer]


class Refused(NamedTuple):
    """A formula that a layout shows, and why it was refused."""

    tex: str
    error: FormulaError


def render_around(
    html: str, content: TakenOut, options: MarkdownOptions, renderer: Renderer
) -> tuple[str, tuple[Refused, ...]]:
    """The page with its content instead of what the layouts saw of it, and the formulas rendered that stand around it.

    In the content itself all are rendered, and a dollar that stayed there is a dollar. Where layouts took it apart, its
    formulas are looked for in the whole page, and are what they were in the content.
    """
    before, found, after = html.partition(content.source) if content.source else (html, "", "")
    (first, refused), (last, more) = (_render(text, content.rendered, options, renderer) for text in (before, after))
    return f"{first}{content.html if found else ''}{last}", (*refused, *more)


def report_refused(refused: Refused, view: FactView, spec: PageSpec) -> Diagnostic:
    """At its place in a layout or an include of the page, and so the same for all pages; else about the page."""
    tex, error = refused
    for key in sorted(key for key in view.reads if key[0] in _AROUND):
        value = view.get(*key)
        source = value.source if isinstance(value, Layout) else value
        start = source.text.find(tex) if isinstance(source, SourceText) else -1
        if isinstance(source, SourceText) and start >= 0:
            first = start + max(0, error.position)
            span = Span(first, first + (error.length if error.position >= 0 else len(tex)))
            return at(source, span, error.message, code="math", hint=error.hint)
    message = f"{error.message}, in the formula `{tex}` that the layout shows on this page"
    return in_file(spec.source or spec.output_path, message, code="math", hint=error.hint)


def link_styles(html: str, baseurl: str) -> str:
    """A page with a link to KaTeX's style sheet, where it has formulas: at the end of its head, else in front."""
    if _RENDERED not in html:
        return html
    link = f'<link rel="stylesheet" href="{relative_url(baseurl, KATEX_STYLES)}">\n'
    head = html.find("</head>")
    return f"{html[:head]}{link}{html[head:]}" if head >= 0 else link + html


def _render(
    html: str,
    known: Mapping[tuple[str, bool], str],
    options: MarkdownOptions,
    renderer: Renderer,
) -> tuple[str, Sequence[Refused]]:
    from mathblog.markdown.html_maths import may_hold_formula, split_html

    pieces = split_html(html, options) if may_hold_formula(html) else None
    if pieces is None:
        return html, ()
    tokens = [piece for piece in pieces if piece.type == "math_inline"]
    rendered = {id(token): known[key] for token in tokens if (key := (token.content, token.meta["display"])) in known}
    tokens = [token for token in tokens if id(token) not in rendered]
    formulas = collect_formulas([Piece(token.content, token.meta["display"], _UNKNOWN) for token in tokens])
    answers = render_unique(renderer(), (formula.key for formula in formulas)) if formulas else {}
    rendered |= {id(token): answers[formula.key].html for token, formula in zip(tokens, formulas, strict=True)}
    refused = [Refused(formula.tex, error) for formula in formulas if (error := answers[formula.key].error)]
    return "".join(rendered.get(id(piece), piece.content) for piece in pieces), refused
