"""The setup of Liquid, with services of other rooms, and its result."""

from collections.abc import Callable

from mathblog.core.dataclass import dataclass
from mathblog.core.diagnostic import Diagnostic
from mathblog.core.segments import SegmentMap
from mathblog.extend.extensions import Extensions
from mathblog.model.citations.asked import CitationService
from mathblog.model.facts.view import FactView
from mathblog.model.options import LiquidOptions, MarkdownOptions


@dataclass(frozen=True, slots=True)
class Services:
    """Functions injected by the pipeline.

    `highlight(code, language, options)` gives a code block as HTML on one line; `markdownify(text)` gives Markdown as
    HTML; `css(text, indented, view)` gives Sass as CSS, and an error in words or ''; the view records the files it loads. `citations` answers the tags of jekyll-scholar, None where nobody does.
    `into_markdown` says whether what a template writes goes through Markdown afterwards.
    """

    highlight: Callable[[str, str, str], str]
    markdownify: Callable[[str], str]
    css: Callable[[str, bool, FactView], tuple[str, str]]
    into_markdown: bool = True
    citations: Callable[[], CitationService] | None = None


@dataclass(frozen=True, slots=True)
class LiquidSetup:
    """The tools that all texts of one kind are rendered with: the options, how formulas and code are told apart, what may stand there."""

    options: LiquidOptions
    markdown: MarkdownOptions
    extensions: Extensions
    services: Services


@dataclass(frozen=True, slots=True)
class LiquidResult:
    """A body after Liquid: its text, where each stretch of it came from, and what was wrong.

    `failed` says that the document cannot become a page.
    """

    text: str
    segments: SegmentMap
    diagnostics: tuple[Diagnostic, ...]
    failed: bool
