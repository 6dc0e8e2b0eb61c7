"""The end of each HTML element of a text: all tags are read once, each closing one belongs to the last open of its name.

A tag in a code span or a fenced block is none.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markdown_it.rules_block import StateBlock

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.math import scanner_of
from mathblog.model.options import MarkdownOptions
from mathblog.text.delimiters import Scanner
from mathblog.text.fences import closing_fence, fence_at
from mathblog.text.html_elements import RAW_TEXT, VOID
from mathblog.text.html_tags import end_of_comment

_ATTRIBUTE = r"\s+[A-Za-z_:@#\[(][^\s\"'<>/=]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?"
TAG = lazy_pattern(
    rf"<(?P<slash>/?)(?P<name>[A-Za-z][\w-]*+(?::[A-Za-z_][\w-]*+)?+)(?P<attributes>(?:{_ATTRIBUTE})*+)\s*(?P<closed>/?)>",
    re.DOTALL,
)
_NO_TAG = lazy_pattern(r"</?[A-Za-z]")
_STOP = lazy_pattern(r"<|``*|~~*")
_LEAD = lazy_pattern(r"[ \t>]*")
# kramdown's HTML_ELEMENTS_WITHOUT_BODY: with three that HTML has no more
EMPTY = frozenset((*VOID, "command", "keygen", "param"))
_TEXT_ONLY = (*RAW_TEXT, "pre")  # the tags of highlighted code, thousands of them, do not matter


class Element(NamedTuple):
    """An element: `start` to `end` with its tags, `inner_start` to `inner_end` without. A comment has no name."""

    name: str
    attributes: str
    start: int
    inner_start: int
    inner_end: int
    end: int


class Elements(NamedTuple):
    """The elements of a text by the offset of their beginning, and the offsets of `<` that are text, in order."""

    found: Mapping[int, Element]
    strays: Sequence[int]


def read_elements(state: StateBlock, options: MarkdownOptions) -> None:
    """Read the elements of a state's text, once."""
    known = state.env.setdefault("elements", {})
    if state.src not in known:
        known[state.src] = _Reader(scanner_of(state, options)).read()


def element_at(state: StateBlock, offset: int) -> Element | None:
    """The element or comment that begins at an offset; None where none begins or it is never closed."""
    known: dict[str, Elements] = state.env["elements"]
    return known[state.src].found.get(offset)


def strays_in(state: StateBlock, start: int, end: int) -> Sequence[int]:
    """The offsets of what looks like a tag between two offsets and is none: it closes nothing, or is `<http://…>`."""
    strays: Sequence[int] = state.env["elements"][state.src].strays
    return strays[bisect_left(strays, start) : bisect_left(strays, end)] if strays else ()


class _Reader:
    def __init__(self, scanner: Scanner) -> None:
        self.scanner = scanner
        self.text = scanner.text
        self.missing: set[str] = set()  # what was looked for to the end of the text and not found
        self.found: dict[int, Element] = {}
        self.strays: list[int] = []
        self.opened: dict[str, list[re.Match[str]]] = {}

    def read(self) -> Elements:
        position = 0
        while stop := _STOP.search(self.text, position):
            start = stop.start()
            if stop[0] == "<":
                position = self._section(start) or self._tag(start)
            elif mark := fence_at(self.text, start, _LEAD, position):
                position = self._fence(mark, start + len(mark))
            else:
                ticks = stop[0][0] == "`"
                position = (ticks and self.scanner.code_span_end(start)) or stop.end()
        return Elements(self.found, self.strays)

    def _fence(self, mark: str, start: int) -> int:
        if mark in self.missing:
            return start
        closing = closing_fence(mark).search(self.text, start)
        if closing is None:
            self.missing.add(mark)
        return closing.end() if closing else start

    def _section(self, at: int) -> int:
        """The end of a comment, or of `<![CDATA[…]]>`, in which no tag is one; 0 where neither begins."""
        if self.text.startswith("<![CDATA[", at):
            end = self._find("]]>", at)
            return end + 3 if end >= 0 else at + 1
        if not self.text.startswith("<!--", at):
            return 0
        inner_end, end = end_of_comment(self._find, at + 4)
        if end < 0:
            return at + 4
        self.found[at] = Element("", "", at, at + 4, inner_end, end)
        return end

    def _tag(self, at: int) -> int:
        tag = TAG.match(self.text, at)
        if tag is None:
            if _NO_TAG.match(self.text, at):
                self.strays.append(at)
            return at + 1
        name, end = tag["name"].lower(), tag.end()
        if tag["slash"]:
            if self.opened.get(name):
                self._close(self.opened[name].pop(), at, end)
            else:
                self.strays.append(at)
        elif tag["closed"] or name in EMPTY:
            self._close(tag, end, end)
        elif name in _TEXT_ONLY:
            closing = self._find(f"</{tag['name']}>", end)
            if name == "pre" and closing >= 0:
                closing = self._end_of_nested(end, closing)
            if closing >= 0:
                end = closing + len(name) + 3
                self._close(tag, closing, end)
        else:
            self.opened.setdefault(name, []).append(tag)
        return end

    def _close(self, tag: re.Match[str], inner_end: int, end: int) -> None:
        name = tag["name"].lower()
        self.found[tag.start()] = Element(name, tag["attributes"], tag.start(), tag.end(), inner_end, end)

    def _end_of_nested(self, start: int, first: int) -> int:
        """The closing tag of a `<pre>` that others may stand in, as numbered lines do; the first one where that has no end."""
        closing, depth = first, self.text.count("<pre", start, first)
        while depth and closing >= 0 and "<pre" not in self.missing:
            before, closing = closing, self.text.find("</pre>", closing + 1)
            depth += self.text.count("<pre", before, max(before, closing)) - 1
        if closing < 0:
            self.missing.add("<pre")
        return max(first, closing)

    def _find(self, needle: str, start: int) -> int:
        end = -1 if needle in self.missing else self.text.find(needle, start)
        if end < 0:
            self.missing.add(needle)
        return end
