"""A page's HTML -> a table of contents, and anchors in its headings (jekyll-toc's `parser.rb`)."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote_plus

from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.filters.stripped import strip_html
from mathblog.liquid.text import to_s
from mathblog.text.html_elements import VOID
from mathblog.text.html_reader import HtmlReader
from mathblog.text.rendered import read_body

_HEADING = lazy_pattern(r"h[1-6]")
_PUNCTUATION = lazy_pattern(r"[^\w\- ]")
_DEFAULTS: Mapping[str, object] = {
    "min_level": 1,
    "max_level": 6,
    "ordered_list": False,
    "no_toc_section_class": "no_toc_section",
    "list_id": "toc",
    "list_class": "section-nav",
    "sublist_class": "",
    "item_class": "toc-entry",
    "item_prefix": "toc-",
}


class ContentsEntry(NamedTuple):
    """A heading: its place is where its content starts, `html` its words with their formulas."""

    level: int
    id: str
    html: str
    place: int


def list_of_contents(text: str, options: Mapping[str, object]) -> str:
    """The headings as a nested list: those below the smallest level go into a list in the item before."""
    settings = {**_DEFAULTS, **options}
    word = "ol" if settings["ordered_list"] else "ul"
    style = to_s(settings["sublist_class"])
    opener = f'\n<{word} class="{style}">\n' if style else f"\n<{word}>\n"
    out: list[str] = []
    open_levels: list[int] = []
    for entry in _entries(text, settings):
        while open_levels and entry.level <= open_levels[-1]:
            out.append("</li>\n")
            open_levels.pop()
            if open_levels and entry.level <= open_levels[-1]:
                out.append(f"</{word}>\n")
        if open_levels and (not out or out[-1] != "</li>\n"):
            out.append(opener)
        item = f"{to_s(settings['item_class'])} {to_s(settings['item_prefix'])}h{entry.level}"
        out.append(f'<li class="{item}"><a href="#{entry.id}">{entry.html}</a>')
        open_levels.append(entry.level)
    items = "".join([*out, f"</li>\n</{word}>\n" * (len(open_levels) - 1), "</li>\n" if open_levels else ""])
    return f'<{word} id="{to_s(settings["list_id"])}" class="{to_s(settings["list_class"])}">\n{items}</{word}>'


def with_anchors(text: str, options: Mapping[str, object]) -> str:
    """The HTML with a link to itself in each heading."""
    pieces, position = [], 0
    for entry in _entries(text, {**_DEFAULTS, **options}):
        anchor = (
            f'<a class="anchor" href="#{entry.id}" aria-hidden="true"><span class="octicon octicon-link"></span></a>'
        )
        pieces += [text[position : entry.place], anchor]
        position = entry.place
    return "".join([*pieces, text[position:]])


def _entries(text: str, settings: Mapping[str, object]) -> Sequence[ContentsEntry]:
    low, high = settings["min_level"], settings["max_level"]
    levels = range(low, high + 1) if isinstance(low, int) and isinstance(high, int) else range(1, 7)
    outside = settings["no_toc_section_class"]
    names = {to_s(name) for name in (outside if isinstance(outside, list | tuple) else [outside])}
    reader = _Reader(text, names)
    seen: dict[str, int] = {}
    entries = []
    for found in reader.headings():
        if found.level in levels:
            count = seen.get(found.id, 0)
            seen[found.id] = count + 1
            entries.append(found._replace(id=f"{found.id}-{count}") if count else found)
    return entries


class _Reader(HtmlReader):
    """Goes through a page and notes its headings."""

    def __init__(self, text: str, outside: set[str]) -> None:
        super().__init__()
        self._text = text
        self._outside = outside
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._open: list[tuple[str, bool]] = []
        self._heading: tuple[int, str | None, int] | None = None
        self._found: list[ContentsEntry] = []

    def headings(self) -> Iterator[ContentsEntry]:
        """All headings that belong into a table of contents."""
        self.read(self._text)
        yield from self._found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element; the content of a heading begins here."""
        values = dict(attrs)
        classes = set((values.get("class") or "").split())
        hidden = bool(self._open and self._open[-1][1]) or bool(classes & self._outside)
        if tag not in VOID:
            self._open.append((tag, hidden))
        if _HEADING.fullmatch(tag) and not hidden and "no_toc" not in classes:
            start = self._offset() + len(self.get_starttag_text() or "")
            self._heading = (int(tag[1]), values.get("id"), start)

    def handle_endtag(self, tag: str) -> None:
        """Close an element; a heading is complete."""
        if any(name == tag for name, _ in self._open[-20:]):
            while self._open.pop()[0] != tag:
                pass
        if self._heading and tag == f"h{self._heading[0]}":
            level, identifier, start = self._heading
            inner = self._text[start : self._offset()]
            body = read_body(inner)
            words = "".join(
                html.unescape(strip_html(piece)) if isinstance(piece, str) else piece.tex.strip() for piece in body
            )
            shown = "".join(
                html.escape(html.unescape(strip_html(piece))) if isinstance(piece, str) else piece.html
                for piece in body
            )
            identifier = identifier or quote_plus(_PUNCTUATION.sub("", words.lower()).replace(" ", "-"))
            self._found.append(ContentsEntry(level, identifier, shown.strip(), start))
            self._heading = None

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
