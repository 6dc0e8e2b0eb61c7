"""Diagnostic -> text with an excerpt and carets, for a terminal."""

import unicodedata

from mathblog.core.diagnostic import Diagnostic
from mathblog.core.printable import printable


def location(diagnostic: Diagnostic) -> str:
    """`path:line:column`, with what is known of it."""
    path = printable(diagnostic.path)
    if not diagnostic.line:
        return path
    if not diagnostic.column:
        return f"{path}:{diagnostic.line}"
    return f"{path}:{diagnostic.line}:{diagnostic.column}"


def describe(diagnostic: Diagnostic) -> str:
    """The whole report of one problem: headline, excerpt, carets, hint; each on a line of its own, whatever is in them."""
    message = printable(diagnostic.message)
    lines = [f"{location(diagnostic)}: {diagnostic.severity}: {message} [{diagnostic.code}]"]
    if diagnostic.excerpt.strip() and diagnostic.line:
        text, cut = diagnostic.excerpt.replace("\t", " "), diagnostic.excerpt_start
        start = max(0, diagnostic.column - 1 - cut)
        end = max(start + 1, diagnostic.end_column - 1 - cut)
        first = start - _BEFORE if _width(text) > _WIDEST and start > _BEFORE else 0
        shown, width = text[first:], 0
        for index, char in enumerate(shown):
            width += _char_width(char)
            if width > _WIDEST:
                shown = shown[:index]
                break
        lead = "…" if first or cut else ""
        tail = "…" if len(shown) < len(text) - first else ""
        parts = shown[: start - first], shown[start - first : end - first], shown[end - first :]
        before, marked, after = map(printable, parts)
        carets = " " * (_width(before) + len(lead)) + "^" * max(1, _width(marked))
        gutter = f"{diagnostic.line:>5}"
        lines += [f"{gutter} | {lead}{before}{marked}{after}{tail}", f"{' ' * len(gutter)} | {carets}"]
    if diagnostic.hint:
        lines.append(f"      = {printable(diagnostic.hint)}")
    return "\n".join(lines)


_WIDEST = 120  # columns of an excerpt; a paragraph on one line is cut around the marked place
_BEFORE = 60


def _char_width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    if not char.isprintable():
        return len(printable(char))
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _width(text: str) -> int:
    """Columns a terminal gives a text: Hangul and Han characters take two."""
    return len(text) if text.isascii() and text.isprintable() else sum(map(_char_width, text))
