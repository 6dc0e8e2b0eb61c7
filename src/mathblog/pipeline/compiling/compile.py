"""Chunks of documents -> their HTML: Liquid, Markdown, and all formulas of a chunk in one call of the engine."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from mathblog.core.dataclass import dataclass
from mathblog.core.diagnostic import Diagnostic, Severity, at, bound_kinds
from mathblog.core.segments import SegmentMap
from mathblog.core.source import Span
from mathblog.core.stops import Stop
from mathblog.math.collect import FoundFormula, collect_formulas, defined_names
from mathblog.math.errors import control_characters, diagnose
from mathblog.math.renderer import begin_unique
from mathblog.math.slips import find_slips
from mathblog.math.words import formula_words
from mathblog.model.body import Math
from mathblog.model.compiled import Compiled, Excerpt, FileBeside
from mathblog.model.document import PAGES, Document
from mathblog.model.document import is_markdown as is_markdown_file
from mathblog.model.facts import kinds
from mathblog.model.facts.view import Facts, FactView
from mathblog.model.formula import Formula, FormulaKey, RenderedFormula
from mathblog.model.output import HTML_EXTENSIONS
from mathblog.model.shown import Shown
from mathblog.pipeline.beside import files_named
from mathblog.pipeline.checks.checked_text import CheckedText, check_text
from mathblog.pipeline.checks.formulas import lint_documents
from mathblog.pipeline.checks.silence import heed, read_silences, rules_of
from mathblog.pipeline.compiling.citing import Citing
from mathblog.pipeline.compiling.options import Compilation, CompileOptions, Compiler, PageTimeoutError
from mathblog.pipeline.compiling.own_options import macros_of, options_of
from mathblog.pipeline.compiling.refusal import refuse, timeout_message
from mathblog.pipeline.compiling.relative_links import resolve_links
from mathblog.pipeline.compiling.services import CodeHighlighter, set_up_liquid
from mathblog.pipeline.images.diagrams import draw_diagrams, look_for_mermaid, place
from mathblog.pipeline.images.pictures import ImageFiles, complete_images
from mathblog.pipeline.numbering.across import Across
from mathblog.pipeline.numbering.page import number_page
from mathblog.pipeline.numbering.settings import own_numbers
from mathblog.pipeline.numbering.typeset import Typeset
from mathblog.pipeline.own_site import as_styled
from mathblog.styles.compiler import STYLES
from mathblog.text.rendered import read_body
from mathblog.text.urls import relative_url

if TYPE_CHECKING:
    from markdown_it.token import Token

    from mathblog.markdown.parser import Parsed

_Result = TypeVar("_Result")
_LONGEST_CHUNK = 400_000  # characters after Liquid: an include may make a long text of each short source


@dataclass(frozen=True, slots=True)
class _Draft:
    """A document between parsing and rendering: its formulas are known, their HTML is not."""

    document: Document
    parsed: "Parsed"
    segments: SegmentMap
    formulas: tuple[Formula, ...]
    highlighter: CodeHighlighter
    view: FactView
    failed: bool
    diagnostics: tuple[Diagnostic, ...]
    cited: tuple[tuple[str, int], ...] = ()
    alts: tuple[tuple["Token", FormulaKey], ...] = ()  # formulas in descriptions of images, which will be words
    variants: tuple[FileBeside, ...] = ()


def compile_documents(
    compiler: Compiler,
    chunks: Iterable[Sequence[Document]],
    facts: Facts,
    paging: Mapping[str, object] | None = None,
) -> Iterator[Compilation]:
    """Compile documents, one result each, in order. The formulas of a chunk reach the renderer together.

    While they are rendered the next chunk is parsed. `paging` are the data of the page of a list that they are for (`PageSpec.data`).
    """
    renderer = compiler.renderer()
    before: deque[_Draft | Compilation] = deque()
    rendered: Callable[[], Mapping[FormulaKey, RenderedFormula]] = dict
    for drafts in chain(_parse_chunks(compiler, chunks, facts, paging), [[]]):
        results = rendered()
        if compiler.options.check.lints:
            refused = {key for key, result in results.items() if result.error}
            drawn = [(it.document, it.formulas) for it in before if isinstance(it, _Draft)]
            found = lint_documents(drawn, renderer, compiler.options, refused)
            before = deque(
                replace(it, diagnostics=(*it.diagnostics, *next(found))) if isinstance(it, _Draft) else it
                for it in before
            )
        begun = [draft for draft in drafts if isinstance(draft, _Draft)]
        formulas = (formula.key for draft in begun for formula in draft.formulas)
        rendered = begin_unique(renderer, chain(formulas, (key for draft in begun for _, key in draft.alts)))
        while before:  # a draft goes as soon as it is rendered, the formulas with the last one: one may be large
            draft = before.popleft()
            if isinstance(draft, _Draft):  # what was refused before stays what it is
                draft = _limited(compiler, draft.document, partial(_render, draft, results, compiler.options))
            if not before:
                results = {}
            yield draft
        before = deque(drafts)


def _parse_chunks(
    compiler: Compiler, chunks: Iterable[Sequence[Document]], facts: Facts, paging: Mapping[str, object] | None
) -> Iterator[list[_Draft | Compilation]]:
    """The documents of each chunk, parsed. A chunk whose texts became long by Liquid comes in several parts."""
    for documents in chunks:
        drafts: list[_Draft | Compilation] = []
        length = 0
        for document in documents:
            if length > _LONGEST_CHUNK:
                yield drafts
                drafts, length = [], 0
            drafts.append(_limited(compiler, document, partial(_parse, compiler, document, facts, paging)))
            length += len(drafts[-1].parsed.text) if isinstance(drafts[-1], _Draft) else 0
        yield drafts


def _limited(compiler: Compiler, document: Document, work: Callable[[], _Result]) -> _Result | Compilation:
    """A part of the work on a document; the refused document where it takes too long."""
    seconds = compiler.options.liquid.limits.seconds
    try:
        with compiler.tools.limit(seconds):
            return work()
    except PageTimeoutError as error:
        return refuse(document, timeout_message(seconds, error))


def _parse(compiler: Compiler, document: Document, facts: Facts, paging: Mapping[str, object] | None) -> _Draft:
    from mathblog.liquid.render import render_liquid
    from mathblog.markdown.html_page import parse_text
    from mathblog.markdown.parser import formula_tokens, formulas_of_images
    from mathblog.pipeline.titles import TitleMaths

    tools, options = compiler.tools, options_of(document, compiler.options)
    highlighter = CodeHighlighter(tools.highlights, options.markdown.uncoloured)
    is_markdown = is_markdown_file(document.meta.ext, options.markdown_ext)
    # Markdown lets the KaTeX HTML of other documents' texts pass, and would read TeX
    path = document.meta.output_path or document.meta.ext
    as_html = is_markdown and path.endswith(HTML_EXTENSIONS)
    view = FactView(facts, Shown() if as_html else Shown.on_page(path))
    view.shown.seen = set() if options.safe else None
    view.finish = Across(
        document.meta.path,
        options.baseurl,
        options.markdown.statements,
        waiting="some" if document.meta.collection == PAGES else "all",
        portable=not (document.meta.output_path or ".html").endswith(HTML_EXTENSIONS),
        words=TitleMaths(options.markdown, compiler.renderer).words,
        lenient=options.numbers.lenient,
    )
    citing = Citing(document, view, options, is_markdown)
    own = compiler if options is compiler.options else replace(compiler, options=options)
    setup = set_up_liquid(own, highlighter, into_markdown=is_markdown, citations=citing.service)
    liquid = render_liquid(document, view, setup, paging)
    if "<style" in liquid.text:
        options = replace(options, markdown=as_styled(options.markdown, liquid.text))
    if document.meta.ext.lower() in STYLES:
        from mathblog.pipeline.styles import Sheet, compile_style_sheet

        sheet = compile_style_sheet(
            Sheet(liquid.text, document.source, liquid.segments), options.sass, view, tools.sass
        )
        failed = liquid.failed or any(problem.severity is Severity.ERROR for problem in sheet.diagnostics)
        parsed, problems = (
            parse_text(sheet.css, options.markdown, options.extensions),
            (*liquid.diagnostics, *sheet.diagnostics),
        )
        return _Draft(document, parsed, liquid.segments, (), highlighter, view, failed, problems)
    parsed = _parse_body(document, liquid.text, options, view.shown, is_markdown=is_markdown)
    if is_markdown:
        parsed = resolve_links(document, parsed, view, options.links, options.baseurl)
    variants: tuple[FileBeside, ...] = ()
    if parsed.images and is_markdown and options.images.sizes:
        files = ImageFiles(document.meta, view, options.baseurl)
        variants = complete_images(parsed, files, options.images, safe=options.safe)
    undrawn: list[tuple[int, str, str]] = []
    if is_markdown and options.diagrams.languages and not options.safe:
        undrawn += draw_diagrams(parsed, options.diagrams, tools.draw, tools.highlights)
    if is_markdown and options.diagrams.mermaid:
        undrawn += look_for_mermaid(parsed, options.diagrams, view)
    resolved = citing.resolve(parsed, liquid.text, liquid.segments, is_markdown=is_markdown)
    parsed = resolved.parsed if resolved else parsed
    found = formula_tokens(parsed)
    spans = [Span(token.meta["start"], token.meta["end"]) for token in found]
    pieces = [
        FoundFormula(token.content, token.meta["display"], liquid.segments.source_span(span))
        for token, span in zip(found, spans, strict=True)
    ]
    macros = macros_of(document, parsed)
    of_alts = formulas_of_images(parsed)
    pieces += [FoundFormula(token.content, False, Span(0, 0)) for token in of_alts]  # noqa: FBT003 - never a display
    collected = tuple(collect_formulas(pieces, macros.definitions))
    formulas = collected[: len(found)]
    alts = tuple((it, key.key) for it, key in zip(of_alts, collected[len(found) :], strict=True))
    subject = CheckedText(document, liquid.text, liquid.segments, parsed, spans, view, options, is_markdown)
    told, cited = (resolved.diagnostics, resolved.cited) if resolved else ((), ())
    checked = (*place(document, liquid.segments, undrawn, liquid.text), *check_text(subject))
    problems = (*liquid.diagnostics, *macros.diagnostics, *citing.in_front_matter(), *told, *checked)
    return _Draft(
        document, parsed, liquid.segments, formulas, highlighter, view, liquid.failed, problems, cited, alts, variants
    )


def _parse_body(document: Document, text: str, options: CompileOptions, shown: Shown, *, is_markdown: bool) -> "Parsed":
    """The tokens of a body: of Markdown, of HTML with its formulas, or of a text that stays as it is (`feed.xml`)."""
    from mathblog.markdown import html_page, parser

    if is_markdown:
        return parser.parse(text, options.markdown, options.extensions)
    is_html = (document.meta.output_path or document.meta.ext).endswith(HTML_EXTENSIONS)
    if is_html:
        return html_page.parse_html(text, options.markdown, options.extensions, shown)
    return html_page.parse_text(text, options.markdown, options.extensions)


def _is_html(document: Document, options: CompileOptions) -> bool:
    """Whether a body is HTML, or is written as if it were, whatever its address says."""
    meta = document.meta
    is_markdown = is_markdown_file(meta.ext, options.markdown_ext)
    return is_markdown or any(name.lower().endswith(HTML_EXTENSIONS) for name in (meta.ext, meta.output_path))


def _faults_of_plugins(draft: _Draft, faults: Sequence[tuple[str, int]]) -> Iterator[Diagnostic]:
    """One error for each block of code that a plugin failed at; an excerpt shows a block once more."""
    for message, offset in dict.fromkeys(faults):
        span = draft.segments.source_span(Span(offset, offset + 3))
        hint = "correct the plugin, or what it is given here"
        yield at(draft.document.source, span, message, code=Stop.PLUGIN, hint=hint)


def _render(draft: _Draft, rendered: Mapping[FormulaKey, RenderedFormula], options: CompileOptions) -> Compilation:
    from mathblog.markdown.render import render

    document = draft.document
    results = [rendered[formula.key] for formula in draft.formulas]
    numbers = own_numbers(options.numbers, document.meta, draft.parsed.env.get("number_within"))
    typeset = Typeset(document, draft.parsed, draft.segments, draft.formulas, results)
    url = relative_url(options.baseurl, document.meta.url)
    numbered = number_page(typeset, numbers, draft.parsed.options.statements, url)
    formulas, listed, cleaning = numbered.formulas, numbered.listed, None
    if options.safe and _is_html(document, options):
        from mathblog.pipeline.compiling.cleaning import Cleaning

        cleaning, listed = Cleaning(draft.parsed.text, formulas, draft.view.shown.seen or ()), None

    def words(number: int) -> str:
        piece = formulas[number]
        return formula_words(piece.html, piece.tex) if isinstance(piece, Math) else piece

    for token, key in draft.alts:
        token.content = formula_words(rendered[key].html, token.content)
    page = render(draft.parsed, cleaning.stand_ins if cleaning else formulas, draft.highlighter, listed, words)
    given = document.meta.data.get("excerpt")
    excerpt = Excerpt(read_body(given), given) if isinstance(given, str) else page.excerpt
    body, headings = page.body, page.headings
    if cleaning:
        excerpt, body = excerpt._replace(body=cleaning.clean(excerpt.html)), cleaning.clean(page.html)
        headings = tuple(heading._replace(body=cleaning.clean(heading.html)) for heading in headings)
    refused = zip(draft.formulas, results, strict=True)
    macros = defined_names(draft.formulas)
    problems = [diagnose(formula, result.error, document.source, macros) for formula, result in refused if result.error]
    problems += chain.from_iterable(control_characters(formula, document.source) for formula in draft.formulas)
    slips = ((formula, slip) for formula in draft.formulas for slip in find_slips(formula.tex))
    problems += [diagnose(formula, slip, document.source) for formula, slip in slips]
    problems += draft.highlighter.unknown_in(document, page.unknown_languages, draft.segments)
    problems += draft.highlighter.too_long_in(document, page.long_code, draft.segments)
    problems += _faults_of_plugins(draft, page.plugin_faults) if page.plugin_faults else ()
    problems += cleaning.report(document) if cleaning else ()
    problems += numbered.diagnostics
    rules, unknown = rules_of(document, options.check)
    silences, nameless = read_silences(document.source, draft.parsed.text, draft.parsed.tokens, draft.segments)
    heeded = heed({*draft.diagnostics, *problems}, rules, document.meta.path, silences)
    diagnostics = bound_kinds(sorted({*heeded, *unknown, *nameless}, key=lambda problem: problem.sort_key))
    compiled = Compiled(
        path=document.meta.path,
        body=body,
        excerpt=excerpt,
        headings=headings,
        formulas=len(draft.formulas),
        failed=draft.failed or bool(page.plugin_faults),
        diagnostics=diagnostics,
        labels=numbered.labels,
        cited=draft.cited,
        pending=numbered.pending,
        beside=(*files_named(document, body, draft.view, options.baseurl), *draft.variants),
    )
    if any(result.error and result.error.unsure for result in results):
        draft.view.reads[kinds.UNFINISHED.key] = "a formula took too long"  # the answer may be another one next time
    return Compilation(compiled, draft.view.reads)
