"""References to other posts, which wait in a text until its page is laid out: a mark that says what is meant."""

import re
from collections.abc import Callable
from typing import NamedTuple

_OPEN, _CLOSE, _BETWEEN, _NAMES = "\ufdd8", "\ufdd9", "\ufdda", "\ufddb"  # no characters of Unicode's
_MARK = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_FIELDS = 5


class Pending(NamedTuple):
    """A reference that waits: as `pipeline/numbering/references.py` has it, from the document `path` in the language `lang`.

    `form` is `link`, `hidden` (a link in the boxes of a formula), `text` (HTML without a link) or `words` (no HTML).
    """

    form: str
    command: str
    names: tuple[str, ...]
    path: str
    lang: str


def mark(pending: Pending) -> str:
    """The mark of a reference."""
    form, command, names, path, lang = pending
    return f"{_OPEN}{_BETWEEN.join((form, command, _NAMES.join(names), path, lang))}{_CLOSE}"


def waits(text: str) -> bool:
    """Whether a text holds a reference that waits."""
    return _OPEN in text


def fill(text: str, write: Callable[[Pending], str]) -> str:
    """A text with what `write` says in the places of its marks; what only looks like one stays."""

    def put_in(found: re.Match[str]) -> str:
        fields = found[1].split(_BETWEEN)
        if len(fields) != _FIELDS:
            return found[0]
        form, command, names, path, lang = fields
        return write(Pending(form, command, tuple(names.split(_NAMES)), path, lang))

    return _MARK.sub(put_in, text)
