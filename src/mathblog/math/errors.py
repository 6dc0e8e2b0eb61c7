"""A refused formula in the two places an author meets it: the report, with its position, and the page."""

import re
from collections.abc import Iterator, Sequence
from html import escape

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.source import SourceText, Span
from mathblog.model.formula import CONTROL, Formula, FormulaError, FormulaKey
from mathblog.text.html_tags import padded

_EATEN = {
    "\a": "`\\alpha`",
    "\b": "`\\beta`",
    "\v": "`\\varphi`",
    "\f": "`\\frac`",
}  # what a program makes of `\a`, `\b` …


def diagnose(formula: Formula, error: FormulaError, source: SourceText, macros: Sequence[str] = ()) -> Diagnostic:
    """The report of one refused formula: marks the bad command in the author's file, else the whole formula.

    `macros` are the names that the document defines anywhere (`defined_names`): a formula's key holds only those that
    it uses, so the renderer could not think of the others.
    """
    hint = ""
    undefined = re.match(r"undefined control sequence `(.+?)`", error.message)
    if undefined and undefined[1] in macros:
        hint = "its definition stands later in this document, or inside braces that end before this place"
    elif undefined:
        from mathblog.math.explain import near

        hint = near(undefined[1], macros)
    return at(source, locate(formula, error, source), error.message, code=error.code, hint=hint or error.hint)


def control_characters(formula: Formula, source: SourceText) -> Iterator[Diagnostic]:
    r"""A warning for each control character in a formula, which is left out; mostly a program read `\b` in `\beta` as one."""
    written = source.text[formula.span.start : formula.span.end]
    for found in CONTROL.finditer(written):
        start = formula.span.start + found.start()
        message = f"the control character U+{ord(found[0]):04X} in a formula is left out"
        eaten = _EATEN.get(found[0])
        hint = f"was a backslash eaten, as in {eaten} written by a program?" if eaten else "delete it"
        yield at(source, Span(start, start + 1), message, code="math", hint=hint)


def refused_html(key: FormulaKey, error: FormulaError) -> str:
    r"""The HTML of a refused formula: its source, marked, with the message as its title.

    It keeps its delimiters, as kramdown writes them: the site's own MathJax may know what it means. It is a `span` for
    display formulas too, as KaTeX's own are: it may stand in a paragraph.
    """
    kind = "math-error math-error-display" if key.display else "math-error"
    tex = escape(key.tex)
    written = f"\\[{tex}\\]" if key.display else f"\\({tex}\\)"
    return f'<span class="{kind}" title="{escape(error.message)}">{written}</span>'


def locate(formula: Formula, error: FormulaError, source: SourceText) -> Span:
    """The stretch of the author's file that an error means."""
    if error.position < 0:
        return _trim(formula.span, source)
    written = source.text[formula.span.start : formula.span.end]
    end = min(error.position + max(error.length, 1), len(formula.tex))
    start = min(error.position, max(end - 1, 0))
    if ("&" in written or "<" in written) and align(formula.tex, written, start) is None:
        written = padded(written)
    first = align(formula.tex, written, start)
    last = align(formula.tex, written, max(end - 1, start))
    if first is None or last is None:
        return _trim(formula.span, source)
    return Span(formula.span.start + first, formula.span.start + max(last, first) + 1)


def _trim(span: Span, source: SourceText) -> Span:
    written = source.text[span.start : span.end]
    lead = len(written) - len(written.lstrip())
    return Span(span.start + lead, span.start + max(lead + 1, len(written.rstrip())))


def align(tex: str, written: str, position: int) -> int | None:
    r"""The place in `written` of the character `position` of `tex`, None where the two do not fit together.

    `tex` is `written` without the marks of block quotes and lists at the line starts, without outer blanks, and
    maybe without the backslashes that Markdown asks for (`\\{`, `\|`). So lines are matched by their ends first.
    """
    if position >= len(tex):
        return None
    number = tex.count("\n", 0, position)
    column = position - (tex.rfind("\n", 0, position) + 1)
    lines = tex.split("\n")
    start = 0
    for index, line in enumerate(lines[: number + 1]):
        if not line.strip() and index < number:
            continue
        found = _find_line(line.strip(), written, start)
        if found is None:
            return None
        begin, stop, next_start = found
        if index == number:
            shown = line.strip()
            place = max(0, column - (len(line) - len(line.lstrip())))
            if written.startswith(shown, begin):
                return min(begin + place, max(stop - 1, begin))
            return _walk(shown, written, begin, stop, place)
        start = next_start
    return None


def _find_line(line: str, written: str, start: int) -> tuple[int, int, int] | None:
    """The next line of `written` that holds `line` at its end, as (start of it, end of it, start of the one after)."""
    while start <= len(written):
        stop = written.find("\n", start)
        stop = len(written) if stop < 0 else stop
        shown = written[start:stop].rstrip()
        if shown.endswith(line):
            return start + len(shown) - len(line), stop, stop + 1
        if _walk(line, written, start, stop, len(line) - 1) is not None:
            return start, stop, stop + 1
        start = stop + 1
    return None


def _walk(line: str, written: str, begin: int, stop: int, column: int) -> int | None:
    """Follow `line` as a subsequence of `written[begin:stop]` up to its character `column`."""
    at = begin - 1
    for char in line[: column + 1]:
        at = written.find(char, at + 1, stop)
        if at < 0:
            return None
    return at
