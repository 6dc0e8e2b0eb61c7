"""Places of formulas and images in the text: offsets in a block's content -> offsets in the parsed text.

A block's content is its lines without the marks of the lists and quotes around them, so each line of it maps apart.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it.token import Token

from mathblog.core.patterns import lazy_pattern

_PLACED = frozenset(("math_inline", "image", "html_inline", "reference", "citation_open", "link_open"))
_CELLS = ("th_open", "td_open")
_OPENING = lazy_pattern(r"\(\s*<?")  # what stands between the text of an image and its address
_HTML_IMAGE = lazy_pattern(r"<img\b[^<>]*?\bsrc\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)')", re.IGNORECASE)


class Image(NamedTuple):
    """An image's address as it will stand in the page, and the place that names it."""

    src: str
    offset: int


class Places(NamedTuple):
    """Pairs of the offset in a content and the offset in the text, for each stretch that moved as a whole."""

    contents: tuple[int, ...]
    texts: tuple[int, ...]

    def offset(self, position: int) -> int:
        """The offset in the text of a position of the content."""
        index = max(0, bisect_right(self.contents, position) - 1)
        return self.texts[index] + position - self.contents[index]


class Locator:
    """Finds the blocks of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0]
        find, at = text.find, -1
        while (at := find("\n", at + 1)) >= 0:
            self.starts.append(at + 1)
        self.row = (-1, 0)  # the table row that was looked at last, and where its next cell can begin

    def locate(self, tokens: Sequence[Token]) -> tuple[Image, ...]:
        """Give the formulas among the tokens of a document their offsets in the text; the images it names."""
        images: list[Image] = []
        for index, token in enumerate(tokens):
            if token.map is None or not token.content:
                continue
            if token.type == "inline":
                self._inline(token, images, cell=index > 0 and tokens[index - 1].type in _CELLS)
            elif token.type == "math_block":
                _move(token, self._lines(token.info, token.map[0]))
                token.info = ""
            elif token.type == "html_block":
                self._html(token, images)
        return tuple(images)

    def line_start(self, line: int) -> int:
        """The offset at which a line, counted from 0, begins."""
        return self.starts[min(line, len(self.starts) - 1)]

    def _inline(self, token: Token, images: list[Image], *, cell: bool) -> None:
        found = [child for child in token.children or () if child.type in _PLACED]
        children = [child for child in found if child.type != "link_open" or "start" in child.meta]  # of `\\hyperref`
        line = token.map[0] if token.map else 0
        if cell:
            places = self._cell(token.content, line)
        elif children:
            places = self._lines(token.content, line)
        cursor = 0
        for child in children:
            if "start" in child.meta:
                cursor = child.meta["end"]
                _move(child, places)
            elif child.type == "image":
                cursor = max(cursor, token.content.find(f"[{child.content}]", cursor) + len(child.content) + 2)
                opening = _OPENING.match(token.content, cursor)
                for inner in (it for it in child.children or () if "start" in it.meta):
                    base = cursor - len(child.content) - 1  # they are counted from the beginning of the description
                    inner.meta.update(start=inner.meta["start"] + base, end=inner.meta["end"] + base)
                    _move(inner, places)
                images.append(Image(str(child.attrs["src"]), places.offset(opening.end() if opening else cursor)))
            else:
                images += [Image(src, places.offset(cursor)) for src, _ in _html_images(child.content)]

    def _html(self, token: Token, images: list[Image]) -> None:
        found = list(_html_images(token.content))
        formulas = [child for child in token.children or () if child.type in ("math_inline", "reference")]
        if not (found or formulas):
            return
        places = self._lines(token.content, token.map[0] if token.map else 0)
        images += [Image(src, places.offset(at)) for src, at in found]
        for formula in formulas:
            _move(formula, places)

    def _lines(self, content: str, first: int) -> Places:
        """Each line of the content is the end of its line of the text, but for blanks that were cut off."""
        contents, texts, at = [], [], 0
        for number, line in enumerate(content.split("\n"), first):
            start, whole = self._whole_line(number)
            if whole.endswith(line):
                stretches = [(0, len(whole) - len(line))]
            else:
                place = whole.rfind(line.strip()) - (len(line) - len(line.lstrip()))
                stretches = [(0, max(place, 0))] if place >= 0 or "&lt;" not in line else _over_strays(line, whole)
            for moved, place in stretches:
                contents.append(at + moved)
                texts.append(start + place)
            at += len(line) + 1
        return Places(tuple(contents), tuple(texts))

    def _cell(self, content: str, line: int) -> Places:
        r"""Cells follow each other in their row; an escaped `\|` has lost its backslash."""
        start, row = self._whole_line(line)
        known, cursor = self.row
        cursor = cursor if known == line else 0
        if "|" not in content and (place := row.find(content, cursor)) >= 0:
            self.row = (line, place + len(content))
            return Places((0,), (start + place,))
        pattern = re.compile(r"(\\?)\|".join(map(re.escape, content.split("|"))))
        match = pattern.search(row, cursor)
        if match is None:
            return Places((0,), (start,))
        self.row = (line, match.end())
        contents, texts, lost = [0], [start + match.start()], 0
        pipes = (place for place, sign in enumerate(content) if sign == "|")
        for pipe, escape in zip(pipes, match.groups(), strict=True):
            if escape:
                lost += 1
                contents.append(pipe)
                texts.append(start + match.start() + pipe + lost)
        return Places(tuple(contents), tuple(texts))

    def _whole_line(self, number: int) -> tuple[int, str]:
        start = self.line_start(number)
        end = self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.text)
        return start, self.text[start:end]


def _over_strays(line: str, whole: str) -> list[tuple[int, int]]:
    """The stretches of a line of HTML in which a `<` that begins no tag has become `&lt;`, each with its place in the whole line."""
    stretches: list[tuple[int, int]] = []
    content, text = len(line), len(whole)
    for piece in reversed(line.split("&lt;")):
        content, text = content - len(piece), text - len(piece)
        stretches.append((max(content, 0), max(text, 0)))
        content -= len("&lt;")
        text -= len("&lt;") if whole.endswith("&lt;", 0, text) else 1
    return stretches[::-1]


def _move(token: Token, places: Places) -> None:
    start, end = token.meta["start"], token.meta["end"]
    token.meta.update(start=places.offset(start), end=places.offset(max(start, end - 1)) + (end > start))


def _html_images(html: str) -> Iterator[tuple[str, int]]:
    for match in _HTML_IMAGE.finditer(html):
        yield match[1] or match[2] or "", match.start()
