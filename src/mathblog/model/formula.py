"""A formula as the author wrote it, and as it was rendered."""

from typing import NamedTuple, TypeAlias

from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import Span

CONTROL = lazy_pattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # a browser shows nothing for it, KaTeX refuses it
BLANKS = " \t\n\r\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"  # of a formula's ends

TOO_LONG = "\0"  # instead of a prelude: the macros of the document's formulas come to too much text


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

    `hint` is the next step, empty where there is none to offer; `code` is the name of the rule that it breaks. `unsure` says that
    it was refused for the time that it or others took, so that another build may render it: no such answer is kept.
    """

    message: str
    position: int
    length: int
    hint: str = ""
    code: str = "math"
    unsure: bool = False


class Named(NamedTuple):
    """A name in a formula, of a label or of references, and the character at which it stands, -1 where unknown."""

    name: str
    position: int


class Row(NamedTuple):
    r"""A row that can have a number. `auto` says that it has one of its own: no star, no `\notag`. `tag` is an index in `Numbering.tags`, or -1."""

    auto: bool
    labels: tuple[Named, ...] = ()
    tag: int = -1


class Display(NamedTuple):
    """A displayed equation (`bare`), or an `environment` with its rows, with a star `starred`."""

    kind: str
    rows: tuple[Row, ...]


class TagContent(NamedTuple):
    r"""The content of a `\tag` as HTML, as MathML and as a text, each cut at its references: HTML, mark, HTML."""

    html: tuple[str, ...]
    mathml: tuple[str, ...]
    text: tuple[str, ...]


class FormulaReference(NamedTuple):
    r"""A reference in a formula: `\eqref{a}` is the command `eqref` with the names `a`."""

    command: str
    names: str
    position: int


class NumberProblem(NamedTuple):
    r"""A `\tag` too many (`kind` is `tag`), or a label where there is nothing to number (`label`)."""

    kind: str
    position: int
    name: str


Event: TypeAlias = tuple[str, int | tuple[Named, ...]]
"""The steps of a formula that count, in order: `("display", index)`, `("open", labels)` and `("close", 0)` of `subequations`, `("set", number)`."""


class Numbering(NamedTuple):
    """The numbered rows, labels and references of a formula.

    `form` is `one` where it is one equation with at most one number, `rows` where `parts` has a place for the number of each row,
    else ''. `parts` are the HTML, cut at the places of numbers and references: HTML, mark, HTML (`math/marks.py`).
    """

    form: str
    parts: tuple[str, ...]
    displays: tuple[Display, ...]
    events: tuple[Event, ...]
    tags: tuple[TagContent, ...]
    references: tuple[FormulaReference, ...]
    problems: tuple[NumberProblem, ...]


class RenderedFormula(NamedTuple):
    """HTML with MathML inside, or the error that took its place.

    Most formulas have no `numbering`. The `html` of one that has is that without automatic numbers, and names stand for its references.
    """

    html: str
    error: FormulaError | None = None
    numbering: Numbering | None = None
