"""A formula as the author wrote it, and as it was rendered."""

from dataclasses import dataclass
from typing import NamedTuple

from mathblog.core.source import Span


class FormulaKey(NamedTuple):
    """What the rendering of a formula depends on. The place is left out: moving a formula must not render it again."""

    tex: str
    display: bool
    prelude: str


@dataclass(frozen=True, slots=True)
class Formula:
    """One piece of TeX, with the stretch of the author's file that holds it (delimiters left out)."""

    tex: str
    display: bool
    prelude: str  # macro definitions that the document made before it
    span: Span

    @property
    def key(self) -> FormulaKey:
        """What the rendering depends on."""
        return FormulaKey(self.tex, self.display, self.prelude)


class FormulaError(NamedTuple):
    """Why a formula was refused: `position` and `length` are characters of its TeX, -1 and 0 where unknown.

    `hint` is the next step, empty where there is none to offer.
    """

    message: str
    position: int
    length: int
    hint: str = ""


class RenderedFormula(NamedTuple):
    """HTML with MathML inside, or the error that took its place."""

    html: str
    error: FormulaError | None = None
