"""Tokens -> nodes."""

from collections.abc import Callable, Container, Mapping
from typing import NamedTuple

from mathblog.extend.declarations import Reference, load
from mathblog.extend.extensions import Extensions
from mathblog.liquid.errors import LimitError, LiquidError, TemplateError
from mathblog.liquid.expressions.outputs import Reading, read_output
from mathblog.liquid.expressions.values import Expression
from mathblog.liquid.syntax.nodes import BlockBody, Node
from mathblog.liquid.syntax.template import TemplateText, without_zones
from mathblog.liquid.syntax.token import Token, TokenKind
from mathblog.liquid.syntax.tokens import tokenize_template

_DEEPEST = 100  # blocks within blocks, as in Liquid
_MOST_ROUNDS = 4
_PLUGINS = "mathblog.liquid.plugins."  # the package of tags that Jekyll has by plugins only


class Mark(NamedTuple):
    """A tag: its word, and what follows it (empty where nothing does)."""

    tag: Token
    markup: Token


ReadTag = Callable[["Parser", Mark], Node]
# of what is no tag; they need the parser, and so are named here as tags are
_READERS: Mapping[str, Reference] = {
    TokenKind.CONTENT: "mathblog.liquid.tags.text:read_text",
    TokenKind.MAYBE: "mathblog.liquid.tags.maybe:read_maybe",
    TokenKind.OUTPUT: "mathblog.liquid.tags.output:read_output_tag",
}


class Parser:
    """A running position among the tokens of a template; `problems` are those that do not end the parsing."""

    def __init__(self, template: TemplateText, extensions: Extensions) -> None:
        self.problems: list[LiquidError] = []
        self._tokens = list(tokenize_template(template))
        self._extensions = extensions
        self._at = 0
        self._depth = 0

    def template(self) -> BlockBody:
        """The nodes of the whole template. Closing tags that close nothing were found by `blocks.match_blocks`."""
        nodes: list[Node] = []
        while self._at < len(self._tokens):
            body, _ = self.body(())
            nodes += body.nodes
        return BlockBody(nodes)

    def body(self, ends: Container[str]) -> tuple[BlockBody, Mark | None]:
        """The nodes before the next tag of `ends`, and that tag; None at the end of the template."""
        self._depth += 1
        if self._depth > _DEEPEST:
            message = f"more than {_DEEPEST} blocks within each other"
            raise LimitError(message, token=self._tokens[self._at - 1], hint="move a part of them into an include")
        nodes: list[Node] = []
        mark = None
        while self._at < len(self._tokens) and mark is None:
            token = self._tokens[self._at]
            self._at += 1
            if token.kind == TokenKind.TAG and token.value in ends:
                mark = Mark(token, self._markup(token))
            else:
                self._read(token, nodes)
        self._depth -= 1
        return BlockBody(nodes), mark

    def value(self, markup: Token) -> Expression:
        """A value with filters, laxly read where it must be."""
        return self.understood(read_output(markup.value), markup)

    def understood(self, reading: Reading, markup: Token) -> Expression:
        """The expression, with a warning where only Liquid's lax mode understands it."""
        if reading.lax:
            self.warn_lax(markup, reading.expression.source)
        return reading.expression

    def warn_lax(self, markup: Token, reading: str) -> None:
        """Note an expression that Liquid does not understand as it was written."""
        message = f"not a valid expression: `{_short(markup.value)}`"
        self.problems.append(TemplateError(message, token=markup, hint=f"Liquid reads it as `{_short(reading)}`"))

    def _read(self, token: Token, nodes: list[Node]) -> None:
        mark, of_plugin = Mark(token, self._markup(token)), False
        if token.kind == TokenKind.TAG:
            tag = self._extensions.tags.get(token.value)
            if tag is None:  # an unknown tag, or one that closes nothing: reported before
                return
            of_plugin = tag.read.startswith(_PLUGINS)
            read: ReadTag = load(tag.read)
        else:
            read = load(_READERS[token.kind])
        try:
            nodes.append(read(self, mark))
        except LimitError:
            raise
        except LiquidError as error:
            error.token = error.token or (mark.markup if mark.markup.value else token)
            error.tag = token.value if of_plugin else ""
            self.problems.append(error)

    def _markup(self, token: Token) -> Token:
        after = self._tokens[self._at] if self._at < len(self._tokens) else None
        if token.kind == TokenKind.CONTENT or after is None or after.kind != TokenKind.EXPRESSION:
            return token._replace(kind=TokenKind.EXPRESSION, value="")
        self._at += 1
        return after


def _short(markup: str) -> str:
    line = " ".join(markup.split())
    return line if len(line) <= 60 else f"{line[:59]}…"  # noqa: PLR2004 - what fits a terminal's line


def parse_template(template: TemplateText, extensions: Extensions) -> tuple[BlockBody, list[LiquidError]]:
    """A template, parsed, and its problems. Code that is not valid Liquid after all stays as it is, without one."""
    body, problems = BlockBody([]), list[LiquidError]()
    for attempt in range(_MOST_ROUNDS):
        parser = Parser(template, extensions)
        try:
            body = parser.template()
        except (LimitError, RecursionError) as error:
            body = BlockBody([])
            parser.problems.append(error if isinstance(error, LimitError) else LimitError("nested too deeply"))
        problems = parser.problems
        places = [problem.token.start_index for problem in problems if problem.token]
        spoiled = {
            piece.zone
            for piece in template.pieces
            if piece.zone and piece.optional and any(piece.start <= place < piece.end for place in places)
        }
        if not spoiled:
            break
        if attempt == _MOST_ROUNDS - 2:
            spoiled = {piece.zone for piece in template.pieces if piece.zone and piece.zone.code}
        template = without_zones(template, spoiled)
    return body, problems
