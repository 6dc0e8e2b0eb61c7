"""The ids of equations: each once on a page."""

from collections.abc import Sequence
from re import IGNORECASE
from typing import TYPE_CHECKING

from mathblog.core.patterns import lazy_pattern

if TYPE_CHECKING:
    from markdown_it.token import Token

_NO_WORD = lazy_pattern(r"[^\w.:-]+")
_HTML_ID = lazy_pattern(r"\sid\s*=\s*[\"']?(eq-[^\s\"'>]+)", IGNORECASE)


class Anchors:
    """The ids that a page has already: those of headings and of attribute lists, and then those that are made."""

    def __init__(self, tokens: "Sequence[Token]") -> None:
        self._given = _given(tokens)
        self._made: set[str] = set()
        self._counts: dict[str, int] = {}

    def make(self, wanted: str, *, tag: bool = False) -> str:
        """The id for what is wanted: one that the page has gets `-eq` behind it, one that was made before `-2`."""
        base = "-".join(wanted.split())
        if tag:
            base = _NO_WORD.sub("-", base.replace("′", "-prime")).strip("-") or "eq"
        if base in self._given:
            base += "-eq"
        name, number = base, self._counts.get(base, 1)
        while name in self._made or name in self._given:
            number += 1
            name = f"{base}-{number}"
        self._counts[base] = number
        self._made.add(name)
        return name


def _given(tokens: "Sequence[Token]") -> set[str]:
    given = {str(token.attrs["id"]) for token in tokens if token.attrs and "id" in token.attrs}
    lines = [token.children for token in tokens if token.children]
    given |= {str(child.attrs["id"]) for line in lines for child in line if child.attrs and "id" in child.attrs}
    for token in tokens:
        if token.type in ("statement_open", "callout_open") and token.meta["label"]:
            given.add(token.meta["label"])
        elif token.type == "html_block" and "eq-" in token.content:
            given.update(_HTML_ID.findall(token.content))
    return given
