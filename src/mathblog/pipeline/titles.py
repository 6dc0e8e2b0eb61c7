"""Formulas in titles and descriptions: rendered where HTML may stand, in words where it may not."""

from collections.abc import Callable
from html import escape

from markdown_it.token import Token

from mathblog.math.renderer import MathRenderer, render_unique
from mathblog.math.words import formula_words
from mathblog.model.formula import FormulaKey, RenderedFormula
from mathblog.model.options import MarkdownOptions
from mathblog.pipeline.page_maths import Refused


class TitleMaths:
    """Renders short texts from the front matter, all formulas inline. `refused` are those that KaTeX did not take."""

    def __init__(self, options: MarkdownOptions, renderer: Callable[[], MathRenderer]) -> None:
        self._options = options
        self._renderer = renderer
        self.refused: dict[Refused, None] = {}

    def html(self, text: str) -> str:
        """The text as HTML."""
        escaped = escape(text)
        if "$" not in text and "\\" not in text:
            return escaped
        pieces, rendered = self._render(escaped)
        return "".join(
            rendered[piece.content].html if piece.type == "math_inline" else piece.content for piece in pieces
        )

    def words(self, text: str) -> str:
        """The text without markup: not escaped."""
        if "$" not in text and "\\" not in text:
            return text
        from html import unescape

        pieces, rendered = self._render(escape(text))
        return "".join(
            formula_words(rendered[piece.content].html, piece.content)
            if piece.type == "math_inline"
            else unescape(piece.content)
            for piece in pieces
        )

    def _render(self, escaped: str) -> tuple[list[Token], dict[str, RenderedFormula]]:
        from mathblog.markdown.maths.html_maths import split_html

        pieces = split_html(escaped, self._options) or [Token("html_block", "", 0, content=escaped)]
        keys = [FormulaKey(piece.content, display=False, prelude="") for piece in pieces if piece.type == "math_inline"]
        rendered = {key.tex: found for key, found in (render_unique(self._renderer(), keys) if keys else {}).items()}
        self.refused |= {Refused(tex, found.error): None for tex, found in rendered.items() if found.error}
        return pieces, rendered
