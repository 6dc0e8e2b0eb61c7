"""A page specification -> the bytes of a page: by the site's own layouts in Liquid, or by the theme's in Jinja."""

from dataclasses import replace
from functools import partial
from html import unescape
from typing import TYPE_CHECKING, cast

from mathblog.core.dataclass import dataclass
from mathblog.core.diagnostic import Diagnostic, at, bound_kinds, in_file
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText
from mathblog.core.stops import Stop
from mathblog.model.body import Body, html_pieces
from mathblog.model.compiled import Compiled
from mathblog.model.document import PAGES, Document, Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.page import PageContext
from mathblog.model.facts.view import FactView, SiteFacts
from mathblog.model.output import DETAILS, HTML_EXTENSIONS, TEXT, LaidOut, OutputFile, PageSpec
from mathblog.model.shown import Shown
from mathblog.model.values import Data, Value
from mathblog.pipeline.compiling.options import CompileOptions, Compiler, PageTimeoutError
from mathblog.pipeline.compiling.refusal import HINT, timeout_message
from mathblog.pipeline.numbering.across import Across
from mathblog.site.addresses import counts_on_theme, has_own_layouts
from mathblog.theme.choose import BARE
from mathblog.theme.load import LAYOUTS, Theme
from mathblog.theme.sandbox.long_text import LongText, encode_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mathblog.pipeline.citing.service import PageCitations
    from mathblog.pipeline.page_maths import Refused

_ID = lazy_pattern(r"(?<![\w-])id=\"([^\"]*)\"")
_DEFAULT = "default"
_OF_ONE_PAGE = ("pagination_info", "autogen")


@dataclass(frozen=True, slots=True)
class Layouter:
    """All that lays out the pages of a build: the theme, what compiles the texts of layouts and lists, and the facts."""

    theme: Theme
    compiler: Compiler
    facts: SiteFacts

    def across(self, spec: PageSpec) -> Across:
        """How a page sees the texts of documents."""
        from mathblog.pipeline.titles import TitleMaths

        options = self.compiler.options
        return Across(
            spec.source,
            options.baseurl,
            options.markdown.statements,
            words=TitleMaths(options.markdown, self.compiler.renderer).words,
            lenient=options.numbers.lenient,
        )


def is_own_list(spec: PageSpec) -> bool:
    """Whether the page is one of a list that a document of the site's own writes, with `paginator`."""
    return bool(spec.source) and "total_pages" in spec.data


def lay_out_page(layouter: Layouter, spec: PageSpec, document: Document | None) -> tuple[LaidOut, FactView]:
    """The page of `spec`, and what it asked. `document` is its source, for a page of a list and for places of problems.

    A site with layouts of its own is laid out by them, as Jekyll would; where they name one that neither the site nor a
    gem has, `counts_on_theme` says whether the theme's of that name goes on. Other sites are laid out by the theme.
    """
    options = layouter.compiler.options
    view = FactView(layouter.facts, Shown.on_page(spec.output_path))
    view.shown.escapes = options.safe
    view.finish = across = layouter.across(spec)
    seconds = options.liquid.limits.seconds
    try:
        with layouter.compiler.tools.limit(seconds):
            page = PageContext(spec, view, document)
            content, problems = _content(layouter, page, across)
            if has_own_layouts(view):
                html, found = _lay_out_own(layouter, page, content)
                file = OutputFile(spec.output_path, encode_pieces([html]), spec.source or "generated")
                laid_out = LaidOut(file)
            else:
                laid_out, found = _lay_out_by_theme(layouter, page, LongText.of(html_pieces(content)))
            diagnostics = bound_kinds((*problems, *found))
            return laid_out if diagnostics == laid_out.diagnostics else replace(laid_out, diagnostics=diagnostics), view
    except PageTimeoutError as error:
        message = timeout_message(seconds, error)
        view.reads[kinds.UNFINISHED.key] = message  # the answer is another one next time
        problem = in_file(spec.source or spec.output_path, message, code=Stop.LOST_PAGE, hint=HINT)
        return LaidOut(OutputFile(spec.output_path, b"", spec.source or "generated"), (problem,)), view


def _content(layouter: Layouter, page: PageContext, across: Across) -> tuple[Body, tuple[Diagnostic, ...]]:
    """The body; that of a page of a list is compiled for this page, with what is wrong in it."""
    spec, view = page.spec, page.view
    if TEXT in spec.data and not spec.source:
        stand_in = _stand_in(spec, view)
        meta = replace(stand_in.meta, ext=f".{layouter.compiler.options.markdown_ext[0]}", data=cast("Data", spec.data))
        page = replace(page, document=replace(stand_in, meta=meta, source=SourceText(meta.path, str(spec.data[TEXT]))))
    elif page.document is None or not is_own_list(spec):
        known = view.get(kinds.COMPILED, spec.source) if spec.source else None
        if known is None:
            return Body(), ()
        return known.body, across.report(view, known) if known.pending else ()
    from mathblog.pipeline.compiling.compile import compile_documents

    assert page.document is not None
    document = replace(page.document, meta=_at_address(page.document.meta, spec))
    compilation = next(compile_documents(layouter.compiler, [[document]], layouter.facts, spec.data))
    view.reads |= compilation.reads
    compiled = compilation.compiled
    finished = cast("Compiled", across(view, spec.source, compiled))
    return finished.body, (*compiled.diagnostics, *across.report(view, compiled))


def _at_address(meta: Meta, spec: PageSpec) -> Meta:
    """The metadata of a document on one page of its list: its address there, and what jekyll-paginate-v2 says of it.

    The plugin gives its pages addresses that end in `index.html`.
    """
    url = str(spec.data.get("page_path") or spec.url)
    data = {key: cast("Value", spec.data[key]) for key in _OF_ONE_PAGE if spec.data.get(key)}
    if meta.url == url and not data:
        return meta
    if spec.title != meta.title:
        data["title"] = spec.title
    return replace(
        meta.at(url, spec.output_path),
        title=spec.title,
        data={**meta.data, **data} if data else meta.data,
    )


def _lay_out_by_theme(
    layouter: Layouter, page: PageContext, content: str | LongText
) -> tuple[LaidOut, tuple[Diagnostic, ...]]:
    from mathblog.pipeline.page_maths import report_refused
    from mathblog.pipeline.titles import TitleMaths
    from mathblog.theme.layout import lay_out

    texts = TitleMaths(layouter.compiler.options.markdown, layouter.compiler.renderer)
    laid_out = lay_out(page, layouter.theme, content, texts)
    _note_unsure(texts.refused, page.view)
    own = (report_refused(refused, page) for refused in texts.refused if refused.tex in page.spec.title)
    return laid_out, (*laid_out.diagnostics, *own)


def _note_unsure(refused: "Iterable[Refused]", view: FactView) -> None:
    """See that a page is laid out again by the next build if one of its formulas was refused for the time that it took."""
    if any(it.error.unsure for it in refused):
        view.reads[kinds.UNFINISHED.key] = "a formula took too long"


def _lay_out_own(layouter: Layouter, page: PageContext, content: Body) -> tuple[str | LongText, tuple[Diagnostic, ...]]:
    from mathblog.pipeline.page_maths import link_styles, render_around, report_lost, report_refused

    spec, shown = page.spec, page.view.shown
    is_html = spec.output_path.endswith(HTML_EXTENSIONS)
    source = shown.show(content)
    framed, problems, missing = _frame(layouter, page, source)
    html: str | LongText = framed
    if is_html:
        html, refused, lost = render_around(framed, content, source, shown, layouter.compiler)
        _note_unsure(refused, page.view)
        problems = (*problems, *(report_refused(formula, page) for formula in refused))
        problems = (*problems, report_lost(lost, spec)) if lost else problems
    if missing:
        by_theme = replace(page, spec=replace(spec, layout=missing))
        rest, more = _lay_out_by_theme(layouter, by_theme, html)
        return (rest.file.content or b"").decode(), (*problems, *more)
    return link_styles(html, layouter.compiler.options.baseurl) if is_html else html, problems


def _frame(layouter: Layouter, page: PageContext, content: str) -> tuple[str, tuple[Diagnostic, ...], str]:
    """The content in the site's layouts, what was wrong, and the theme's layout that is to go on, '' for none."""
    spec, view, compiler = page.spec, page.view, layouter.compiler
    if spec.layout == BARE:
        return content, (), ""
    from mathblog.liquid.drops.variables import layout_variables
    from mathblog.liquid.layouts import frame
    from mathblog.liquid.run import LiquidRun
    from mathblog.pipeline.compiling.services import CodeHighlighter, set_up_liquid

    document = page.document or _stand_in(spec, view)
    name, problems = _choose(page, layouter.theme)
    setup = set_up_liquid(
        compiler,
        CodeHighlighter(compiler.tools.highlights, compiler.options.markdown.uncoloured),
        into_markdown=False,
        citations=partial(_citations, document, view, compiler.options, content),
    )
    run = LiquidRun(document, view, setup, names_page=False)
    variables = layout_variables(_at_address(document.meta, spec), view, spec)
    if spec.kind == DETAILS:
        variables["page"] = _page_of_details(spec, document, view, compiler.options)
    framed = frame(content, name, run, variables)
    problems += tuple(run.diagnostics)
    if not framed.missing or _has(layouter.theme, framed.missing, page):
        return framed.html, problems, framed.missing
    last = framed.last
    if last is not None:
        message = f"unknown layout `{framed.missing}`: nothing is put around this one"
        hint = f"write `_layouts/{framed.missing}.html`, or correct the name"
        file = in_file(last.source.path, message, code="layout", hint=hint)
        problem = at(last.source, last.place, message, code="layout", hint=hint) if last.place else file
        problems = (*problems, problem)
    return framed.html, problems, ""


def _page_of_details(spec: PageSpec, page: Document, view: FactView, options: CompileOptions) -> dict[str, object]:
    """`page` of an entry's page of details: the front matter of its layout, the words of every page, the entry (`details.rb`)."""
    from mathblog.liquid.drops.drop import plain
    from mathblog.liquid.drops.generated import GeneratedDrop

    layout = view.get(kinds.LAYOUT, spec.layout)
    own = {name: plain(value) for name, value in layout.data.items()} if layout else {}
    entry = _citations(page, view, options).page_of(str(spec.data["key"]))
    return {**dict(GeneratedDrop(spec, view).items()), **own, **entry}


def _citations(page: Document, view: FactView, options: CompileOptions, content: str = "") -> "PageCitations":
    """Return the service for the tags of layouts: the entries that the page cites are known, and the ids in its content."""
    from mathblog.pipeline.citing.page import PageBibliography
    from mathblog.pipeline.citing.service import PageCitations

    compiled = view.get(kinds.COMPILED, page.meta.path)
    counts = dict(compiled.cited) if compiled else {}
    given = {unescape(name) for name in _ID.findall(content)}
    bibliography = PageBibliography(view, options.citations, page.meta)
    return PageCitations(bibliography, deferred=False, counts=counts, given=given)


def _choose(page: PageContext, theme: Theme) -> tuple[str, tuple[Diagnostic, ...]]:
    """The layout of a page. Where its own does not exist: none, as in Jekyll (`Renderer#place_in_layouts`).

    Where the site's theme could not be fetched its layout may be the missing one: the site's `default` stands in for it.
    """
    spec, view = page.spec, page.view
    if view.get(kinds.LAYOUT, spec.layout) is not None or _has(theme, spec.layout, page):
        return spec.layout, ()
    from mathblog.theme.problems import unknown_layout

    known = view[kinds.SITE_LAYOUTS]
    stands_in = _DEFAULT in known and spec.output_path.endswith(HTML_EXTENSIONS) and view[kinds.ABSENT_THEME]
    name = _DEFAULT if stands_in else ""
    instead = f"`{name}` is used" if name else "the page has no layout"
    return name, (unknown_layout(page, known, instead),)


def _has(theme: Theme, name: str, page: PageContext) -> bool:
    """Whether a layout of the theme's goes on: where the site counts on a theme, and around a page that mathblog makes."""
    is_there = f"{LAYOUTS}{name}.html" in theme.templates and page.spec.output_path.endswith(HTML_EXTENSIONS)
    return is_there and (not page.spec.source or counts_on_theme(page.view))


def _stand_in(spec: PageSpec, view: FactView) -> Document:
    """A document for a page whose source is not at hand, or that has none."""
    meta = view.get(kinds.DOCUMENT, spec.source) if spec.source else None
    if meta is None:
        path, url = spec.output_path, spec.url
        meta = Meta(path, PAGES, url, path, url, "", ".html", spec.title, None, (), (), None, draft=False, data={})
    return Document(meta, SourceText(meta.path, ""), 0, {})
