"""A formula as the author wrote it, and as it was rendered."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from mathblog.core.source import Span

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # a browser shows nothing for it, KaTeX refuses it
BLANKS = " \t\n\r\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"  # of a formula's ends


class FormulaKey(NamedTuple):
    """The key of a rendered formula: everything that its HTML depends on. The place is left out: a formula that moves is not rendered again."""

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
        """The key of the rendering."""
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
