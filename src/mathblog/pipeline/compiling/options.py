"""Options and results of the compile stage, apart from its code: a build that compiles nothing loads no Markdown."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from mathblog.core.dataclass import dataclass, field
from mathblog.extend.extensions import Extensions
from mathblog.math.renderer import MathRenderer
from mathblog.model.citations.options import CitationOptions
from mathblog.model.compiled import Compiled
from mathblog.model.facts.view import Reads
from mathblog.model.images.diagrams import Diagram, DiagramOptions, Drawn
from mathblog.model.images.options import ImageOptions
from mathblog.model.options import CheckOptions, LiquidOptions, MarkdownOptions, NumberOptions, SassOptions
from mathblog.model.plugins import LinkOptions
from mathblog.styles.compiler import SassCompiler


@dataclass(frozen=True, slots=True)
class CompileOptions:
    """The slices of the configuration that a body's HTML depends on, and what reads it. With `safe` it is cleaned (`cleaning.py`)."""

    extensions: Extensions
    liquid: LiquidOptions
    markdown: MarkdownOptions
    markdown_ext: tuple[str, ...]
    baseurl: str
    citations: CitationOptions = field(default_factory=CitationOptions)
    sass: SassOptions = field(default_factory=SassOptions)
    links: LinkOptions = field(default_factory=LinkOptions)
    safe: bool = False
    check: CheckOptions = field(default_factory=CheckOptions)
    numbers: NumberOptions = field(default_factory=NumberOptions)
    images: ImageOptions = field(default_factory=ImageOptions)
    diagrams: DiagramOptions = field(default_factory=DiagramOptions)


class Compilation(NamedTuple):
    """The outcome for one document, and what it asked about the site on the way."""

    compiled: Compiled
    reads: Reads


@dataclass(frozen=True, slots=True)
class Tools:
    """The tools of a compilation: code that is highlighted already, and a compiler of Sass, which starts when it is asked.

    `limit` makes a context that raises `PageTimeoutError` after some seconds. `draw` runs a program.
    """

    highlights: "Highlights"
    sass: SassCompiler
    limit: Callable[[float], AbstractContextManager[None]]
    draw: Callable[[Diagram], Drawn]


@dataclass(frozen=True, slots=True)
class Compiler:
    """All that compiles a document besides its text and the facts: options, and what renders formulas and code.

    `renderer` starts no engine before a formula asks for it.
    """

    options: CompileOptions
    renderer: Callable[[], MathRenderer]
    tools: Tools


class PageTimeoutError(Exception):
    """A page took longer than it may."""


class Highlights(Protocol):
    """Highlighted code that is known already, by a key that stands for all it depends on."""

    def get(self, key: tuple[str, ...]) -> str | None:
        """The HTML, None where it is not known."""

    def put(self, key: tuple[str, ...], html: str) -> None:
        """Note the HTML of code that was highlighted just now."""
