"""How much a page may cost: counted in steps and characters, never in seconds, so that every machine gives the same page."""

from collections.abc import Iterable, Iterator

from jinja2.exceptions import SecurityError

STEPS = 50_000_000  # parts of templates that one page may evaluate: some seconds
LONGEST = 100_000_000  # characters of a text, and of what templates add to the content of a page
MOST_ITEMS = 1_000_000  # items of a `range` or of a list that is multiplied
MOST_DIGITS = 4_000  # bits of a number
CALL = 50  # what a call costs, in steps
_SLICE = (
    1 << 16
)  # characters that are encoded in one go: Python takes three bytes for each of them before it knows better
TEMPLATE = 200  # what an include costs


class Budget:
    """The budget of the page that is being laid out."""

    __slots__ = ("_left", "_longest")

    def __init__(self) -> None:
        self._left = STEPS
        self._longest = LONGEST

    def begin(self, content: int = 0) -> None:
        """Start with a new page, whose content has so many characters: these are no template's doing."""
        self._left = STEPS
        self._longest = LONGEST + content

    def charge(self, steps: int) -> None:
        """Take steps off.

        Raises:
            SecurityError: where none is left.

        """
        self._left -= steps
        if self._left < 0:
            message = "this page takes too many steps: loops, calls or includes of its templates multiply"
            raise SecurityError(message)

    def each(self, items: Iterable[object], cost: int) -> Iterator[object]:
        """The items, each of which costs that many steps."""
        for item in items:
            self._left -= cost
            if self._left < 0:
                self.charge(0)
            yield item

    def join(self, pieces: Iterable[str]) -> str:
        """The pieces of a page in one text.

        Raises:
            SecurityError: where it is too long.

        """
        if isinstance(pieces, list) and sum(map(len, pieces)) <= self._longest:
            return "".join(pieces)  # what a block or a macro has made
        kept: list[str] = []
        length, longest = 0, self._longest
        for piece in pieces:
            length += len(piece)
            if length > longest:
                check_length(length, longest)
            kept.append(piece)
        return "".join(kept)

    def encode(self, pieces: Iterable[str]) -> bytes:
        """The same as bytes of a file, without a text of the whole page.

        Raises:
            SecurityError: where it is too long.

        """
        encoded: list[bytes] = []
        length, longest = 0, self._longest
        for piece in pieces:
            size = len(piece)
            length += size
            if length > longest:
                check_length(length, longest)
            if size <= _SLICE:
                encoded.append(piece.encode("utf-8", "replace"))
            else:
                starts = range(0, size, _SLICE)
                encoded += [piece[start : start + _SLICE].encode("utf-8", "replace") for start in starts]
        return b"".join(encoded)


def weigh(value: object) -> int:
    """About how many steps it takes to walk through a value."""
    if isinstance(value, str):
        return len(value) // 100
    return len(value) if isinstance(value, list | tuple | dict | range) else 1


def check_length(length: int, most: int = LONGEST) -> None:
    """Raise a SecurityError for a text or a list that is too long."""
    if length > most:
        message = f"a template makes something too long: {length:,} characters or items, more than {most:,}"
        raise SecurityError(message)
