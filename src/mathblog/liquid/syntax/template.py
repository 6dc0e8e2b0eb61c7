"""A text with its pieces, as it is parsed."""

from bisect import bisect_right
from collections.abc import Sequence

from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText
from mathblog.extend.extensions import Extensions
from mathblog.liquid.syntax.blocks import match_blocks
from mathblog.liquid.syntax.names import ROOTS, words_of
from mathblog.liquid.syntax.pieces import Piece, PieceKind, SyntaxProblem, Zone
from mathblog.liquid.syntax.scan import scan
from mathblog.liquid.syntax.zones import find_zones
from mathblog.model.options import MarkdownOptions

_ROOT = lazy_pattern(r"[^\W\d][\w-]*")


class TemplateText(str):
    """A file's text that knows its file and its pieces.

    The library's tokens and errors carry the text they came from, so each of them leads back to the author's file.
    """

    __slots__ = ("origin", "pieces", "start", "syntax_problems")

    origin: SourceText
    start: int
    pieces: Sequence[Piece]
    syntax_problems: Sequence[SyntaxProblem]

    def is_inert(self) -> bool:
        """Whether nothing in it can be Liquid: no pieces, or doubtful ones that name what has no value anywhere."""
        return not self.syntax_problems and all(
            piece.kind is PieceKind.MAYBE and self._is_unknown(piece) for piece in self.pieces
        )

    def _is_unknown(self, piece: Piece) -> bool:
        root = _ROOT.match(self, piece.markup.start)
        return root is not None and root[0] not in ROOTS

    def in_code(self, offset: int) -> bool:
        """Whether the piece that holds an offset stands in code."""
        index = bisect_right(self.pieces, offset, key=lambda piece: piece.start) - 1
        zone = self.pieces[index].zone if index >= 0 else None
        return zone is not None and zone.code


def read_template(
    origin: SourceText, start: int, options: MarkdownOptions, extensions: Extensions, *, markdown: bool
) -> TemplateText:
    """The pieces of a file's text from `start` on; see `zones.find_zones` for `markdown`."""
    zones = find_zones(origin.text, start, options, markdown=markdown)
    return cut_template(origin, start, zones, extensions)


def cut_template(origin: SourceText, start: int, zones: Sequence[Zone], extensions: Extensions) -> TemplateText:
    """The pieces of a file's text whose formulas and code are known."""
    words = words_of(extensions)
    scanned, syntax_problems = scan(origin.text, start, zones, words.known)
    pieces, more = match_blocks(origin.text, scanned, words)
    template = TemplateText(origin.text)
    template.origin = origin
    template.start = start
    template.pieces = pieces
    template.syntax_problems = sorted([*syntax_problems, *more], key=lambda problem: problem.span)
    return template


def without_zones(template: TemplateText, spoiled: set[Zone]) -> TemplateText:
    """The same template with everything in some zones left as text."""
    copy = TemplateText(template.origin.text)
    copy.origin, copy.start, copy.syntax_problems = template.origin, template.start, template.syntax_problems
    copy.pieces = [piece for piece in template.pieces if piece.zone not in spoiled]
    return copy
