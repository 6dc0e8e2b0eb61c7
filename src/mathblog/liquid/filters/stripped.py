r"""Filters that take the markup off a text, or cut it: a formula stays whole, as `\(…\)`, or goes."""

from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.expressions.loops import whole_number
from mathblog.liquid.text import to_s
from mathblog.text.rendered import restore_source

# Liquid's `standardfilters.rb`: STRIP_HTML_BLOCKS, STRIP_HTML_TAGS
_STRIPPED = (("<script", "</script>"), ("<!--", "-->"), ("<style", "</style>"), ("<", ">"))
_DELIMITERS = lazy_pattern(r"\\[()\[\]]")


def strip_html(value: object) -> str:
    r"""The text without its tags; formulas become `\(…\)` and `\[…\]`, as they stand in what Jekyll strips.

    It takes linear time: what is never closed stays.
    """
    text = restore_source(to_s(value))
    for opener, closer in _STRIPPED:
        kept, position = [], 0
        while (start := text.find(opener, position)) >= 0:
            end = text.find(closer, start + len(opener))
            if end < 0:
                break
            kept.append(text[position:start])
            position = end + len(closer)
        text = "".join([*kept, text[position:]])
    return text


def truncate(value: object, length: object = 50, ellipsis: object = "...") -> str | None:
    """The first `length` characters, the ellipsis among them; a formula that would be cut is left out."""
    if value is None:
        return None
    text, most, end = to_s(value), whole_number(length), to_s(ellipsis)
    if len(text) <= most:
        return text
    return without_open_formula(text[: max(0, most - len(end))]) + end


def truncatewords(value: object, count: object = 15, ellipsis: object = "...") -> str | None:
    """The first words of a text; a formula that would be cut is left out."""
    if value is None:
        return None
    text = to_s(value)
    most = max(1, whole_number(count))
    words = text.split(None, most)
    return text if len(words) <= most else without_open_formula(" ".join(words[:most])) + to_s(ellipsis)


def without_open_formula(text: str) -> str:
    """A text that was cut, without the beginning of a formula at its end."""
    last = None
    for last in _DELIMITERS.finditer(text):  # noqa: B007 - only the last one counts
        pass
    return text[: last.start()].rstrip() if last and last[0] in ("\\(", "\\[") else text
