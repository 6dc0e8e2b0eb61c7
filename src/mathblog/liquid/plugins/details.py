"""`{% details words %}…{% enddetails %}`: a text that opens at a click (al-folio's `details.rb`)."""

from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.plugins.tufte import inline_html
from mathblog.liquid.syntax.nodes import BlockBody, Node
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.syntax.token import Token


class DetailsNode(Node):
    """The words and the text are Markdown each."""

    def __init__(self, token: Token, words: str, body: BlockBody) -> None:
        super().__init__(token)
        self._words = words
        self._body = body

    def render(self, context: Context, output: Output) -> None:
        """Write the element."""
        inner = Output()
        self._body.render(context, inner)
        text = inner.getvalue()
        context.run.step(len(text))
        html = context.run.services.markdownify(text)
        output.write_at(f"<details><summary>{inline_html(self._words, context)}</summary>{html}</details>", self)


def read_details(parser: Parser, mark: Mark) -> Node:
    """The words and the text."""
    return DetailsNode(mark.tag, mark.markup.value, parser.body(("enddetails",))[0])
