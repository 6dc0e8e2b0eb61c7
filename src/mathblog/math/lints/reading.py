"""The signs of a formula as KaTeX's parser reads them (`reading.js`), and what a lint finds among them."""

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from mathblog.model.formula import FormulaKey


class Sign(NamedTuple):
    r"""One sign of a list.

    `kind` is KaTeX's (`ord`, `bin`, `rel`, `open`, `close`, `punct`, `inner`, `op`, `space`), `letter` for a letter of a formula,
    `masked` for one in `\mathrm` and its like, `text` for a text, `script` where scripts follow, `cell` where a cell of an
    environment begins, `end` where the last one ends, `group` for what has lists of its own (a fraction, a root, a pair of `\left` and
    `\right`). `start` and `end` are characters of the formula's TeX, -1 where the sign stands in a macro.
    """

    kind: str
    text: str
    start: int
    end: int


class SignList(NamedTuple):
    """Signs that stand in one line: the whole `formula`, a `script`, the content of a `group`, `math` within a text."""

    kind: str
    signs: tuple[Sign, ...]


Reading: TypeAlias = tuple[SignList, ...]


class LintFinding(NamedTuple):
    """A fault in some characters of a formula, and the TeX to write for them where that is certain."""

    message: str
    start: int
    end: int
    hint: str
    fix: str | None = None


class Lint(NamedTuple):
    """A lint of formulas. `candidate` says of the TeX alone whether `find` may find anything, which costs next to nothing."""

    candidate: Callable[[FormulaKey], bool]
    find: Callable[[FormulaKey, Reading], Iterator[LintFinding]]
