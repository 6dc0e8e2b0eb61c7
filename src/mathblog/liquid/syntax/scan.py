r"""Text -> the pieces of it that are Liquid.

This is where formulas and code are kept from Liquid: what is not a piece is text, and text is never touched. Jekyll's
Liquid would turn `$\frac{1}{{n}}$` into `$\frac{1}$` and say nothing.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import Span
from mathblog.liquid.syntax.find import Finder
from mathblog.liquid.syntax.names import ABSENT, OPAQUE
from mathblog.liquid.syntax.pieces import Piece, PieceKind, SyntaxProblem, Zone

_OPENER = lazy_pattern(r"\{[{%]|<%|<<")
_NAME = lazy_pattern(r"[{<]%(-?)\s*(\w+|#)?\s*")
_SHIFT = lazy_pattern(r"<<[ \t]*((?:site|page)(?:\.[A-Za-z_][\w-]*)+[ \t]*(?:\|[^\n<>]*?)?)[ \t]*>>(?!>)")
_PATH = r"[^\W\d][\w-]*(?:\.[^\W\d][\w-]*\??|\[[^\[\]{}\n]*\])*"
_FILTERS = r"(?:\s*\|\s*[a-z_]+\s*(?::[^{}|]*)?)*"
_IN_FORMULA = lazy_pattern(rf"{_PATH}{_FILTERS}")
_IN_CODE = lazy_pattern(rf"(?:{_PATH}|\"[^\"}}]*\"|'[^'}}]*'){_FILTERS}")
_BROKEN = lazy_pattern(r"\{[{%]|\n[ \t]*\n")
_OPAQUE_EDGE = {name: lazy_pattern(rf"[{{<]%(-?)\s*({name}|end{name})\b[^{{}}%]*?(-?)%[}}>]") for name in OPAQUE}


def scan(
    text: str, start: int, zones: Sequence[Zone], known: frozenset[str]
) -> tuple[list[Piece], list[SyntaxProblem]]:
    """All pieces of `text` from `start` on, in order, and what is broken about them one by one. `known` are the words of tags.

    What does not fit together (blocks that are never closed) is found by `blocks.settle`.
    """
    scanner = _Scanner(text, zones, known)
    return list(scanner.pieces(start)), scanner.syntax_problems


class _Scanner:
    def __init__(self, text: str, zones: Sequence[Zone], known: frozenset[str]) -> None:
        self.text = text
        self.zones = zones
        self.known = known
        self.syntax_problems: list[SyntaxProblem] = []
        self.ends = {word: Finder(text, word) for word in ("}}", "%}", "%>", "\n")}
        self.edges = {name: _Edges(text, name) for name in OPAQUE}

    def pieces(self, start: int) -> Iterator[Piece]:
        index = 0
        position = start
        while opener := _OPENER.search(self.text, position):
            place = opener.start()
            while index < len(self.zones) and self.zones[index].end <= place:
                index += 1
            inside = index < len(self.zones) and self.zones[index].start <= place
            piece = self._piece(opener[0], place, self.zones[index] if inside else None)
            if piece:
                yield piece
                position = piece.end
            else:
                position = place + (1 if opener[0] == "{{" else 2)

    def _piece(self, opener: str, place: int, zone: Zone | None) -> Piece | None:
        if opener == "{{":
            return self._output(place, zone)
        if opener == "{%" or (zone is None and opener == "<%"):
            return self._tag(place, zone)
        if zone is None:
            shift = _SHIFT.match(self.text, place)
            if shift and self.text[place - 1 : place] != "<":
                return Piece(PieceKind.OUTPUT, place, shift.end(), "", place, Span(*shift.span(1)))
        return None

    def _output(self, place: int, zone: Zone | None) -> Piece | None:
        close = self.ends["}}"].find(place + 2)
        if zone is None:
            if close < 0 or _BROKEN.search(self.text, place + 2, close):
                hint = "close it with `}}`, or write `{% raw %}{{{% endraw %}` for two braces"
                self.syntax_problems.append(SyntaxProblem(Span(place, place + 2), "`{{` is never closed", hint))
                return None
        elif not place < close <= zone.end - 2:
            return None
        inner, left, right = self._inside(place + 2, close)
        if zone is None:
            return Piece(PieceKind.OUTPUT, place, close + 2, "", place, inner, left, right)
        pattern = _IN_CODE if zone.code else _IN_FORMULA
        if not pattern.fullmatch(self.text, inner.start, inner.end):
            return None
        return Piece(PieceKind.MAYBE, place, close + 2, "", place, inner, left, right, zone=zone)

    def _tag(self, place: int, zone: Zone | None) -> Piece | None:
        match = _NAME.match(self.text, place)
        name = (match and match[2]) or ""
        foreign = self.text[place] == "<"
        unsure = foreign or zone is not None  # where `{%` may well be the author's text
        if match is None or (unsure and (name not in self.known or name == "#")) or (foreign and match[1]):
            return None
        close = self._tag_end(match.end(), foreign=foreign)
        if close < 0 or (zone and close > zone.end - 2):
            if not foreign and zone is None:
                self.syntax_problems.append(
                    SyntaxProblem(Span(place, match.end()), "`{%` is never closed", "close it with `%}`")
                )
            return None
        inner, _, right = self._inside(min(match.end(), close), close)
        if name not in self.known:
            opener = name.removeprefix("end")
            if opener == name or all(problem.tag != opener for problem in self.syntax_problems):
                self.syntax_problems.append(self._unknown_tag(name, Span(place, close + 2), match))
            return Piece(
                PieceKind.COMMENT, place, close + 2, "", place, inner, bool(match[1]), right
            )  # it writes nothing
        optional = foreign or bool(zone and zone.code)
        piece = Piece(
            PieceKind.TAG,
            place,
            close + 2,
            name,
            match.start(2),
            inner,
            bool(match[1]),
            right,
            optional=optional,
            zone=zone,
        )
        return self._opaque(piece) if name in OPAQUE else piece

    def _tag_end(self, start: int, *, foreign: bool) -> int:
        """Where `%}` or `%>` stands: the user's spelling ends with either, on its line; `{%` with `%>` only there."""
        own, other = self.ends["%}"].find(start), self.ends["%>"].find(start)
        line_end = self.ends["\n"].find(start)
        line_end = len(self.text) if line_end < 0 else line_end
        if foreign:
            return min((end for end in (own, other) if 0 <= end < line_end), default=-1)
        return other if 0 <= other < line_end and not 0 <= own < line_end else own

    def _inside(self, start: int, end: int) -> tuple[Span, bool, bool]:
        """Return the span between delimiters, without spaces and hyphens, and whether a hyphen stood on either side."""
        left = self.text.startswith("-", start, end) and self.text[start - 2 : start] == "{{"
        start += left
        right = end > start and self.text[end - 1] == "-"
        inner = self.text[start : end - right]
        begin = start + len(inner) - len(inner.lstrip())
        return Span(begin, begin + len(inner.strip())), left, right

    def _opaque(self, opener: Piece) -> Piece | None:
        """A raw block or a comment as one piece, or None where it is text after all."""
        edge = self.edges[opener.name].closer(opener.end)
        limit = opener.zone.end if opener.zone and opener.zone.code else len(self.text)
        if edge is None or (edge.start() >= limit and self._zone_at(edge.start())):
            if not opener.optional:
                name = opener.name
                message = f"`{{% {name} %}}` is never closed"
                self.syntax_problems.append(SyntaxProblem(opener.span, message, f"add `{{% end{name} %}}`"))
            return None
        kind = PieceKind.RAW if opener.name == "raw" else PieceKind.COMMENT
        return Piece(
            kind,
            opener.start,
            edge.end(),
            opener.name,
            opener.name_start,
            Span(opener.end, edge.start()),
            opener.trim_left,
            bool(edge[3]),
            zone=opener.zone,
            inner_trim=(opener.trim_right, bool(edge[1])),
        )

    def _zone_at(self, place: int) -> bool:
        index = bisect_right(self.zones, place, key=lambda zone: zone.start) - 1
        return index >= 0 and self.zones[index].code and place < self.zones[index].end

    def _unknown_tag(self, name: str, span: Span, match: "re.Match[str]") -> SyntaxProblem:
        if not name:
            return SyntaxProblem(
                span, "a tag without a name", "write `{% raw %}{%{% endraw %}` for a brace and a percent sign"
            )
        if name in ABSENT:
            return SyntaxProblem(Span(*match.span(2)), f"unknown tag `{name}`", ABSENT[name], tag=name)
        close = get_close_matches(name, sorted(self.known), 1)
        hint = (
            f"did you mean `{close[0]}`?"
            if close
            else "put `{% raw %}` before and `{% endraw %}` after what is not Liquid"
        )
        return SyntaxProblem(Span(*match.span(2)), f"unknown tag `{name}`", hint, tag=name)


class _Edges:
    """The openers and closers of raw blocks or comments, found once."""

    def __init__(self, text: str, name: str) -> None:
        self._text = text
        self._name = name
        self._starts: list[int] = []
        self._closers: list[re.Match[str] | None] | None = None

    def closer(self, start: int) -> re.Match[str] | None:
        """The closer of the block whose content starts at `start`; comments nest, raw blocks do not."""
        if self._closers is None:
            self._closers = self._pair(list(_OPAQUE_EDGE[self._name].finditer(self._text)))
        return self._closers[bisect_left(self._starts, start)]

    def _pair(self, edges: list[re.Match[str]]) -> list[re.Match[str] | None]:
        """For each edge, what closes a block whose content starts there; None after the last."""
        self._starts = [edge.start() for edge in edges]
        after = len(edges)
        closers = [after] * (len(edges) + 1)
        for index in reversed(range(len(edges))):
            if edges[index][2].startswith("end"):
                closers[index] = index
            else:
                inner = closers[index + 1]
                closers[index] = closers[inner + 1] if self._name == "comment" and inner < after else inner
        return [edges[index] if index < after else None for index in closers]
