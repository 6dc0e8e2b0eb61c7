r"""Filters that take the markup off a text, or cut it: a formula stays whole, as `\(…\)`, or goes."""

import re

from mathblog.liquid.text import to_text
from mathblog.model.rendered import restore_source

# Liquid's `standardfilters.rb`: STRIP_HTML_BLOCKS, STRIP_HTML_TAGS
_BLOCKS = re.compile(r"<script.*?</script>|<!--.*?-->|<style.*?</style>", re.DOTALL)
_TAGS = re.compile(r"<.*?>", re.DOTALL)
_DELIMITERS = re.compile(r"\\[()\[\]]")


def strip_html(value: object) -> str:
    r"""The text without its tags; formulas become `\(…\)` and `\[…\]`, as they stand in what Jekyll strips."""
    return _TAGS.sub("", _BLOCKS.sub("", restore_source(to_text(value))))


def truncate(value: object, length: object = 50, ellipsis: object = "...") -> str:
    """The first `length` characters, the ellipsis among them; a formula that would be cut is left out."""
    text, end = to_text(value), to_text(ellipsis)
    size = int(to_text(length))
    if len(text) <= size:
        return text
    return without_open_formula(text[: max(size - len(end), 0)]) + end


def without_open_formula(text: str) -> str:
    """A text that was cut, without the beginning of a formula at its end."""
    last = None
    for last in _DELIMITERS.finditer(text):  # noqa: B007 - only the last one counts
        pass
    return text[: last.start()].rstrip() if last and last[0] in ("\\(", "\\[") else text
