"""Formulas stand as short marks in the HTML of a text while its tags are written around them."""

from mathblog.model.body import Body, Piece
from mathblog.text.rendered import read_body

_SIGN = "\0"  # no text that is parsed holds it


class Marks:
    """The pieces of a text that is being written, each with its mark."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []

    def stand_in(self, piece: Piece) -> str:
        """Return the text to write for a piece: its mark; HTML stands for itself."""
        if isinstance(piece, str):
            return piece
        self._pieces.append(piece)
        return f"{_SIGN}{len(self._pieces) - 1}{_SIGN}"

    def fill(self, text: str) -> Body:
        """The body that a text with marks is. Formulas of other documents, which a template brought as HTML, are found in it."""
        if not self._pieces:
            return read_body(text)
        pieces: list[Piece] = []
        for number, part in enumerate(text.split(_SIGN)):
            if number % 2:
                pieces.append(self._pieces[int(part)])
            else:
                pieces += read_body(part)
        return Body(pieces)
