"""Pieces -> the tokens that the parser reads."""

from collections.abc import Iterator

from mathblog.core.source import Span
from mathblog.liquid.syntax.pieces import PieceKind
from mathblog.liquid.syntax.template import TemplateText
from mathblog.liquid.syntax.token import Token, TokenKind

_BLANKS = " \t\n\r\f\v"


def tokenize_template(source: TemplateText) -> Iterator[Token]:
    """The tokens of a `TemplateText`; every `start_index` is an offset in its text."""
    position, trim = source.start, False
    for piece in source.pieces:
        yield from _text(source, Span(position, piece.start), left=trim, right=piece.trim_left)
        markup = source[piece.markup.start : piece.markup.end]
        if piece.kind is PieceKind.RAW:
            yield from _text(source, piece.markup, left=piece.inner_trim[0], right=piece.inner_trim[1])
        elif piece.kind is PieceKind.TAG:
            yield Token(TokenKind.TAG, piece.name, piece.name_start, source)
            if markup:
                yield Token(TokenKind.EXPRESSION, markup, piece.markup.start, source)
        elif piece.kind is PieceKind.MAYBE:
            yield Token(TokenKind.MAYBE, source[piece.start : piece.end], piece.start, source)
            yield Token(TokenKind.EXPRESSION, markup, piece.markup.start, source)
        elif piece.kind is PieceKind.OUTPUT and markup:
            yield Token(TokenKind.OUTPUT, source[piece.start : piece.end], piece.start, source)
            yield Token(TokenKind.EXPRESSION, markup, piece.markup.start, source)
        position, trim = piece.end, piece.trim_right
    yield from _text(source, Span(position, len(source)), left=trim, right=False)


def _text(source: TemplateText, span: Span, *, left: bool, right: bool) -> Iterator[Token]:
    text = source[span.start : span.end]
    start = span.start
    if left:
        text = text.lstrip(_BLANKS)
        start = span.end - len(text)
    if right:
        text = text.rstrip(_BLANKS)
    if text:
        yield Token(TokenKind.CONTENT, text, start, source)
