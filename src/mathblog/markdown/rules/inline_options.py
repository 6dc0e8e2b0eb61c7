"""Options that a text sets for itself by `{::options …}`.

`auto_ids`, `parse_block_html`, `parse_span_html`, `toc_levels`, `footnote_nr`, and in `syntax_highlighter_opts` the language
of code that names none.
"""

import re
from collections.abc import MutableMapping, Sequence
from typing import Any

from mathblog.core.patterns import lazy_pattern

_PAIR = lazy_pattern(r"([\w-]+)=(?:\"([^\"]*)\"|'([^']*)')")
_DEFAULT_LANGUAGE = lazy_pattern(r"\bdefault_lang:\s*[\"']?([\w+#.-]+)")
_LEVELS = lazy_pattern(r"([1-6])\.\.([1-6])")

_MOST_DIGITS = 9

Env = MutableMapping[str, Any]


def note_options(env: Env, attributes: str) -> None:
    """Take the options of one extension; kramdown's other options have no meaning here."""
    for pair in _PAIR.finditer(attributes):
        name, value = pair[1], pair[2] if pair[2] is not None else pair[3]
        if name in ("auto_ids", "parse_block_html", "parse_span_html"):
            env[name] = value == "true"
        elif name == "footnote_nr" and value.isdecimal():
            env[name] = int(value[:_MOST_DIGITS])
        elif name == "syntax_highlighter_opts" and (language := _DEFAULT_LANGUAGE.search(value)):
            env["default_language"] = language[1]
        elif name == "toc_levels":
            span = _LEVELS.fullmatch(value.strip())
            if span:
                env[name] = tuple(range(int(span[1]), int(span[2]) + 1))
            else:
                env[name] = tuple(int(level) for level in re.findall(r"[1-6]", value))


def auto_ids(env: Env) -> bool:
    """Whether headings get ids of their own."""
    return bool(env.get("auto_ids", True))


def default_language(env: Env) -> str:
    """The language of code that names none, "" for plain text."""
    return str(env.get("default_language", ""))


def first_footnote(env: Env) -> int:
    """The number of the first footnote."""
    return int(env.get("footnote_nr", 1))


def toc_levels(env: Env, given: Sequence[int]) -> Sequence[int]:
    """The levels of headings in a table of contents."""
    asked: Sequence[int] = env.get("toc_levels", given)
    return asked
