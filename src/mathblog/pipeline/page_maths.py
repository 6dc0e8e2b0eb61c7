"""The formulas that layouts bring into a page (titles, excerpts, texts of their own), and KaTeX's style sheet."""

from collections.abc import Callable, Mapping, Sequence

from mathblog.core.diagnostic import Diagnostic, in_file
from mathblog.core.source import Span
from mathblog.math.collect import Piece, collect_formulas
from mathblog.math.renderer import MathRenderer, render_unique
from mathblog.model.options import MarkdownOptions
from mathblog.model.output import PageSpec
from mathblog.model.rendered import TakenOut
from mathblog.model.urls import relative_url

KATEX_STYLES = "/assets/katex/katex.min.css"
_RENDERED = 'class="katex'
_UNKNOWN = Span(0, 0)


def render_around(
    html: str, content: TakenOut, spec: PageSpec, options: MarkdownOptions, renderer: Callable[[], MathRenderer]
) -> tuple[str, tuple[Diagnostic, ...]]:
    """The page with its content instead of what the layouts saw of it, and the formulas rendered that stand around it.

    In the content itself all are rendered, and a dollar that stayed there is a dollar. Where layouts took it apart, its
    formulas are looked for in the whole page, and are what they were in the content.
    """
    before, found, after = html.partition(content.source) if content.source else (html, "", "")
    (first, problems), (last, more) = (
        _render(text, content.rendered, spec, options, renderer) for text in (before, after)
    )
    return f"{first}{content.html if found else ''}{last}", (*problems, *more)


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
    spec: PageSpec,
    options: MarkdownOptions,
    renderer: Callable[[], MathRenderer],
) -> tuple[str, Sequence[Diagnostic]]:
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
    problems = [
        in_file(
            spec.source or spec.output_path,
            f"{answer.error.message}, in the formula `{formula.tex}` that the layout shows on this page",
            code="math",
            hint=answer.error.hint,
        )
        for formula in formulas
        if (answer := answers[formula.key]).error
    ]
    return "".join(rendered.get(id(piece), piece.content) for piece in pieces), problems
