r"""Lines of `\newcommand{…}{…}` and other definitions outside of all delimiters: a formula that shows nothing."""

from bisect import bisect_left

from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import Span
from mathblog.text.delimiters import MATH, Region, Scanner
from mathblog.text.tex.definitions import find_definitions

_DEFINES = lazy_pattern(
    r"\\(?:(?:re)?new(?:command|environment)|providecommand|[gex]?def|Declare(?:MathOperator|PairedDelimiterX?)|definecolor|require|setcounter"
    r"|(?:New|Renew|Declare|Provide)DocumentCommand)(?![A-Za-z@])"
)
_ABOVE = lazy_pattern(r"[ \t>]*\\(?:newtheorem|theoremstyle|numberwithin)(?![A-Za-z])")  # lines that show nothing, too
_COUNTS = lazy_pattern(r"(?:\\setcounter\{equation\}\{-?\d{1,9}\}\s*?)+(?=[ \t]*(?:\n|\Z))")
_BETWEEN = lazy_pattern(r"(?:[ \t]*(?:%[^\n]*)?(?:\n[ \t>]*|\Z))*[ \t]*")  # ends of lines, comments, marks of quotes
_LINE_END = lazy_pattern(r"[ \t]*(?:%[^\n]*)?(?=\n|\Z)")
_LONGEST_PREFIX = 80


def definitions_at(scanner: Scanner, start: int) -> Region | None:
    """The block of definitions that begins at `start`, the first character of a line but for marks of quotes.

    A blank line stands before it, or a line of its kind. It ends with the last line that holds nothing that could be seen; another block may follow at once.
    """
    text = scanner.text
    if not _DEFINES.match(text, start):
        return None
    line_start = text.rfind("\n", max(0, start - _LONGEST_PREFIX), start) + 1
    if (line_start == 0 and start > _LONGEST_PREFIX) or text[line_start:start].strip(" \t>"):
        return None
    above = text.rfind("\n", 0, max(0, line_start - 1)) + 1
    if text[above:line_start].strip(" \t>\n") and not _ABOVE.match(text, above):
        return None
    limit = scanner.paragraph_end(start)
    counts = _COUNTS.match(text, start, limit)
    end = counts.end() if counts else _end_of_definitions(scanner, start, limit)
    return Region(start, end, start, end, MATH, display=True) if end > start else None


def _end_of_definitions(scanner: Scanner, start: int, limit: int) -> int:
    """The end of the last line before which a paragraph holds definitions and nothing else; its start where the first holds more."""
    first, last, spans = scanner.defined
    if not (first <= start and last == limit):  # each paragraph is read once, or many lines would take quadratic time
        found = find_definitions(scanner.text[start:limit])
        spans = [Span(start + it.span.start, start + it.span.end) for it in found]
        scanner.defined = start, limit, spans
    at = whole = start
    for span in spans[bisect_left(spans, (start,)) :]:
        between = _BETWEEN.match(scanner.text, at, limit)
        if between is None or between.end() != span.start:
            break
        at = span.end
        if line_end := _LINE_END.match(scanner.text, at, limit):
            whole = line_end.end()
    return whole
