"""What Liquid gets from the rooms beside it, and what it gives back."""

from collections.abc import Callable
from dataclasses import dataclass

from mathblog.core.diagnostic import Diagnostic
from mathblog.core.segments import SegmentMap


@dataclass(frozen=True, slots=True)
class Services:
    """Functions injected by the pipeline.

    `highlight(code, language, options)` gives a code block as HTML on one line; `markdownify(text)` gives Markdown as
    HTML; `css(text, style, indented)` gives Sass as CSS, and an error in words or ''.
    """

    highlight: Callable[[str, str, str], str]
    markdownify: Callable[[str], str]
    css: Callable[[str, str, bool], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class LiquidResult:
    """A body after Liquid: its text, where each stretch of it came from, and what was wrong.

    `failed` says that the document cannot become a page.
    """

    text: str
    segments: SegmentMap
    diagnostics: tuple[Diagnostic, ...]
    failed: bool
