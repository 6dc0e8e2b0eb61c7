"""Makes a tag of the library say where its output came from."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from liquid.ast import Node
from liquid.context import RenderContext
from liquid.tag import Tag
from liquid.token import Token

from mathblog.liquid.buffer import LocatedOutput
from mathblog.liquid.problems import whole_span


@contextmanager
def placed(buffer: TextIO, token: Token, *, partial: bool = False) -> Iterator[None]:
    """All that is written to `buffer` meanwhile came from the tag of `token`."""
    if isinstance(buffer, LocatedOutput):
        with buffer.placed(whole_span(token), partial=partial):
            yield
    else:
        yield


def located(tag: type[Tag]) -> type[Tag]:
    """The same tag with nodes that mark their place in the output."""
    node_class: type[Node] = getattr(tag, "node_class")  # noqa: B009 - each of the library's tags has one, its base class none

    class LocatedNode(node_class):  # type: ignore[misc, valid-type]
        def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
            with placed(buffer, self.token):
                return int(super().render_to_output(context, buffer))

    return type(tag.__name__, (tag,), {"node_class": LocatedNode})
