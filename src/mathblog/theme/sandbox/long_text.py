"""The HTML of a page whose text is long: pieces that are written one after another, and never joined to a text of the whole page."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import accumulate, chain

from markupsafe import Markup

LONG = 1_000_000  # characters from which a text is kept in pieces
_SLICE = (
    1 << 16
)  # characters that are encoded in one go: Python takes three bytes for each of them before it knows better
_SEARCHED = 1 << 18  # characters that are searched in one go


class LongText:
    """A text of HTML in pieces. What asks for more than its length, or whether it holds a word, gets all of it as a `Markup`."""

    __slots__ = ("_length", "pieces")

    def __init__(self, pieces: Iterable["str | LongText"]) -> None:
        self.pieces: tuple[str, ...] = tuple(
            chain.from_iterable(it.pieces if isinstance(it, LongText) else (it,) for it in pieces)
        )
        self._length = sum(map(len, self.pieces))

    @classmethod
    def of(cls, pieces: Sequence[str]) -> "str | LongText":
        """HTML in pieces as one text, or as a `LongText` where it is long."""
        return cls(pieces) if sum(map(len, pieces)) > LONG else "".join(pieces)

    def __len__(self) -> int:
        """Return how many characters it has."""
        return self._length

    def __contains__(self, word: str) -> bool:
        """Whether a word stands in it, also over the ends of pieces."""
        return any(word in text for text in self.windows(len(word)))

    def __html__(self) -> Markup:
        """Return all of it."""
        return Markup("".join(self.pieces))  # noqa: S704 - it is HTML

    def __str__(self) -> str:
        """Return all of it."""
        return "".join(self.pieces)

    def begin(self, length: int) -> str:
        """The first characters."""
        return next(self.windows(length))[:length]

    def with_text_at(self, place: int, text: str) -> "LongText":
        """The same with a text put in at a place."""
        ends = list(accumulate(map(len, self.pieces)))
        at = bisect_left(ends, place)
        cut = place - (ends[at - 1] if at else 0)
        piece = self.pieces[at]
        return LongText((*self.pieces[:at], piece[:cut], text, piece[cut:], *self.pieces[at + 1 :]))

    def windows(self, overlap: int) -> Iterator[str]:
        """Yield the text in parts of some size, each of which begins with the end of the one before."""
        waiting, size = [""], 0
        for piece in self.pieces:
            waiting.append(piece)
            size += len(piece)
            if size > max(_SEARCHED, overlap):
                text = "".join(waiting)
                yield text
                waiting, size = [text[len(text) - overlap :]], 0
        yield "".join(waiting)


def encode_pieces(pieces: Iterable["str | LongText"]) -> bytes:
    """The bytes of a file, without a text of the whole page."""
    written = BytesIO()
    for piece in pieces:
        for part in piece.pieces if isinstance(piece, LongText) else (piece,):
            if len(part) <= _SLICE:
                written.write(part.encode("utf-8", "replace"))
            else:
                for start in range(0, len(part), _SLICE):
                    written.write(part[start : start + _SLICE].encode("utf-8", "replace"))
    return written.getvalue()
