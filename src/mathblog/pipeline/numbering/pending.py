"""References to other posts, which wait in a text until its page is laid out: a mark that says what is meant."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote

from mathblog.core.patterns import lazy_pattern

MARKED, _CLOSE, _BETWEEN, _NAMES = (
    "\ufdd8",
    "\ufdd9",
    "\ufdda",
    "\ufddb",
)  # no characters of Unicode's; the first begins a mark
_MARK = lazy_pattern(f"{MARKED}([^{MARKED}{_CLOSE}]*){_CLOSE}")
_FIELDS = 5
_quote = lru_cache(maxsize=64)(quote)


class Pending(NamedTuple):
    """A reference that waits: as `pipeline/numbering/references.py` has it, from the document `path` in the language `lang`.

    `form` is `before` or `behind` (the tags around words), `link`, `hidden` (a link in the boxes of a formula), `text` (HTML without a link), `words` (no HTML), or
    `title` (words that name no other post).
    """

    form: str
    command: str
    names: tuple[str, ...]
    path: str
    lang: str


def mark(pending: Pending) -> str:
    """The mark of a reference: HTML that escapes it does not change it."""
    form, command, names, path, lang = pending
    fields = (form, command, _NAMES.join(map(_quote, names)), _quote(path), _quote(lang))
    return f"{MARKED}{_BETWEEN.join(fields)}{_CLOSE}"


def in_words(text: str) -> str:
    """A text whose references will be words, without HTML."""
    return fill(text, lambda pending: mark(pending._replace(form="words"))) if waits(text) else text


def waits(text: str) -> bool:
    """Whether a text holds a reference that waits."""
    return MARKED in text


def fill(text: str, write: Callable[[Pending], str]) -> str:
    """A text with what `write` says in the places of its marks; what only looks like one stays."""

    def put_in(found: re.Match[str]) -> str:
        fields = found[1].split(_BETWEEN)
        if len(fields) != _FIELDS:
            return found[0]
        form, command, names, path, lang = fields
        return write(Pending(form, command, tuple(map(unquote, names.split(_NAMES))), unquote(path), unquote(lang)))

    return _MARK.sub(put_in, text)
