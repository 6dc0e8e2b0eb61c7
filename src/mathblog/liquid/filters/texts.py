"""Filters on text: Liquid's own (`standardfilters.rb`)."""

import re
from collections.abc import Callable
from urllib.parse import quote_plus, unquote_to_bytes

from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.errors import FilterArgumentError
from mathblog.liquid.expressions.loops import whole_number
from mathblog.liquid.filters.lists.arrays import slice_items
from mathblog.liquid.text import to_s, too_long, too_many
from mathblog.model.limits import LEAST, Limits
from mathblog.text.harmless import Escaped

_SPACE = " \t\n\v\f\r\0"
_UNESCAPED = lazy_pattern(r"[\"'><]|&(?!([a-zA-Z]+|#\d+);)")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_ESCAPE = str.maketrans(_ESCAPES)
_NEWLINE = lazy_pattern(r"\r?\n")
_REFERENCE = lazy_pattern(r"\\(?:([0-9&])|(\\))")


def append(value: object, more: object, *, limits: Limits = LEAST) -> str:
    """A text and another."""
    return _checked(to_s(value), to_s(more), limits)


def prepend(value: object, more: object, *, limits: Limits = LEAST) -> str:
    """A text after another."""
    return _checked(to_s(more), to_s(value), limits)


def _checked(first: str, second: str, limits: Limits) -> str:
    if len(first) + len(second) > limits.characters:
        raise too_long(limits)
    return first + second


def upcase(value: object) -> str:
    """In capital letters."""
    return to_s(value).upper()


def downcase(value: object) -> str:
    """In small letters."""
    return to_s(value).lower()


def capitalize(value: object) -> str:
    """The first letter a capital, all others small."""
    text = to_s(value)
    return text[:1].title() + text[1:].lower()


def strip(value: object) -> str:
    """Without white space around it."""
    return to_s(value).strip(_SPACE)


def lstrip(value: object) -> str:
    """Without white space before it."""
    return to_s(value).lstrip(_SPACE)


def rstrip(value: object) -> str:
    """Without white space after it."""
    return to_s(value).rstrip(_SPACE)


def strip_newlines(value: object) -> str:
    """As one line."""
    return _NEWLINE.sub("", to_s(value))


def newline_to_br(value: object) -> str:
    """With a `<br />` at each line's end."""
    return _NEWLINE.sub("<br />\n", to_s(value))


def escape(value: object) -> str | None:
    """Text for HTML (Ruby's `CGI.escapeHTML`)."""
    if isinstance(value, Escaped):
        return value
    return None if value is None else to_s(value).translate(_ESCAPE)


def escape_once(value: object) -> str:
    """The same, but entities stay."""
    return _UNESCAPED.sub(lambda match: _ESCAPES[match[0]], to_s(value))


def url_encode(value: object) -> str | None:
    """Text for a query: spaces become `+` (Ruby's `CGI.escape`)."""
    return None if value is None else cgi_escaped(to_s(value))


def cgi_escaped(text: str) -> str:
    """Ruby's `CGI.escape`, which keeps `~`."""
    return quote_plus(text, safe="")


def url_decode(value: object) -> str | None:
    """The text that a query stands for."""
    if value is None:
        return None
    try:
        return unquote_to_bytes(to_s(value).replace("+", " ")).decode()
    except UnicodeDecodeError:
        message = "`url_decode` finds bytes that are no text"
        raise FilterArgumentError(message) from None


def base64_encode(value: object) -> str:
    """In Base64."""
    import base64

    return base64.b64encode(to_s(value).encode()).decode()


def base64_url_safe_encode(value: object) -> str:
    """In the Base64 for addresses."""
    import base64

    return base64.urlsafe_b64encode(to_s(value).encode()).decode()


def base64_decode(value: object) -> str:
    """The text of a Base64 text."""
    import base64

    return _decoded(lambda text: base64.b64decode(text, validate=True), value)


def base64_url_safe_decode(value: object) -> str:
    """The text of a Base64 text for addresses."""
    import base64

    return _decoded(base64.urlsafe_b64decode, value)


def _decoded(decode: Callable[[str], bytes], value: object) -> str:
    try:
        return decode(to_s(value)).decode()
    except ValueError:
        message = "not a text in Base64"
        raise FilterArgumentError(message) from None


def replace(value: object, old: object, new: object = "", *, limits: Limits = LEAST) -> str:
    """With all of one part replaced."""
    text, part, other = to_s(value), to_s(old), _literal(to_s(new), to_s(old))
    if len(text) + text.count(part) * (len(other) - len(part)) > limits.characters:
        raise too_long(limits)
    return text.replace(part, other)


def replace_first(value: object, old: object, new: object = "", *, limits: Limits = LEAST) -> str:
    """With the first of one part replaced."""
    return _fits(to_s(value).replace(to_s(old), _literal(to_s(new), to_s(old)), 1), limits)


def replace_last(value: object, old: object, new: object, *, limits: Limits = LEAST) -> str:
    """With the last of one part replaced."""
    text, part = to_s(value), to_s(old)
    start = text.rfind(part)
    return text if start < 0 else _fits(text[:start] + to_s(new) + text[start + len(part) :], limits)


def _fits(text: str, limits: Limits) -> str:
    if len(text) > limits.characters:
        raise too_long(limits)
    return text


def _literal(new: str, old: str) -> str:
    r"""Return a replacement as Ruby's `gsub` reads it: `\0` and `\&` are the part, `\1`…`\9` nothing, `\\` a backslash."""

    def expand(match: re.Match[str]) -> str:
        if match[2]:
            return "\\"
        return old if match[1] in "0&" else ""

    return _REFERENCE.sub(expand, new) if "\\" in new else new


def remove(value: object, part: object) -> str:
    """Without a part."""
    return to_s(value).replace(to_s(part), "")


def remove_first(value: object, part: object) -> str:
    """Without the first of a part."""
    return to_s(value).replace(to_s(part), "", 1)


def remove_last(value: object, part: object) -> str:
    """Without the last of a part."""
    text = to_s(value)
    return replace_last(text, part, "", limits=Limits(characters=len(text)))


def split(value: object, separator: object, *, limits: Limits = LEAST) -> list[object]:
    """The parts of a text; empty ones at the end are left out, as Ruby does."""
    text, mark = to_s(value), to_s(separator)
    if (len(text) if not mark else text.count(mark)) > limits.items:
        raise too_many(limits)
    parts: list[object] = [*text] if not mark else [*text.split()] if mark == " " else [*text.split(mark)]
    while parts and not parts[-1]:
        parts.pop()
    return parts


def slice_value(value: object, start: object, length: object = None) -> object:
    """A part of a text or list; negative starts count from the end."""
    begin = whole_number(start)
    count = 1 if length is None or length is False else whole_number(length)
    if isinstance(value, list | tuple):
        return slice_items(value, begin, count)
    text = to_s(value)
    if begin < -len(text) or begin > len(text) or count < 0:
        return ""
    begin = begin + len(text) if begin < 0 else begin
    return text[begin : begin + count]
