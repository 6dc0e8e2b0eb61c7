"""Emphasis by kramdown's rules (`parser/emphasis.rb`): `**굵게(bold)**는` and `**a:**b` are bold, `____"` holds two lines.

A mark opens before what is no blank and closes after what is none; `_` opens after no letter and closes before none. The
first mark that may close does, once all between is read: links, code, formulas, emphasis of the other strength. Marks of
two that nothing closes are tried as one. Where a kind of mark was not closed in some text, no later one of it is either.
"""

from typing import NamedTuple, cast

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from mathblog.core.patterns import lazy_pattern
from mathblog.model.options import MarkdownOptions

_AFTER_LETTER = lazy_pattern(r"[^\W\d_]-?_{0,20}\Z")
_REACH = 22  # characters before a mark that say whether it follows a letter
_TAGS = {1: ("em_open", "em_close", "em"), 2: ("strong_open", "strong_close", "strong")}


class Emphasis(NamedTuple):
    """A piece of emphasis, from behind its opening mark to before its closing one; `size` 0 is text up to `start`."""

    start: int
    end: int
    size: int


class _Marks:
    """The marks of one text, as far as they are read; `open` holds the sizes of those around the present place.

    What markdown-it remembers of places that were passed over holds within the same marks only, so it has a `cache` for each.
    """

    def __init__(self, state: StateInline) -> None:
        self.state = state
        self.open: frozenset[int] = frozenset()
        self.known: dict[tuple[int, frozenset[int], int], Emphasis] = {}
        self.caches: dict[frozenset[int], dict[int, int]] = {self.open: state.cache}
        self.unclosed: dict[tuple[str, frozenset[int], int], int] = {}  # from where on

    def enter(self, sizes: frozenset[int]) -> frozenset[int]:
        """Go on within marks of some sizes; those that were open before."""
        outer, self.open = self.open, sizes
        self.state.cache = self.caches.setdefault(sizes, {})
        return outer

    def at(self, pos: int, around: frozenset[int]) -> Emphasis:
        """The emphasis that opens at a mark, within emphasis of some sizes."""
        key = (pos, around, self.state.posMax)
        if key not in self.known:
            self.known[key] = self._read(pos, around)
        return self.known[key]

    def _read(self, pos: int, around: frozenset[int]) -> Emphasis:
        src, limit = self.state.src, self.state.posMax
        marker = src[pos]
        size = 2 if src.startswith(marker, pos + 1) and pos + 1 < limit else 1
        start = pos + size
        blocked = size in around or (start < limit and src[start].isspace())
        if blocked or (marker == "_" and _AFTER_LETTER.search(src, max(0, pos - _REACH), pos)):
            return Emphasis(start, start, 0)
        end = self._closing(start, marker * size, around)
        if end < 0 and size == 2 and 1 not in around:  # noqa: PLR2004
            end, size = self._closing(pos + 1, marker, around), 1
        return Emphasis(pos + size, end, size) if end >= 0 else Emphasis(start, start, 0)

    def _closing(self, start: int, mark: str, around: frozenset[int]) -> int:
        """The place where a mark closes that opened before `start`, -1 where it never does."""
        state, src, limit = self.state, self.state.src, self.state.posMax
        key = (mark, around, limit)
        if start >= self.unclosed.get(key, limit):
            return -1
        within = around | {len(mark)}
        outer, place, pos = self.enter(within), state.pos, start
        while pos < limit:
            if src[pos] not in "*_":
                state.pos = pos
                state.md.inline.skipToken(state)
                pos = state.pos
            elif pos > start and src.startswith(mark, pos) and pos + len(mark) <= limit and self._closes(pos, mark):
                break
            else:
                found = self.at(pos, within)
                pos = found.end + found.size
        self.enter(outer)
        state.pos = place
        if pos < limit:
            return pos
        self.unclosed[key] = min(start, self.unclosed.get(key, start))
        return -1

    def _closes(self, pos: int, mark: str) -> bool:
        src, after = self.state.src, pos + len(mark)
        if src[pos - 1].isspace() or (mark[0] == "_" and src[after : after + 1].isalnum()):
            return False
        return len(mark) > 1 or not src.startswith(mark * 2, pos) or src.startswith(mark * 3, pos)


def install(md: MarkdownIt, _options: MarkdownOptions) -> None:
    """Replace markdown-it's rules of emphasis and of struck text, which pair their marks when all else is read."""
    md.inline.ruler.at("emphasis", _emphasis)
    md.inline.ruler.at("strikethrough", _struck)


def _marks_of(state: StateInline) -> _Marks:
    marks = state.env.get("emphasis")
    if marks is None or marks.state is not state:
        marks = state.env["emphasis"] = _Marks(state)
    return cast("_Marks", marks)


def _emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    pos = state.pos
    if state.src[pos] not in "*_":
        return False
    marks = _marks_of(state)
    found = marks.at(pos, marks.open)
    if not silent and not found.size:
        state.append_pending(state.src[pos : found.start])
    elif not silent:
        opening, closing, tag = _TAGS[found.size]
        mark = state.src[pos] * found.size
        limit = state.posMax
        state.push(opening, tag, 1).markup = mark
        outer = marks.enter(marks.open | {found.size})
        state.pos, state.posMax = found.start, found.end
        state.md.inline.tokenize(state)
        marks.enter(outer)
        state.posMax = limit
        state.env["emphasis"] = marks  # images have texts of their own
        state.push(closing, tag, -1).markup = mark
    state.pos = found.end + found.size
    return True


_STRUCK = lazy_pattern(r"~~(?=[^\s~])")
_END_OF_STRUCK = lazy_pattern(r"(?<![\s~])~~")


def _struck(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    """`~~…~~` as in kramdown's GFM parser (`gfm.rb`, `STRIKETHROUGH_MATCH`)."""
    start, limit = state.pos + 2, state.posMax
    unclosed, key = _marks_of(state).unclosed, ("~~", frozenset[int](), limit)
    if not _STRUCK.match(state.src, state.pos, limit) or start >= unclosed.get(key, limit):
        return False
    end = _END_OF_STRUCK.search(state.src, start + 1, limit)
    if end is None:
        unclosed[key] = start
        return False
    if not silent:
        state.push("s_open", "s", 1).markup = "~~"
        state.pos, state.posMax = start, end.start()
        state.md.inline.tokenize(state)
        state.posMax = limit
        state.push("s_close", "s", -1).markup = "~~"
    state.pos = end.end()
    return True
