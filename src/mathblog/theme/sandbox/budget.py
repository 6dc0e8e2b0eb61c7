"""How much a page may cost: counted in steps and characters, never in seconds, so that every machine gives the same page."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from jinja2.exceptions import SecurityError
from markupsafe import Markup

from mathblog.theme.sandbox.long_text import LONG, LongText, encode_pieces

STEPS = 50_000_000  # parts of templates that one page may evaluate: some seconds
LONGEST = 100_000_000  # characters of a text, and of what templates add to the content of a page
MOST_ITEMS = 1_000_000  # items of a `range` or of a list that is multiplied
MOST_COMPARED = 10_000_000  # items of a value that is compared, with those of lists in it
MOST_DIGITS = 4_000  # bits of a number
CALL = 50  # what a call costs, in steps
TEMPLATE = 200  # what an include costs
# asked with tuples, which is faster than with unions
_NESTING = (list, tuple, dict)
_COUNTED = (*_NESTING, range)


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

    def join(self, pieces: Iterable[str | LongText]) -> str:
        """The pieces of a page in one text.

        Raises:
            SecurityError: where it is too long.

        """
        if not isinstance(pieces, list) or sum(map(len, pieces)) > self._longest:
            pieces = list(self._counted(pieces))
        try:
            return "".join(pieces)  # type: ignore[arg-type] # what a block or a macro has made
        except TypeError:  # a long one is among them, which is rare
            return "".join(map(str, pieces))

    def gather(self, pieces: Sequence[str | LongText]) -> Markup | LongText:
        """The same for a block that a layout sets, and that may hold the content of a page: it stays in pieces where it is long."""
        if sum(map(len, pieces)) > LONG:
            return LongText(self._counted(pieces))
        return Markup(self.join(pieces))  # noqa: S704 - what templates write is HTML

    def encode(self, pieces: Iterable[str | LongText]) -> bytes:
        """The same as bytes of a file.

        Raises:
            SecurityError: where it is too long.

        """
        first: list[str | LongText] = []
        length, pieces = 0, iter(pieces)
        for piece in pieces:
            first.append(piece)
            length += len(piece)
            if length > LONG or length > self._longest:
                return encode_pieces(self._counted(chain(first, pieces)))
        return "".join(first).encode("utf-8", "replace")  # type: ignore[arg-type] # a long one is longer than this

    def _counted(self, pieces: Iterable[str | LongText]) -> Iterator[str | LongText]:
        length, longest = 0, self._longest
        for piece in pieces:
            length += len(piece)
            if length > longest:
                check_length(length, longest)
            yield piece


def weigh(value: object) -> int:
    """About how many steps it takes to walk through a value."""
    if isinstance(value, str):
        return len(value) // 100
    return len(value) if isinstance(value, _COUNTED) else 1


def weigh_all(value: object) -> int:
    """About how many steps it takes to compare a value, or to make a key of it: what is in lists in it counts as often as it is met.

    Raises:
        SecurityError: where that is without end, as with two lists that sixty lists in turn hold twice. Python's own loops would hear no alarm.

    """
    if not isinstance(value, _NESTING):
        return weigh(value)
    steps, waiting = len(value), [value]
    while waiting:
        found = waiting.pop()
        steps += len(found)
        check_length(steps, MOST_COMPARED)
        items = chain(found, found.values()) if isinstance(found, dict) else found
        waiting += [item for item in items if isinstance(item, _NESTING)]
    return steps


def weigh_search(value: object, *sought: object) -> int:
    """About how many steps it takes to look for something in a value: a key is found at once, and only lists are compared with the lists in a list."""
    if isinstance(value, dict):
        return 1
    return weigh_all(value) if any(isinstance(item, _NESTING) for item in sought) else weigh(value)


def check_length(length: int, most: int = LONGEST) -> None:
    """Raise a SecurityError for a text or a list that is too long."""
    if length > most:
        message = f"a template makes something too long: {length:,} characters or items, more than {most:,}"
        raise SecurityError(message)
