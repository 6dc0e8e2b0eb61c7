r"""Lines of `\newcommand{…}{…}` and other definitions outside of all delimiters: a formula that shows nothing."""

from mathblog.core.patterns import lazy_pattern
from mathblog.text.delimiters import MATH, Region, Scanner
from mathblog.text.tex.definitions import find_definitions

_DEFINES = lazy_pattern(
    r"\\(?:(?:re)?new(?:command|environment)|providecommand|[gex]?def|Declare(?:MathOperator|PairedDelimiterX?)|definecolor|require|setcounter"
    r"|(?:New|Renew|Declare|Provide)DocumentCommand)(?![A-Za-z@])"
)
_COUNTS = lazy_pattern(r"(?:\\setcounter\{equation\}\{-?\d{1,9}\}\s*?)+(?=[ \t]*(?:\n|\Z))")
_BETWEEN = lazy_pattern(r"(?:[ \t]*(?:%[^\n]*)?(?:\n[ \t>]*|\Z))*[ \t]*")  # ends of lines, comments, marks of quotes
_LINE_END = lazy_pattern(r"[ \t]*(?:%[^\n]*)?(?=\n|\Z)")
_LONGEST_PREFIX = 80


def definitions_at(scanner: Scanner, start: int) -> Region | None:
    """The block of definitions that begins at `start`, the first character of a line but for marks of quotes.

    A blank line stands before it. It ends with the last line that holds nothing that could be seen; another block may follow at once.
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
    paragraph = text[start : scanner.paragraph_end(start)]
    counts = _COUNTS.match(paragraph)
    end = start + (counts.end() if counts else _end_of_definitions(paragraph))
    return Region(start, end, start, end, MATH, display=True) if end > start else None


def _end_of_definitions(text: str) -> int:
    """The end of the last line before which a text holds definitions and nothing else; 0 where the first holds more."""
    at = whole = 0
    for definition in find_definitions(text):
        between = _BETWEEN.match(text, at)
        if between is None or between.end() != definition.span.start:
            break
        at = definition.span.end
        if line_end := _LINE_END.match(text, at):
            whole = line_end.end()
    return whole
