"""A check of our own work: formulas of a document that are still TeX in the text of its finished page."""

import re
from collections.abc import Iterable

from mathblog.core.patterns import lazy_pattern
from mathblog.model.shown import Shown
from mathblog.text.html_elements import SKIPPED_BY_MATHJAX
from mathblog.text.html_reader import HtmlReader

_FORMULA = lazy_pattern(r"\\\((.+?)\\\)|\\\[(.+?)\\\]", re.DOTALL)
_NO_TEXT = frozenset(SKIPPED_BY_MATHJAX)


def count_left(pieces: Iterable[str], shown: Shown) -> int:
    r"""How many formulas that a page showed stand in its text as `\(…\)` or `\[…\]`, where a reader would see TeX.

    `pieces` are what is left of the page without the formulas that were rendered. They are read by another parser than
    the one that rendered, and only where something could be there.
    """
    if not shown.took_out:
        return 0
    page = "\0".join(pieces)
    if "\\(" not in page and "\\[" not in page:
        return 0
    reader = _Reader()
    reader.read(page)
    found = _FORMULA.finditer("".join(reader.texts))
    return sum(shown.find((it[1] or it[2]).strip(), display=it[1] is None) is not None for it in found)


class _Reader(HtmlReader):
    """Collects the text of a page that is no code; every tag ends a formula."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        """Note an element whose content is not read."""
        self.texts.append("\0")
        if tag in _NO_TEXT:
            self._hidden.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note its end."""
        self.texts.append("\0")
        if tag in self._hidden:
            del self._hidden[self._hidden.index(tag) :]

    def handle_data(self, data: str) -> None:
        """Text."""
        if not self._hidden:
            self.texts.append(data)
