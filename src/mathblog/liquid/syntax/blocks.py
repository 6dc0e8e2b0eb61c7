"""Which tags belong together: every problem of structure at once, each where it is."""

from collections.abc import Iterable, Sequence

from mathblog.core.dataclass import dataclass, field
from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.syntax.names import OPAQUE_CLOSERS, ROOTS, TagWords
from mathblog.liquid.syntax.pieces import Piece, PieceKind, SyntaxProblem, Zone

_STRING = lazy_pattern(r"\"[^\"]*\"|'[^']*'")
_ROOT = lazy_pattern(r"(?<![\w.\-])[^\W\d][\w-]*(?!\s*:)")
_WORDS = frozenset(
    {
        "and",
        "or",
        "not",
        "contains",
        "in",
        "true",
        "false",
        "nil",
        "null",
        "empty",
        "blank",
        "reversed",
        "limit",
        "offset",
    }
)
_BINDING = lazy_pattern(
    r"\{%-?\s*(?:(?:assign|capture|increment|decrement)\s+([\w-]+)|(?:for|tablerow)\s+([\w-]+)\s+in\b)"
)
_CONDITIONAL = frozenset({"if", "unless", "case", "for", "tablerow"})


@dataclass(slots=True)
class _Open:
    piece: Piece
    dead: bool
    inner: list[int] = field(default_factory=list)
    index: int = -1


class _Stack:
    """The open blocks, outermost first. The innermost of a name is found at once, however many there are."""

    def __init__(self) -> None:
        self.blocks: list[_Open] = []
        self._depths: dict[str, list[int]] = {}

    def push(self, block: _Open) -> None:
        """Open a block."""
        self._depths.setdefault(block.piece.name, []).append(len(self.blocks))
        self.blocks.append(block)

    def depth(self, *names: str) -> int:
        """The depth of the innermost block that has one of the names; -1 for none."""
        return max((depths[-1] for name in names if (depths := self._depths.get(name))), default=-1)

    def cut(self, depth: int) -> list[_Open]:
        """Take away the blocks from a depth on."""
        gone = self.blocks[depth:]
        del self.blocks[depth:]
        for block in gone:
            self._depths[block.piece.name].pop()
        return gone


def match_blocks(text: str, pieces: Sequence[Piece], words: TagWords) -> tuple[list[Piece], list[SyntaxProblem]]:
    """The pieces that count, and what is wrong with the others.

    An optional tag (in code, or in the user's `<% … %>` spelling) that has no partner is text and no problem; so is a
    block in code whose condition names something that does not exist here: it is another language's.
    """
    groups: dict[Zone | None, list[int]] = {}
    for index, piece in enumerate(pieces):
        if piece.kind is PieceKind.TAG:
            zone = piece.zone if piece.zone and piece.zone.code else None
            groups.setdefault(zone, []).append(index)
    bound = {first or second for first, second in _BINDING.findall(text)} if any(groups) else set()
    names = ROOTS | bound  # what has a value somewhere in the text
    matcher = _Matcher(text, pieces, words)
    dropped: set[int] = set()
    for zone, members in groups.items():
        dropped.update(set(members) - matcher.match(members, names if zone else None))
    return [piece for index, piece in enumerate(pieces) if index not in dropped], matcher.syntax_problems


class _Matcher:
    """Pairs the tags of a text; `syntax_problems` are those that it met."""

    def __init__(self, text: str, pieces: Sequence[Piece], words: TagWords) -> None:
        self.syntax_problems: list[SyntaxProblem] = []
        self._text = text
        self._pieces = pieces
        self._words = words

    def match(self, members: Iterable[int], names: frozenset[str] | None) -> set[int]:
        """Return those of the pieces `members` that count; `names` are what has a value, for tags in code."""
        words, loops = self._words, self._words.blocks.get("for", frozenset())
        kept: set[int] = set()
        stack = _Stack()
        for index in members:
            piece = self._pieces[index]
            if piece.name in words.blocks:
                stack.push(_Open(piece, _is_foreign(self._text, piece, names), index=index))
            elif piece.name in words.closers:
                kept.update(self._close(stack, index, piece))
            elif piece.name in words.inner or (piece.name in loops and piece.optional):
                owning = [name for name, inner in words.blocks.items() if piece.name in inner]
                depth = stack.depth(*owning)
                if depth >= 0:
                    stack.blocks[depth].inner.append(index)
                elif not piece.optional:
                    owners = " or ".join(f"`{name}`" for name in owning)
                    message = f"`{piece.name}` stands outside of a block"
                    self.syntax_problems.append(SyntaxProblem(piece.span, message, f"it belongs into {owners}"))
            elif piece.name in words.single:
                kept.add(index)
            elif piece.name in OPAQUE_CLOSERS and not piece.optional:
                self.syntax_problems.append(_stray(piece, OPAQUE_CLOSERS[piece.name]))
        self.syntax_problems.extend(_unclosed(block.piece) for block in stack.blocks if not block.piece.optional)
        return kept

    def _close(self, stack: _Stack, index: int, piece: Piece) -> tuple[int, ...]:
        """Close a block; the pieces of it that count."""
        name = self._words.closers[piece.name]
        depth = stack.depth(name)
        if depth < 0:
            if not piece.optional:
                self.syntax_problems.append(_stray(piece, name))
            return ()
        block, *within = stack.cut(depth)
        self.syntax_problems.extend(_unclosed(inner.piece) for inner in within if not inner.piece.optional)
        return () if block.dead else (block.index, index, *block.inner)


def _is_foreign(text: str, piece: Piece, names: frozenset[str] | None) -> bool:
    """Whether a block in code asks about something that has no name here."""
    if names is None or piece.name not in _CONDITIONAL:
        return False
    markup = _STRING.sub("", text[piece.markup.start : piece.markup.end])
    if piece.name in {"for", "tablerow"}:
        markup = markup.partition(" in ")[2]
    return not all(root in names or root in _WORDS for root in _ROOT.findall(markup))


def _unclosed(piece: Piece) -> SyntaxProblem:
    return SyntaxProblem(piece.span, f"`{{% {piece.name} %}}` is never closed", f"add `{{% end{piece.name} %}}`")


def _stray(piece: Piece, opener: str) -> SyntaxProblem:
    return SyntaxProblem(
        piece.span, f"`{{% {piece.name} %}}` closes nothing", f"there is no open `{{% {opener} %}}` before it"
    )
