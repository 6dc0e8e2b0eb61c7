"""markdown-it's states of blocks and of running text, written again: they make the same tokens in half of the time.

The library makes a token by the `__init__` of a dataclass with 13 fields, which calls two more functions; a post has 250 of
them. Here the fields are set one by one. `tests/unit/test_fast_markdown.py` compares both.
"""

import re
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from mathblog.core.patterns import lazy_pattern

Nesting = Literal[-1, 0, 1]

_LINE = lazy_pattern(r"^([ \t]*).*", re.MULTILINE)
_new = Token.__new__
_TAB = 4


def make_token(kind: str, tag: str, nesting: Nesting, level: int, *, block: bool = False) -> Token:
    """As `Token(kind, tag, nesting, level=level, block=block)`."""
    token = _new(Token)
    token.type = kind
    token.tag = tag
    token.nesting = nesting
    token.attrs = {}
    token.map = None
    token.level = level
    token.children = None
    token.content = ""
    token.markup = ""
    token.info = ""
    token.meta = {}
    token.block = block
    token.hidden = False
    return token


class BlockState(StateBlock):
    """The state of a parser of blocks."""

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> None:
        """As markdown-it's; where the lines begin and end is found by one pattern."""
        super().__init__("", md, env, tokens)
        self.src, end = src, len(src)
        starts, ends, blanks, columns = [], [], [], []
        for line in _LINE.finditer(src):
            start, text, stop = line.start(), line.end(1), line.end()
            if text == end:  # blanks without a line end, or nothing behind the last one
                break
            starts.append(start)
            ends.append(stop)
            blanks.append(text - start)
            columns.append(len(line[1].expandtabs(_TAB)) if text > start else 0)
        # one entry more: rules may look at the line behind the last one
        self.bMarks, self.eMarks, self.tShift, self.sCount = [*starts, end], [*ends, end], [*blanks, 0], [*columns, 0]
        self.bsCount = [0] * len(self.bMarks)
        self.lineMax = len(starts)

    def push(self, ttype: str, tag: str, nesting: Nesting) -> Token:
        """As markdown-it's."""
        if nesting < 0:
            self.level -= 1
        token = make_token(ttype, tag, nesting, self.level, block=True)
        if nesting > 0:
            self.level += 1
        self.tokens.append(token)
        return token


class InlineState(StateInline):
    """The state of a parser of running text."""

    def pushPending(self) -> Token:  # noqa: N802 - markdown-it's name
        """As markdown-it's."""
        token = make_token("text", "", 0, self.pendingLevel)
        token.content = self.pending
        self.tokens.append(token)
        self.pending = ""
        return token

    def push(self, ttype: str, tag: str, nesting: Nesting) -> Token:
        """As markdown-it's."""
        if self.pending:
            self.pushPending()
        meta = None
        if nesting < 0:
            self.level -= 1
            self.delimiters = self._prev_delimiters.pop()
        token = make_token(ttype, tag, nesting, self.level)
        if nesting > 0:
            self.level += 1
            self._prev_delimiters.append(self.delimiters)
            self.delimiters = []
            meta = {"delimiters": self.delimiters}
        self.pendingLevel = self.level
        self.tokens.append(token)
        self.tokens_meta.append(meta)
        return token
