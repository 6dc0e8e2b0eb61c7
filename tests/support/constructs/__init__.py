"""Inputs of any size, each of one construct: a name, and a function from a number to a text with so many of it."""

from collections.abc import Callable, Mapping

Make = Callable[[int], str]


def repeated(pieces: Mapping[str, str]) -> dict[str, Make]:
    """A piece so many times; `@` in it stands for the number of the piece."""
    return {name: _repeat(piece) for name, piece in pieces.items()}


def nested(pairs: Mapping[str, tuple[str, str]]) -> dict[str, Make]:
    """An opening and a closing piece so many times, around one letter."""
    return {name: _nest(*pair) for name, pair in pairs.items()}


def _repeat(piece: str) -> Make:
    return lambda size: "".join(piece.replace("@", str(number)) for number in range(size))


def _nest(opening: str, closing: str) -> Make:
    return lambda size: opening * size + "x" + closing * size
