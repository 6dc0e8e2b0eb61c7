"""The body of a document: HTML in which each formula is a piece of its own, and the forms in which it is read."""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from mathblog.core.patterns import lazy_pattern

_BOXES = '<span class="katex-html"'
_TAG = lazy_pattern(r"<[^<>]*>")


class Math(NamedTuple):
    """A formula: its TeX as the author wrote it, whether it is a display formula, and its HTML, rendered or refused."""

    tex: str
    display: bool
    html: str


Piece: TypeAlias = str | Math
"""A stretch of HTML that is no formula, or a formula."""


class Body(tuple[Piece, ...]):
    """A body, an excerpt or the content of a heading: its pieces in order, none of them empty."""

    __slots__ = ()


def html_pieces(body: Body) -> list[str]:
    """The body as it stands in a page, in pieces."""
    return [piece if isinstance(piece, str) else piece.html for piece in body]


def to_html(body: Body) -> str:
    """The body as it stands in a page."""
    return "".join(html_pieces(body))


def size_of(body: Body) -> int:
    """How many characters of HTML it has."""
    return sum(map(len, html_pieces(body)))


def to_source(body: Body) -> str:
    r"""The same with `\(…\)` and `\[…\]` in place of formulas, as kramdown writes them for MathJax."""
    return "".join([piece if isinstance(piece, str) else written(piece) for piece in body])


def to_mathml(body: Body) -> str:
    """The same with the MathML of each formula alone: KaTeX's boxes are nothing without its style sheet."""
    parts: list[str] = []
    for piece in body:
        if isinstance(piece, str):
            parts.append(piece)
            continue
        mathml, boxes, _ = piece.html.partition(_BOXES)
        closing = "</span></span>" if piece.display else "</span>"
        parts.append(mathml + closing if boxes else piece.html)  # one that was refused has none
    return "".join(parts)


def to_words(body: Body) -> str:
    r"""The text without its tags on one line, formulas as `\(…\)` and `\[…\]`."""
    from html import unescape  # its table of entities takes a while to load

    return " ".join(unescape(_TAG.sub("", to_source(body))).split())


def written(formula: Math) -> str:
    """The source of a formula, escaped for HTML, in its delimiters; a prime stays, which filters would escape once more."""
    from html import escape

    tex = escape(formula.tex, quote=False).replace('"', "&quot;")
    return f"\\[{tex}\\]" if formula.display else f"\\({tex}\\)"


_HTML, _INLINE, _DISPLAY = "hid"


def pack(body: Body) -> tuple[str, list[str]]:
    """A body for a store and for a digest: a letter for each piece, and the texts of all; a formula has two, TeX and HTML."""
    kinds: list[str] = []
    texts: list[str] = []
    for piece in body:
        if isinstance(piece, str):
            kinds.append(_HTML)
            texts.append(piece)
        else:
            kinds.append(_DISPLAY if piece.display else _INLINE)
            texts += (piece.tex, piece.html)
    return "".join(kinds), texts


def unpack(kinds: str, texts: Sequence[str]) -> Body:
    """The body that `pack` was given.

    Raises:
        ValueError: where it was not given any.

    """
    if len(texts) != 2 * len(kinds) - kinds.count(_HTML) or not set(kinds) <= {_HTML, _INLINE, _DISPLAY}:
        message = "no packed body"
        raise ValueError(message)
    left = iter(texts)
    return Body([next(left) if kind == _HTML else Math(next(left), kind == _DISPLAY, next(left)) for kind in kinds])
