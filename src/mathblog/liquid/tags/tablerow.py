"""`{% tablerow item in list cols: 2 %}…{% endtablerow %}` (Liquid's `tags/table_row.rb`)."""

from collections.abc import Iterator, Mapping

from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.errors import BreakLoop, ContinueLoop
from mathblog.liquid.expressions.loops import Loop, items_between, read_lax_loop
from mathblog.liquid.syntax.nodes import BlockBody, Node
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.syntax.token import Token
from mathblog.liquid.tags.loop import ForLoop

_PROPERTIES = (
    "length",
    "index",
    "index0",
    "rindex",
    "rindex0",
    "first",
    "last",
    "row",
    "col",
    "col0",
    "col_first",
    "col_last",
)


class TablerowLoop(Mapping[str, object]):
    """`tablerowloop`: where a table is."""

    def __init__(self, length: int, columns: int) -> None:
        self._place = ForLoop("", length, None)
        self.row = 1
        self.column = 1
        self._columns = columns

    def __getitem__(self, key: str) -> object:
        own = {
            "row": self.row,
            "col": self.column,
            "col0": self.column - 1,
            "col_first": self.column == 1,
            "col_last": self.column == self._columns,
        }
        return own[key] if key in own else self._place[key]

    def __iter__(self) -> Iterator[str]:
        return iter(_PROPERTIES)

    def __len__(self) -> int:
        return len(_PROPERTIES)

    @property
    def ends_row(self) -> bool:
        """Whether another row follows this cell."""
        return self.column == self._columns and self._place.round < self._place.length - 1

    def step(self) -> None:
        """Go on to the next cell."""
        self._place.round += 1
        self.column += 1
        if self.column > self._columns > 0:
            self.column = 1
            self.row += 1


class TablerowNode(Node):
    """Renders its content once for each item, each in a cell."""

    def __init__(self, token: Token, markup: Token, loop: Loop, body: BlockBody) -> None:
        super().__init__(token)
        self._markup = markup
        self._loop = loop
        self._body = body

    def render(self, context: Context, output: Output) -> None:
        """Write rows of cells."""
        context.place = self._markup
        collection = self._loop.collection.evaluate(context)
        if collection is None or collection is False:
            return
        start, limit = self._loop.number("offset", context) or 0, self._loop.number("limit", context)
        items = items_between(collection, start, None if limit is None else start + limit)
        context.run.step(3 + 5 * len(items))
        place = TablerowLoop(len(items), self._loop.number("cols", context) or 0)
        names: dict[str, object] = {"tablerowloop": place}
        output.write_at('<tr class="row1">\n', self)
        with context.extend(names):
            for item in items:
                names[self._loop.variable] = item
                if not self._cell(context, output, place):
                    break
        output.write_at("</tr>\n", self)

    def _cell(self, context: Context, output: Output, place: TablerowLoop) -> bool:
        """Write a cell, and say whether to go on."""
        output.write_at(f'<td class="col{place.column}">', self)
        more = True
        try:
            self._body.render(context, output)
        except ContinueLoop:
            pass
        except BreakLoop:
            more = False
        output.write_at("</td>", self)
        if more and place.ends_row:
            output.write_at(f'</tr>\n<tr class="row{place.row + 1}">', self)
        place.step()
        return more


def read_tablerow(parser: Parser, mark: Mark) -> Node:
    """The head, which Liquid always reads laxly, and the content."""
    body, _ = parser.body(("endtablerow",))
    return TablerowNode(mark.tag, mark.markup, read_lax_loop(mark.markup.value), body)
