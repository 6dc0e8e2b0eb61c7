"""The nodes of a parsed template."""

from abc import abstractmethod
from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar

from mathblog.core.source import Span
from mathblog.liquid.buffer import Output, whole_span
from mathblog.liquid.context import Context
from mathblog.liquid.errors import FAULTS, Interrupt, LimitError
from mathblog.liquid.syntax.token import Token


class Node:
    """A stretch of text, an output or a tag. `blank` says that it never prints more than white space."""

    __slots__ = ("__dict__", "blank", "token")
    is_text: ClassVar[bool] = False  # a stretch of the author's own characters

    def __init__(self, token: Token, *, blank: bool = False) -> None:
        self.token = token
        self.blank = blank

    @cached_property
    def span(self) -> Span:
        """Where it stands, with its delimiters."""
        return whole_span(self.token)

    @abstractmethod
    def render(self, context: Context, output: Output) -> None:
        """Write what it stands for."""


class BlockBody:
    """The nodes of a template, or between two tags of a block."""

    __slots__ = ("nodes",)

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes

    @property
    def blank(self) -> bool:
        """Whether all of its nodes are."""
        return all(node.blank for node in self.nodes)

    def without_text(self) -> "BlockBody":
        """The same without its texts, as Liquid has it in a tag that is blank as a whole."""
        return BlockBody([node for node in self.nodes if not node.is_text])

    def render(self, context: Context, output: Output) -> None:
        """Render the nodes one by one: a problem spoils its own node only, unless it is a limit.

        Raises:
            LimitError: when the document does more than it may; it was reported.

        """
        context.run.step(len(self.nodes))
        for node in self.nodes:
            try:
                node.render(context, output)
            except Interrupt:
                raise
            except (LimitError, RecursionError) as error:
                context.report(error, node.token)
                raise
            except FAULTS as error:
                context.report(error, node.token)


def trimmed(*bodies: BlockBody) -> tuple[tuple[BlockBody, ...], bool]:
    """The bodies of one tag, without white space if there is nothing else in any of them; and whether that is so."""
    blank = all(body.blank for body in bodies)
    return (tuple(body.without_text() for body in bodies) if blank else bodies), blank
