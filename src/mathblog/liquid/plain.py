"""HTML -> plain words, with formulas as TeX: what a title or a description may hold."""

import re

from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.filters.stripped import strip_html
from mathblog.liquid.filters.texts import escape_once
from mathblog.liquid.filters.words import normalize_whitespace

_SOURCE = lazy_pattern(r"\\\((.*?)\\\)|\\\[(.*?)\\\]|\$\$(.*?)\$\$", re.DOTALL)


def plain_text(text: str) -> str:
    """The words of a piece of HTML, for an attribute; formulas are TeX without their dollars, as they were written."""
    return escape_once(normalize_whitespace(without_delimiters(strip_html(text))))


def without_delimiters(text: str) -> str:
    """A text whose formulas stand bare in it."""
    return _SOURCE.sub(lambda found: next(filter(None, found.groups()), ""), text)
