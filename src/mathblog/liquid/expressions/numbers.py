"""Text -> numbers as Ruby's `to_i` reads them."""

import re

from mathblog.core.patterns import lazy_pattern

_LEADING = lazy_pattern(r"\s*([-+]?\d+(?:_\d+)*)", re.ASCII)
_MOST_DIGITS = 4000  # Python refuses longer ones


def leading_integer(text: str) -> int:
    """The whole number that a text starts with, 0 where it starts with none."""
    found = _LEADING.match(text)
    return int(found[1][:_MOST_DIGITS]) if found else 0
