"""Services of Markdown for Liquid: highlighting for `{% highlight %}`, and `markdownify`."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.segments import SegmentMap
from mathblog.core.source import Span
from mathblog.core.stops import Stop
from mathblog.liquid.errors import LiquidError
from mathblog.liquid.services import LiquidSetup, Services
from mathblog.markdown.code.highlight import HtmlAndKnown, Markup
from mathblog.model.citations.asked import CitationService
from mathblog.model.document import Document
from mathblog.model.facts.view import FactView
from mathblog.model.options import MarkdownOptions
from mathblog.pipeline.compiling.options import Compiler, Highlights

if TYPE_CHECKING:
    from markdown_it.token import Token

_ALIKE = 0.75  # how alike a name must be to be named in a hint: `email` is not enough for `mermaid!`
_SHORT = 4  # letters that both names must have: too many shorter names differ in one letter only


class CodeHighlighter:
    """Highlights the code of one document, and notes the languages that nobody knows."""

    def __init__(self, known: Highlights, uncoloured: Sequence[str] = ()) -> None:
        self._known = known
        self._colours_tags = "tag" not in uncoloured
        self._unknown_tags: list[str] = []
        self._long_tags: list[tuple[int, str]] = []

    def __call__(self, code: str, language: str, markup: Markup) -> HtmlAndKnown:
        """A fenced block."""
        return self._highlight("fence", code, language, markup)

    def tag(self, code: str, language: str, options: str) -> str:
        """A `{% highlight %}` block: its options are written as those of a fence."""
        from mathblog.markdown.code.fence_info import parse_info

        _, markup = parse_info(f"{language} {options}", line_numbers=False)
        markup = markup if self._colours_tags else Markup(coloured=False)
        html, known, too_long = self._highlight("tag", code, language, markup)
        if too_long:
            self._long_tags.append((too_long, language))
        if not known:
            self._unknown_tags.append(language)
        return html

    def _highlight(self, form: str, code: str, language: str, markup: Markup) -> HtmlAndKnown:
        """Code in one of the two forms. Only code in a language that is known is kept: a warning is never lost."""
        key = (
            f"{form} {markup.coloured}",
            code,
            language,
            str(markup.line_numbers),
            " ".join(map(str, sorted(markup.marked))),
        )
        html = self._known.get(key)
        if html is not None:
            return HtmlAndKnown(html, known=True)
        from mathblog.markdown.code.highlight import highlight_code, highlight_tag

        result = (highlight_tag if form == "tag" else highlight_code)(code, language, markup)
        if result.known and not result.too_long:
            self._known.put(key, result.html)
        return result

    def unknown_in(
        self, document: Document, fences: Sequence[tuple[str, int]], segments: SegmentMap
    ) -> list[Diagnostic]:
        """One warning for each unknown language, at the first place that names it."""
        from mathblog.markdown.code.highlight import DRAWN, language_names

        places: dict[str, Span] = {}
        for language in self._unknown_tags:
            start = document.source.text.find(f"highlight {language}", document.body_start)
            start = start + len("highlight ") if start >= 0 else document.body_start
            places.setdefault(language, Span(start, start + len(language)))
        for language, offset in fences:
            places.setdefault(language, segments.source_span(Span(offset, offset + len(language))))
        unknown = {language: place for language, place in places.items() if language.lower() not in DRAWN}
        if not unknown:
            return []
        import difflib

        problems: list[Diagnostic] = []
        for language, place in unknown.items():
            near = difflib.get_close_matches(language.lower(), language_names(), 1, _ALIKE)
            near = near if min(len(language), *map(len, near), _SHORT) >= _SHORT else []
            hint = f"did you mean `{near[0]}`?" if near else "name a language that Pygments knows, or `text`"
            message = f"unknown language `{language}`: the code is shown without colours"
            problems.append(at(document.source, place, message, code="highlight", hint=hint))
        return problems

    def too_long_in(
        self, document: Document, fences: Sequence[tuple[int, int]], segments: SegmentMap
    ) -> list[Diagnostic]:
        """One warning for each block of code with a line that is too long to be coloured."""
        places = [(length, segments.source_span(Span(offset, offset + 3))) for length, offset in fences]
        for length, language in self._long_tags:
            start = document.source.text.find(f"highlight {language}", document.body_start)
            start = max(start, document.body_start)
            places.append((length, Span(start, start + len("highlight"))))
        hint = "break the line, or name the language `text`"
        return [
            at(
                document.source,
                place,
                f"a line of code has {length:,} characters: the code is shown without colours",
                code="highlight",
                hint=hint,
            )
            for length, place in places
        ]


def set_up_liquid(
    compiler: Compiler,
    highlighter: CodeHighlighter,
    *,
    into_markdown: bool,
    citations: Callable[[], CitationService],
) -> LiquidSetup:
    """The setup of a template, with functions of Markdown and of Sass. `into_markdown` says whether what it writes goes through Markdown afterwards."""
    options = compiler.options

    def markdownify(text: str) -> str:
        from mathblog.markdown.parser import formula_tokens, parse
        from mathblog.markdown.render import render

        parsed = parse(text, options.markdown, options.extensions)
        sources = [_source_of(token, options.markdown, into_markdown=into_markdown) for token in formula_tokens(parsed)]
        rendered = render(parsed, sources, highlighter)
        if rendered.plugin_faults:  # whoever asked for this text has the place
            fault = LiquidError(rendered.plugin_faults[0][0], hint="correct the plugin, or what it is given here")
            fault.stop = Stop.PLUGIN
            raise fault
        return rendered.html

    def css(text: str, indented: bool, view: FactView) -> tuple[str, str]:  # noqa: FBT001 - a service's argument
        from mathblog.pipeline.styles import finder
        from mathblog.styles.sass import compile_text

        return compile_text(text, options.sass, finder(view), compiler.tools.sass, indented=indented)

    services = Services(highlighter.tag, markdownify, css, into_markdown, citations)
    return LiquidSetup(options.liquid, options.markdown, options.extensions, services)


def _source_of(token: "Token", markdown: MarkdownOptions, *, into_markdown: bool) -> str:
    r"""A formula's source again: a later pass renders it together with all others of the page.

    In Markdown a formula in a text is `\\(…\\)`, which is inline in raw HTML, too, where `$$` is display. One that
    Markdown would read otherwise there, for its escapes, stays between dollars.
    """
    from html import escape

    from mathblog.markdown.maths.math_escapes import plain_tex

    tex = escape(token.content, quote=False)
    display = token.meta["display"]
    if into_markdown:
        is_escaped = markdown.math_escapes and plain_tex(tex) != token.content
        return f"$${tex}$$" if display or is_escaped else f"\\\\({tex}\\\\)"
    return f"\\[{tex}\\]" if display else f"\\({tex}\\)"
