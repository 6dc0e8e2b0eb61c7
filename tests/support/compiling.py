"""One text through all that a document goes through on its way to HTML, formulas shown as TeX."""

import datetime
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from html import escape

from mathblog.core.source import SourceText
from mathblog.engine.programs.diagrams import draw
from mathblog.engine.sass_compiler import SassEngine
from mathblog.math.renderer import MathRenderer
from mathblog.model.compiled import Compiled
from mathblog.model.facts.view import SiteFacts
from mathblog.model.formula import FormulaKey, RenderedFormula
from mathblog.model.options import LiquidOptions, MarkdownOptions, NumberOptions, ReadingOptions
from mathblog.pipeline.compiling.compile import compile_documents
from mathblog.pipeline.compiling.options import CompileOptions, Compiler, Tools
from mathblog.pipeline.extensions import BUILTINS
from mathblog.reading.read import Reader, read_document
from support.liquid_site import FACTS

PATH = "_posts/2018-10-06-vae.md"
_NOW = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


class TexRenderer:
    """Shows formulas as they were written: KaTeX has tests of its own."""

    def begin(self, keys: Sequence[FormulaKey]) -> Callable[[], list[RenderedFormula]]:
        """The source of each."""
        return lambda: [RenderedFormula(f'<span class="katex">{escape(key.tex)}</span>') for key in keys]

    def close(self) -> None:
        """Nothing runs."""


class NoHighlights:
    """No code is known."""

    def get(self, _key: tuple[str, ...]) -> str | None:
        """None of it."""

    def put(self, _key: tuple[str, ...], _html: str) -> None:
        """Forget it."""


def compile_text(
    text: str, front_matter: str = "", renderer: MathRenderer | None = None, numbers: NumberOptions | None = None
) -> Compiled | None:
    """The compiled post of a text; None where it cannot be read. Formulas are shown as TeX without a `renderer`."""
    source = SourceText(PATH, f"---\n{front_matter}---\n{text}")
    document = read_document(Reader(ReadingOptions(), _NOW), source).document
    if document is None:
        return None
    options = CompileOptions(
        BUILTINS, LiquidOptions(), MarkdownOptions(), ("md",), "", numbers=numbers or NumberOptions()
    )
    tools = Tools(NoHighlights(), SassEngine(), lambda _seconds: nullcontext(), draw)
    compiler = Compiler(options, lambda: renderer or TexRenderer(), tools)
    return next(compile_documents(compiler, [[document]], SiteFacts(FACTS))).compiled
