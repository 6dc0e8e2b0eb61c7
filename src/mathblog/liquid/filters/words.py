"""Filters on text (Jekyll's `filters.rb`, and Liquid's own where Python's library differs from Ruby)."""

import html
import re
from collections.abc import Mapping

from liquid.exceptions import FilterArgumentError
from liquid.filter import with_context

from mathblog.liquid.environment import Context
from mathblog.liquid.filters.stripped import without_open_formula
from mathblog.liquid.text import inspect, to_text
from mathblog.model.slugs import slugify

_CJK = (
    r"\u1100-\u11ff\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff"
    r"\u3131-\u318e\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7fb\uf900-\ufaff\uff66-\uffdc"
    r"\U00020000-\U0003ffff"
)
_CJK_CHARACTER = re.compile(f"[{_CJK}]")
_OTHER_WORD = re.compile(rf"[^\s{_CJK}]+")
_UNESCAPED = re.compile(r"[\"'><]|&(?!([a-zA-Z]+|#\d+);)")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}


def escape(value: object) -> str:
    """Text for HTML, as Ruby's `CGI.escapeHTML`."""
    return re.sub(r"[&<>\"']", lambda match: _ESCAPES[match[0]], to_text(value))


def escape_once(value: object) -> str:
    """The same, but entities stay."""
    return _UNESCAPED.sub(lambda match: _ESCAPES[match[0]], to_text(value))


def xml_escape(value: object) -> str:
    """Text for XML: apostrophes stay."""
    return html.escape(to_text(value), quote=False).replace('"', "&quot;")


def normalize_whitespace(value: object) -> str:
    """Every stretch of white space becomes one space."""
    return " ".join(to_text(value).split())


def number_of_words(value: object, mode: object = None) -> int:
    """Words between spaces; `cjk` counts each Chinese, Japanese and Korean character, `auto` when there are any."""
    text = to_text(value)
    characters = len(_CJK_CHARACTER.findall(text)) if mode in {"cjk", "auto"} else 0
    if mode == "cjk" or characters:
        return characters + len(_OTHER_WORD.findall(text))
    return len(text.split())


def slugify_value(value: object, mode: object = None) -> object:
    """Text for an address: modes `none`, `raw`, `default`, `pretty`, `ascii`, `latin`."""
    return None if value is None else slugify(to_text(value), to_text(mode) or "default")


@with_context
def markdownify(value: object, *, context: Context) -> str:
    """Markdown as HTML."""
    return context.run.services.markdownify(to_text(value))


def smartify(value: object) -> str:
    """Typographic quotes, dashes and dots; HTML tags stay."""
    parts = re.split(r"(<[^>]*>)", to_text(value))
    return "".join(part if index % 2 else _smart(part) for index, part in enumerate(parts))


def _smart(text: str) -> str:
    for plain, typographic in (("---", "—"), ("--", "–"), ("...", "…"), ("<<", "«"), (">>", "»")):
        text = text.replace(plain, typographic)
    text = re.sub(r"(?<![^\s(\[{—–-])\"(?=\S)", "“", text).replace('"', "”")
    text = re.sub(r"(?<![^\s(\[{—–“-])'(?=[^\s\d])", "‘", text)
    return text.replace("'", "’")


def split(value: object, separator: object = " ") -> list[str]:
    """The parts of a text; empty ones at the end are left out, as Ruby does."""
    text, mark = to_text(value), to_text(separator)
    parts = list(text) if not mark else text.split() if mark == " " else text.split(mark)
    while parts and not parts[-1]:
        parts.pop()
    return parts


def truncatewords(value: object, count: object = 15, ellipsis: object = "...") -> str:
    """The first words of a text."""
    text = to_text(value)
    words = text.split()
    limit = max(1, int(to_text(count)))
    return text if len(words) <= limit else without_open_formula(" ".join(words[:limit])) + to_text(ellipsis)


def inspect_value(value: object) -> str:
    """What Ruby's `inspect` shows, for debugging."""
    return xml_escape(inspect(value))


def to_integer(value: object) -> int:
    """A number from a text, `true` or `false`."""
    if isinstance(value, bool | int | float):
        return int(value)
    digits = re.match(r"\s*[-+]?\d{1,4000}", to_text(value))
    return int(digits[0]) if digits else 0


def jsonify(value: object) -> str:
    """A value as JSON."""
    import json

    try:
        return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))
    except (ValueError, RecursionError):
        message = "too deep for JSON"
        raise FilterArgumentError(message, token=None) from None


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Mapping):
        return {to_text(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | range):
        return [_plain(item) for item in value]
    return to_text(value)
