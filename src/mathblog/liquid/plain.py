"""HTML -> plain words, with formulas as TeX: what a title or a description may hold."""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from mathblog.liquid.filters.texts import escape_once, strip_html
from mathblog.liquid.filters.words import normalize_whitespace

_KATEX = re.compile(r"<span class=\"katex(?:-display)?\"")
_SPAN = re.compile(r"<(/?)span\b")
_ANNOTATION = '<annotation encoding="application/x-tex">'
_SOURCE = re.compile(r"\\\((.*?)\\\)|\\\[(.*?)\\\]|\$\$(.*?)\$\$", re.DOTALL)


class Part(NamedTuple):
    """A stretch of HTML; `tex` is that of a formula, None of anything else."""

    html: str
    tex: str | None


def parts(text: str) -> Iterator[Part]:
    """A text's formulas, as KaTeX renders them, and what stands between them."""
    position = 0
    while found := _KATEX.search(text, position):
        end = _end_of_span(text, found.start())
        piece = text[found.start() : end]
        tex = html.unescape(piece.partition(_ANNOTATION)[2].partition("</annotation>")[0])
        yield Part(text[position : found.start()], None)
        yield Part(piece, tex.strip())
        position = end
    yield Part(text[position:], None)


def plain_text(text: str) -> str:
    """The words of a piece of HTML, for an attribute; formulas are TeX without their dollars, as they were written."""
    words = "".join(_words(part) for part in parts(text))
    return escape_once(normalize_whitespace(strip_html(words)))


def _words(part: Part) -> str:
    if part.tex is not None:
        return html.escape(part.tex, quote=False)
    return _SOURCE.sub(lambda found: next(filter(None, found.groups()), ""), part.html)


def _end_of_span(text: str, start: int) -> int:
    depth = 0
    for tag in _SPAN.finditer(text, start):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return text.find(">", tag.end()) + 1
    return len(text)
