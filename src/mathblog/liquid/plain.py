"""HTML -> plain words, with formulas as TeX: what a title or a description may hold."""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from mathblog.liquid.filters.stripped import strip_html
from mathblog.liquid.filters.texts import escape_once
from mathblog.liquid.filters.words import normalize_whitespace
from mathblog.model.rendered import rendered_formulas, restore_source

_SOURCE = re.compile(r"\\\((.*?)\\\)|\\\[(.*?)\\\]|\$\$(.*?)\$\$", re.DOTALL)


class Part(NamedTuple):
    """A stretch of HTML; `tex` is that of a formula, None of anything else."""

    html: str
    tex: str | None


def parts(text: str) -> Iterator[Part]:
    """A text's formulas, as KaTeX rendered them, and what stands between them."""
    position = 0
    for start, end, *_ in rendered_formulas(text):
        yield Part(text[position:start], None)
        yield Part(text[start:end], html.unescape(without_delimiters(restore_source(text[start:end]))).strip())
        position = end
    yield Part(text[position:], None)


def plain_text(text: str) -> str:
    """The words of a piece of HTML, for an attribute; formulas are TeX without their dollars, as they were written."""
    return escape_once(normalize_whitespace(without_delimiters(strip_html(text))))


def without_delimiters(text: str) -> str:
    """A text whose formulas stand bare in it."""
    return _SOURCE.sub(lambda found: next(filter(None, found.groups()), ""), text)
