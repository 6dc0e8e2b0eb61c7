r"""The one definition of the delimiters of formulas and code in Markdown source text.

Liquid asks it what to leave alone, the Markdown rules ask it what opens at a position.

Formulas:
- `$$…$$`, with `escaped_display` also `\$$…$$`, by kramdown's rule (`parser/math.rb`): the first `$$` closes; blank lines only in a formula that fills a block;
- `$…$` and `$ … $` by `dollars.py`: no prose between the dollars, no digit after the closing one, no blank line;
- `` $`…`$ ``, as on GitHub, where nothing is taken off;
- `\\(…\\)` and `\\[…\\]`, with two backslashes, as Jekyll's users write them, or with three, of which kramdown leaves one, too;
- `\begin{align}…\end{align}` and the other environments in `tex/environments.py`.
Code: fenced blocks, code spans, HTML comments and raw elements, Liquid's `raw`, `comment` and `highlight`.
"""

import re
from bisect import bisect_left
from typing import NamedTuple

from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import Span
from mathblog.model.options import MarkdownOptions
from mathblog.text.signs import LIST_BEHIND, bracket_length, is_escaped, ticks_at
from mathblog.text.tex.environments import ENVIRONMENTS

MATH, CODE = "math", "code"


class Region(NamedTuple):
    """A formula or a piece of code: `start` to `end` with its delimiters, `inner_start` to `inner_end` without."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    kind: str
    display: bool = False


def closing(text: str, start: int, options: MarkdownOptions) -> tuple[int, str] | None:
    r"""The length of the opening delimiter of display maths at `start`, and what closes it.

    An environment belongs to its formula, so its opening delimiter counts as empty. Where Markdown takes backslashes off, it may begin
    with two: kramdown leaves `\begin{align}` of `\\begin{align}`, which MathJax reads.
    """
    if text.startswith("$$", start):
        return 2, "$$"
    is_doubled = text.startswith("\\\\", start)
    if is_doubled and (bracket := bracket_length(text, start, "[")):
        return bracket, "\\\\]"
    begin = start + (is_doubled and options.math_escapes and options.kramdown)
    environment = _BEGIN.match(text, begin) if text.startswith("\\begin{", begin) else None
    if environment and (environment[1] in ENVIRONMENTS or _SUBEQUATIONS.match(text, start)):
        return 0, f"\\end{{{environment[1]}}}"
    return None


# one that goes on in its line; else it holds text, and is no formula (`rules/blocks/subequations.py`)
_SUBEQUATIONS = lazy_pattern(r"\\begin\{subequations\}[ \t]*+(?:\\label\{[^{}\n]*\}[ \t]*)?+(?=[^\s%])")
_BEGIN = lazy_pattern(r"\\begin\{([A-Za-z]{2,12}\*?)\}")
_BREAK = lazy_pattern(r"\n(?=[ \t>]*(?:$|[-+*][ \t]|1[.)][ \t]|#{1,6}[ \t]|```|~~~))", re.MULTILINE)
_TICKS = lazy_pattern("``*")  # not "`+": what begins with a fixed character is found many times as fast
_BLANK_END = lazy_pattern(r"[ \t]*(?:\n|\Z)")
_END = lazy_pattern(rf"[ \t]*(?:\n|\Z)|{LIST_BEHIND}(?:\n|\Z)")
_BLANK_LINE = lazy_pattern(r"[ \t>]*(?:\n|\Z)")
_MARKS = lazy_pattern(r"(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])|\[\^[^\]\s]+\]:|:(?=[ \t])))*[ \t]*")
_SIGNED = lazy_pattern(r"\n[ \t>]*[-+][ \t]")
_WORD = lazy_pattern(r"(?<![\\A-Za-z])[A-Za-z]{3,}")
_LONGEST_PREFIX, _LONGEST_SIGNED = 80, 2000
_NEVER = (-1, -1)  # asked for nothing yet
_PAIR_OR_CODE = lazy_pattern(r"\\|``*|\$\$")


class Scanner:
    """One text, and what was already searched in it: all questions about it together take linear time."""

    breaks = _BREAK  # what ends a paragraph

    def __init__(self, text: str, options: MarkdownOptions) -> None:
        self.text, self.options = text, options
        self.limit = len(text)  # a formula may not go past it: the end of the Liquid tag it stands in
        self._found: dict[str, tuple[int, int]] = {}
        self.defined: tuple[int, int, list[Span]] = (0, -1, [])  # a paragraph, and its definitions of macros
        self._paragraph, self._alone = (0, -1), (0, -1, -1)
        self._runs: dict[int, list[int]] | None = None

    def find(self, needle: str, start: int) -> int:
        """As `str.find`, remembering the last answer."""
        asked, known = self._found.get(needle, _NEVER)
        if asked < 0 or 0 <= known < start:
            known = self.text.find(needle, start)
        elif start < asked:
            nearer = self.text.find(needle, start, asked + len(needle) - 1)
            known = nearer if nearer >= 0 else known
        else:
            return known
        self._found[needle] = (start, known)
        return known

    def paragraph_end(self, start: int) -> int:
        """The end of the text that runs on from `start`: before a blank line, a list item, a heading or a fence."""
        first, end = self._paragraph
        if not first <= start <= end:
            match = self.breaks.search(self.text, start)
            end = match.start() if match else len(self.text)
            self._paragraph = (start, end)
        return min(end, self.limit)

    def inline_formula_at(self, start: int) -> Region | None:
        """The formula in running text that opens at `start`."""
        text = self.text
        if text.startswith("$", start):
            if not text.startswith("$$", start):
                return self._single(start)
            limit = self.paragraph_end(start)
            return self.delimited(start, (2, "$$"), limit, display=False) or self._over_signs(start, limit)
        if self.options.escaped_display and (end := self.escaped_end(start)):
            return Region(start, end, start + 3, end - 2, MATH, display=True)
        if bracket := bracket_length(text, start, "("):
            return self.delimited(start, (bracket, "\\\\)"), self.paragraph_end(start), display=False)
        opening = closing(text, start, self.options)
        return self.delimited(start, opening, self.paragraph_end(start), display=True) if opening else None

    def _over_signs(self, start: int, limit: int) -> Region | None:
        """The formula that opens on a line of text and goes on with lines that begin with a sign, and are no list items.

        `$$a` and `+ b$$` pair: something follows the opening on its line, the closing line has an odd number of `$$`,
        and no words stand between.
        """
        text = self.text
        if not _SIGNED.match(text, limit) or not text[start + 2 : limit].strip():
            return None
        while _SIGNED.match(text, limit) and limit - start < _LONGEST_SIGNED:
            following = _BREAK.search(text, limit + 1)
            limit = following.start() if following else len(text)
        region = self.delimited(start, (2, "$$"), limit, display=False)
        if region is None or _WORD.search(text, region.inner_start, region.inner_end):
            return None
        closing_line = text.rfind("\n", start, region.inner_end)
        line_end = text.find("\n", region.end)
        return region if text.count("$$", closing_line, line_end if line_end >= 0 else len(text)) % 2 else None

    def block_formula_at(self, start: int) -> Region | None:
        r"""The formula that fills a block from `start`, the first character of a line but for list and quote marks.

        Two of them leave the backslash before `\$$…$$`: such a formula fills a block and still is inline.
        """
        text = self.text
        escaped = text.startswith("\\$$", start)
        opening = closing(text, start + escaped, self.options)
        line_start = text.rfind("\n", max(0, start - _LONGEST_PREFIX), start) + 1
        if opening is None or (line_start == 0 and start > _LONGEST_PREFIX):
            return None
        prefix = text[line_start:start]
        if not _MARKS.fullmatch(prefix):
            return None
        region = self.delimited(start, (escaped + opening[0], opening[1]), len(text), display=not escaped)
        if region is None or not (_END if opening[1] == "$$" else _BLANK_END).match(text, region.end):
            return None
        is_block = opening[1] != "$$" or self._fills_a_block(region, line_start, prefix) or self._is_fence(region)
        return region if is_block else None

    def _fills_a_block(self, region: Region, line_start: int, prefix: str) -> bool:
        before = line_start == 0 or prefix.strip(" \t>") != "" or self._blank_before(line_start)
        next_line = self.text.find("\n", region.end) + 1
        return before and (next_line == 0 or _BLANK_LINE.match(self.text, next_line) is not None)

    def _blank_before(self, line_start: int) -> bool:
        previous = self.text.rfind("\n", 0, line_start - 1) + 1
        return _BLANK_LINE.fullmatch(self.text, previous, line_start) is not None

    def _is_fence(self, region: Region) -> bool:
        """Whether both `$$` stand alone on their lines: then mathblog takes it as a block inside a paragraph, too."""
        text = self.text
        if not self.options.glued_display or text[region.start] == "\\":
            return False
        last_line = text.rfind("\n", 0, region.inner_end) + 1
        return (
            last_line > region.start
            and _BLANK_END.match(text, region.inner_start) is not None
            and not text[last_line : region.inner_end].strip(" \t>")
        )

    def delimited(self, start: int, opening: tuple[int, str], limit: int, *, display: bool) -> Region | None:
        """The formula that begins at `start` and is closed before `limit`; `opening` is as `closing` answers."""
        length, closer = opening
        inner = start + length
        end = self.find(closer, inner)
        while closer == "$$" and end > inner and is_escaped(self.text, end):
            end = self.find(closer, end + 1)
        after = end + len(closer)
        if length and closer[0] == "\\" and end > inner and self.text[end - 1] == "\\":
            end, after = self._bracket_end(inner, end, closer)
        if not inner <= end <= min(limit, self.limit) - len(closer):
            return None
        region = Region(start, after, inner, end if length else after, MATH, display)
        return None if self._is_unclosed(start, inner, end, closer) else region

    def _is_unclosed(self, start: int, inner: int, end: int, closer: str) -> bool:
        """Whether what closes at `end` is another one than what opens at `start`, which nothing closes."""
        from mathblog.text.pairing import goes_too_far, left_alone, opens_again

        if closer == "$$" and end < self.paragraph_end(start):
            first, last, alone = self._alone
            if not first <= start < last:
                last = self.paragraph_end(start)
                are_more = self.text.find("$$", end + 2, last) >= 0
                alone = left_alone(self.text, self._pairs_from(start, last)) if are_more else -1
                self._alone = (start, last, alone)
            return inner - 2 == alone
        if closer != "$$":
            opener = self.text[start:inner] or f"\\begin{closer[4:]}"
            again = self.find(opener, max(inner, start + 2))
            if inner < again < end and opens_again(self.text, Span(start, again), opener):
                return True
        return self.paragraph_end(inner) < end and goes_too_far(self.text, Span(inner, end), closer)

    def _pairs_from(self, start: int, end: int) -> list[int]:
        """Where `$$` stands in running text, outside of code, and not escaped."""
        places, position = [], start
        while found := _PAIR_OR_CODE.search(self.text, position, end):
            position = found.end()
            if found[0] == "$$":
                places.append(found.start())
            elif found[0] == "\\":
                position = self.escaped_end(found.start()) or position + 1
            else:
                position = self.code_span_end(found.start()) or position
        return places

    def _bracket_end(self, inner: int, end: int, closer: str) -> tuple[int, int]:
        r"""The start and the end of `\\)` or `\\\)`, where more backslashes stand: four are the end of a row in brackets."""
        while end >= inner:
            first = end
            while first > inner and self.text[first - 1] == "\\":
                first -= 1
            if end - first <= 1:
                return first, end + len(closer)
            end = self.find(closer, end + len(closer))
        return -1, -1

    def _single(self, start: int) -> Region | None:
        if not self.options.single_dollar or self.text.startswith("`", start + 1):
            return self._github(start) if self.options.single_dollar else None
        from mathblog.text.dollars import dollar_formula

        end = dollar_formula(self.text, start, self.paragraph_end(start))
        if end < 0:
            return None
        if self.text.startswith(" \\$$", end - 3) and self.escaped_end(end - 2):
            return None  # `$5 \$$x$$`: a price before what is no formula
        tick = self.text.find("`", start, end)
        is_code = tick >= 0 and (self.code_span_end(tick) or 0) > end  # the dollar stands in a code span
        return None if is_code else Region(start, end + 1, start + 1, end, MATH)

    def _github(self, start: int) -> Region | None:
        """GitHub's dollar around a code span: the formula is what the code holds, character by character."""
        end = self.code_span_end(start + 1)
        if end is None or end >= self.limit or self.text[end] != "$":
            return None
        length = len(ticks_at(self.text, start + 1))
        return Region(start, end + 1, start + 1 + length, end - length, MATH)

    def escaped_end(self, start: int) -> int:
        r"""The end of `\$$…$$` in running text that starts at `start`, or 0 where there is none."""
        if not self.text.startswith("\\$$", start):
            return 0
        from mathblog.text.dollars import escaped_end

        return escaped_end(self.text, start, self.paragraph_end(start))

    def doubly_escaped_end(self, start: int) -> int:
        r"""The end of `\\$` in running text where a script shows a dollar for what kramdown leaves of it, or 0."""
        is_read = self.options.escaped_display and self.options.single_dollar and self.text.startswith("\\\\$", start)
        return start + 3 if is_read and not self.text.startswith("$", start + 3) else 0

    def code_span_end(self, start: int) -> int | None:
        """The end of the code span whose first backtick is at `start`; None where the backticks are text."""
        ticks = ticks_at(self.text, start)
        end = self._closing_ticks(ticks, start)
        return end + len(ticks) if 0 <= end <= self.paragraph_end(start) - len(ticks) else None

    def unclosed_fence_end(self, start: int) -> int | None:
        """The end, as a code span, of a fence that no line closes: ```` ```x``` ```` over some lines, as in kramdown."""
        return self.code_span_end(start) if self.options.kramdown and self.text[start] == "`" else None

    def _closing_ticks(self, ticks: str, start: int) -> int:
        """The place where a code span closes; kramdown takes the next run that is as long or longer, CommonMark one that is as long."""
        inner = start + len(ticks)
        if self.options.kramdown:
            before, after = self.text[start - 1 : start], self.text[inner : inner + 1]
            alone = len(ticks) == 1 and after.isspace() and (start == 0 or before.isspace())
            return -1 if alone else self.find(ticks, inner)
        if self._runs is None:
            self._runs = {}
            for run in _TICKS.finditer(self.text):
                self._runs.setdefault(len(run[0]), []).append(run.start())
        places = self._runs.get(len(ticks), [])
        index = bisect_left(places, inner)
        return places[index] if index < len(places) else -1
