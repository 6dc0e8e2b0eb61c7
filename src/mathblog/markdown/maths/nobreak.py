"""Text directly beside a formula, which stays on its line: `$x$이고`, `($x$)`, `$n$-th`.

A browser may end a line before and after every piece of a formula, even before a comma. Only an element around the formula
and the text forbids it. In that element a `<wbr>` lets a line end after a relation or an operator, as in a formula alone.
"""

from mathblog.core.patterns import lazy_pattern
from mathblog.model.body import Piece

# Ideographs and kana may start a line of their own, and so may an opening bracket, a dash or a slash.
_OPENERS = r"(\[{（［｛「『《〈【〔“‘«"
_AFTER = lazy_pattern(rf"[^\s{_OPENERS}—–/\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]{{1,12}}")
_BEFORE = lazy_pattern(rf"[{_OPENERS}\"']{{1,3}}$")
_LONGEST = 4  # characters, with a line end after them
PIECE = '<span class="katex-base">'
_NEXT = lazy_pattern(rf'</span>(?=(?:<span class="katex-wide">)?{PIECE})')


def attached_after(text: str) -> str:
    """The beginning of a text that stays on the line of the formula before it."""
    found = _AFTER.match(text)
    return found[0] if found else ""


def attached_before(text: str) -> str:
    """The end of a text that stays on the line of the formula after it."""
    found = _BEFORE.search(text, max(0, len(text) - _LONGEST))
    return found[0] if found else ""


def join(before: str, formula: Piece, after: str) -> tuple[str, Piece, str]:
    """A formula with the HTML of what is attached to it, on one line where KaTeX made it of pieces."""
    html = formula if isinstance(formula, str) else formula.html
    if not (before or after) or PIECE not in html:
        return before, formula, after
    broken = with_breaks(html)
    joined = broken if isinstance(formula, str) else formula._replace(html=broken)
    return f'<span class="nobreak">{before}', joined, f"{after}</span>"


def with_breaks(formula: str) -> str:
    """The HTML of a formula in which a line may end between its pieces."""
    return _NEXT.sub("</span><wbr>", formula)
