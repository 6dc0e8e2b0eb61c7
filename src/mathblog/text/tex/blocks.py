r"""Lines of `\newcommand{…}{…}` and other definitions outside of all delimiters: a formula that shows nothing."""

from mathblog.core.patterns import lazy_pattern
from mathblog.text.delimiters import MATH, Region, Scanner
from mathblog.text.tex.definitions import only_defines

_DEFINES = lazy_pattern(
    r"\\(?:(?:re)?new(?:command|environment)|providecommand|[gex]?def|Declare(?:MathOperator|PairedDelimiterX?)|definecolor|require|setcounter"
    r"|(?:New|Renew|Declare|Provide)DocumentCommand)(?![A-Za-z@])"
)
# the next line begins a heading, a list, a fence or a display
BLOCK = lazy_pattern(r"\n(?=[ \t>]*(?:#{1,6}[ \t]|[-*+][ \t]|\d{1,9}\.[ \t]|```|~~~|\$\$))")
_COUNTS = lazy_pattern(r"(?:\\setcounter\{equation\}\{-?\d{1,9}\}\s*)+")
_LONGEST_PREFIX = 80


def definitions_at(scanner: Scanner, start: int) -> Region | None:
    """The block of definitions that begins at `start`, the first character of a line but for marks of quotes.

    A blank line stands before it, a blank line or the beginning of another block behind it, and it holds nothing that could be seen.
    """
    text = scanner.text
    if not _DEFINES.match(text, start):
        return None
    line_start = text.rfind("\n", max(0, start - _LONGEST_PREFIX), start) + 1
    if (line_start == 0 and start > _LONGEST_PREFIX) or text[line_start:start].strip(" \t>"):
        return None
    above = text.rfind("\n", 0, max(0, line_start - 1)) + 1
    if text[above:line_start].strip(" \t>\n"):
        return None
    end = scanner.paragraph_end(start)
    behind = BLOCK.search(text, start, end)
    end = behind.start() if behind else end
    shows_nothing = only_defines(text[start:end]) or _COUNTS.fullmatch(text, start, end)
    return Region(start, end, start, end, MATH, display=True) if shows_nothing else None
