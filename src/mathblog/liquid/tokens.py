"""Pieces -> the tokens that the Liquid library parses."""

from collections.abc import Iterator

from liquid.token import TOKEN_CONTENT, TOKEN_EXPRESSION, TOKEN_OUTPUT, TOKEN_TAG, Token

from mathblog.core.source import Span
from mathblog.liquid.pieces import Kind, Piece
from mathblog.liquid.template import TemplateText

MAYBE = "mathblog:maybe"  # the tag name under which a doubtful `{{ … }}` reaches its node class
_BLANKS = " \t\n\r\f\v"


def tokenize_template(source: str) -> Iterator[Token]:
    """The tokens of a `TemplateText`; every `start_index` is an offset in its text."""
    if not isinstance(source, TemplateText):
        message = "only a TemplateText can be parsed"
        raise TypeError(message)
    position, trim = source.start, False
    for piece in source.pieces:
        yield from _text(source, Span(position, piece.start), left=trim, right=piece.trim_left)
        yield from _tokens(source, piece)
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
        yield Token(TOKEN_CONTENT, text, start, source)


def _tokens(source: TemplateText, piece: Piece) -> Iterator[Token]:
    markup = source[piece.markup.start : piece.markup.end]
    if piece.kind is Kind.RAW:
        yield from _text(source, piece.markup, left=piece.inner_trim[0], right=piece.inner_trim[1])
    elif piece.kind is Kind.TAG:
        yield Token(TOKEN_TAG, piece.name, piece.name_start, source)
        if markup:
            yield Token(TOKEN_EXPRESSION, markup, piece.markup.start, source)
    elif piece.kind is Kind.MAYBE:
        yield Token(TOKEN_TAG, MAYBE, piece.start, source)
        yield Token(TOKEN_EXPRESSION, markup, piece.markup.start, source)
    elif piece.kind is Kind.OUTPUT and markup:
        yield Token(TOKEN_OUTPUT, source[piece.start : piece.end], piece.start, source)
        yield Token(TOKEN_EXPRESSION, markup, piece.markup.start, source)
