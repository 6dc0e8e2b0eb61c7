"""A walk over a Markdown text from one formula or piece of code to the next."""

import re
from collections.abc import Iterator

from mathblog.core.patterns import lazy_pattern
from mathblog.model.options import MarkdownOptions
from mathblog.text.delimiters import CODE, MATH, Region, Scanner
from mathblog.text.fences import closing_fence, fence_at, is_maths_fence, is_text_unclosed
from mathblog.text.html_elements import CODE as CODE_ELEMENTS
from mathblog.text.html_tags import end_of_comment
from mathblog.text.tex.blocks import definitions_at

_STOP = lazy_pattern(r"``*|~~*|\\|\$|<|\{")
_LEAD = lazy_pattern(r"(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*")
_TAG = lazy_pattern(  # CommonMark's HTML tags and autolinks: a dollar inside them opens nothing
    r"</?[A-Za-z][A-Za-z0-9-]*+"
    r"(?:\s++[A-Za-z_:][\w.:-]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`]++))?)*+\s*+/?>"
    r"|<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*>"
)
_CODE_ELEMENT = lazy_pattern(rf"<({'|'.join(CODE_ELEMENTS)})(?=[\s>])[^<>]*>", re.IGNORECASE)
_LIQUID_CLOSER = {"{%": "%}", "{{": "}}"}
_LIQUID_BLOCK = lazy_pattern(r"[{<]%-?\s*(raw|comment|highlight|katex|math|m)\b[^\n]*?%[}>]")
_LIQUID_MATHS = {"katex": "endkatex", "math": "endmath", "m": "em"}  # jekyll-katex's and tufte-jekyll's


def regions(text: str, options: MarkdownOptions) -> Iterator[Region]:
    """All formulas and pieces of code of a Markdown text, in order, not overlapping."""
    return _Walk(text, options).regions()


class _Walk:
    def __init__(self, text: str, options: MarkdownOptions) -> None:
        self.text = text
        self.scanner = Scanner(text, options)
        self.closed: dict[str, bool] = {}

    def regions(self) -> Iterator[Region]:
        position = 0
        while stop := _STOP.search(self.text, position):
            start = stop.start()
            if start >= self.scanner.limit:
                self.scanner.limit = len(self.text)
            region = self._region(start, stop[0], position)
            if region:
                yield region
                position = region.end
            else:
                position = max(self._after(start, stop[0]), start + 1)

    def _region(self, start: int, stop: str, read: int) -> Region | None:
        if stop[0] in "`~":
            if mark := fence_at(self.text, start, _LEAD, read):
                return self._fence(start, mark)
            end = self.scanner.code_span_end(start) if stop[0] == "`" else None
            return Region(start, end, start, end, CODE) if end else None
        if stop == "<":
            return self._html(start) or self._liquid(start)
        if stop == "{":
            return self._liquid(start)
        block = self.scanner.block_formula_at(start) or definitions_at(self.scanner, start)
        return block or self.scanner.inline_formula_at(start)

    def _after(self, start: int, stop: str) -> int:
        """Return where the walk goes on after something that opens nothing."""
        if stop == "\\":
            return self.scanner.escaped_end(start) or self.scanner.doubly_escaped_end(start) or start + 2
        if stop == "$":
            return start + (2 if self.text.startswith("$$", start) else 1)
        if stop[0] in "`~":
            return start + len(stop)
        if stop == "<":
            tag = _TAG.match(self.text, start)
            return tag.end() if tag else start + 1
        closer = _LIQUID_CLOSER.get(self.text[start : start + 2])
        if closer is None:
            return start + 1
        end = self.scanner.find(closer, start + 2)
        if end >= 0:  # a formula that starts inside a Liquid tag ends there, too
            self.scanner.limit = min(self.scanner.limit, end)
        return start + 2

    def _fence(self, start: int, mark: str) -> Region | None:
        first = self.text.find("\n", start + len(mark)) + 1 or len(self.text)
        last = closing_fence(mark).search(self.text, first - 1)
        if last is None and (span := self.scanner.unclosed_fence_end(start)):
            return Region(start, span, start, span, CODE)
        if last is None and is_text_unclosed(self.text, start, self.scanner.options):
            return None
        inner, end = (last.start() + 1, last.end()) if last else (len(self.text), len(self.text))
        if last and is_maths_fence(self.text[start + len(mark) : first]):
            return Region(start, end, first, inner, MATH, display=True)
        return Region(start, end, first, inner, CODE)

    def _html(self, start: int) -> Region | None:
        if self.text.startswith("<!--", start):
            inner_end, end = end_of_comment(self.scanner.find, start + 4)
            return Region(start, end, start + 4, inner_end, CODE) if end >= 0 else None
        element = _CODE_ELEMENT.match(self.text, start)
        if element is None:
            return None
        name = element[1].lower()
        return self._until(start, element.end(), name, rf"</{name}\s*>")

    def _liquid(self, start: int) -> Region | None:
        block = _LIQUID_BLOCK.match(self.text, start)
        if block is None:
            return None
        name = block[1]
        closer = _LIQUID_MATHS.get(name, f"end{name}")
        found = self._until(start, block.end(), "%" + name, rf"[{{<]%-?\s*{closer}\b[^{{}}%]*%[}}>]")
        return found._replace(kind=MATH) if found and name in _LIQUID_MATHS else found

    def _until(self, start: int, inner: int, name: str, closer: str) -> Region | None:
        """The region up to a closing pattern; a pattern that was not found is not searched again."""
        if not self.closed.get(name, True):
            return None
        end = re.compile(closer, re.IGNORECASE).search(self.text, inner)
        self.closed[name] = end is not None
        return Region(start, end.end(), inner, end.start(), CODE) if end else None
