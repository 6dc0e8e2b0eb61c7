"""`{% for item in list %}…{% else %}…{% endfor %}`, `{% break %}` and `{% continue %}` (Liquid's `tags/for.rb`)."""

from collections.abc import Iterator, Mapping, Sequence

from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.errors import BreakLoop, ContinueLoop
from mathblog.liquid.expressions.loops import Loop, items_between, read_loop
from mathblog.liquid.syntax.nodes import BlockBody, Node, trimmed
from mathblog.liquid.syntax.parser import Mark, Parser

_PROPERTIES = ("length", "index", "index0", "rindex", "rindex0", "first", "last", "parentloop", "name")


class ForLoop(Mapping[str, object]):
    """`forloop`: where a loop is."""

    __slots__ = ("_name", "_parent", "length", "round")

    def __init__(self, name: str, length: int, parent: object) -> None:
        self._name = name
        self._parent = parent
        self.length = length
        self.round = 0

    def __getitem__(self, key: str) -> object:
        if key in ("name", "parentloop"):
            return self._name if key == "name" else self._parent
        if key == "length":
            return self.length
        if key == "index":
            return self.round + 1
        if key == "index0":
            return self.round
        if key == "first":
            return self.round == 0
        if key == "last":
            return self.round == self.length - 1
        if key == "rindex":
            return self.length - self.round
        if key == "rindex0":
            return self.length - self.round - 1
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return iter(_PROPERTIES)

    def __len__(self) -> int:
        return len(_PROPERTIES)

    def liquid_text(self) -> str:
        """Return the text that Ruby prints for it."""
        return "Liquid::ForloopDrop"


class ForNode(Node):
    """Renders its content once for each item."""

    def __init__(self, mark: Mark, loop: Loop, body: BlockBody, otherwise: BlockBody) -> None:
        (self._body, self._otherwise), blank = trimmed(body, otherwise)
        super().__init__(mark.tag, blank=blank)
        self._markup = mark.markup
        self._loop = loop

    def render(self, context: Context, output: Output) -> None:
        """Find the items and render them; `else` where there are none."""
        context.place = self._markup
        items = self._items(context)
        if not items:
            self._otherwise.render(context, output)
            return
        loop = ForLoop(self._loop.name, len(items), context.loops[-1] if context.loops else None)
        names: dict[str, object] = {"forloop": loop}
        context.loops.append(loop)
        try:
            with context.extend(names):
                for loop.round, names[self._loop.variable] in enumerate(items):
                    try:
                        self._body.render(context, output)
                    except ContinueLoop:
                        continue
                    except BreakLoop:
                        break
        finally:
            context.loops.pop()

    def _items(self, context: Context) -> Sequence[object]:
        starts = context.register("for")
        offset = (
            int(str(starts.get(self._loop.name, 0))) if self._loop.goes_on else self._loop.number("offset", context)
        )
        limit = self._loop.number("limit", context)
        start = offset or 0
        items = items_between(self._loop.collection.evaluate(context), start, None if limit is None else start + limit)
        context.run.step(len(items))
        starts[self._loop.name] = start + len(items)
        return items[::-1] if self._loop.backwards else items


def read_for(parser: Parser, mark: Mark) -> Node:
    """The head and the two bodies of a loop."""
    body, after = parser.body(("else", "endfor"))
    otherwise = BlockBody([])
    while after and after.tag.value == "else":
        otherwise, after = parser.body(("else", "endfor"))
    loop, lax = read_loop(mark.markup.value)
    if lax:
        parser.warn_lax(mark.markup, loop.source)
    return ForNode(mark, loop, body, otherwise)


class BreakNode(Node):
    """Ends the loop."""

    def render(self, context: Context, output: Output) -> None:
        """Raise an interrupt, which the loop catches."""
        raise BreakLoop


class ContinueNode(Node):
    """Goes on with the next item."""

    def render(self, context: Context, output: Output) -> None:
        """Raise an interrupt, which the loop catches."""
        raise ContinueLoop


def read_break(parser: Parser, mark: Mark) -> Node:
    """`{% break %}`."""
    return BreakNode(mark.tag)


def read_continue(parser: Parser, mark: Mark) -> Node:
    """`{% continue %}`."""
    return ContinueNode(mark.tag)
