"""`{% toc %}`: the table of contents of a page whose front matter has `toc: true` (jekyll-toc)."""

from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.expressions.compare import is_true
from mathblog.liquid.plugins.contents import list_of_contents
from mathblog.liquid.seo.page import mapping
from mathblog.liquid.syntax.nodes import Node
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.text import to_s


class ContentsNode(Node):
    """The headings of the page's content, as a list."""

    def render(self, context: Context, output: Output) -> None:
        """Write it; nothing where the page does not want it."""
        page = mapping(context.find("page"))
        if is_true(page.get("toc")):
            text = to_s(page.get("content"))
            context.run.step(len(text) >> 4)
            output.write_at(list_of_contents(text, mapping(mapping(context.find("site")).get("toc"))), self)


def read_contents(parser: Parser, mark: Mark) -> Node:
    """The tag."""
    return ContentsNode(mark.tag)
