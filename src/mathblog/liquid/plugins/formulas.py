r"""Tags around formulas: tufte-jekyll's `m` and `math`, jekyll-katex's `katex` and `katexmm`.

They write the formula in the form that Markdown's rules for maths know, and these keep it as it is. What stands between the
tags is a formula for Liquid, too (`text/regions.py`).
"""

from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.syntax.nodes import BlockBody, Node
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.syntax.token import Token

_TUFTE = {
    "m": "<span>&#8203;$$",
    "em": "$$</span>",
    "math": '<div class="mathblock">$$',
    "endmath": "$$</div>",
}
_TUFTE_IN_HTML = {**_TUFTE, "m": "<span>&#8203;\\(", "em": "\\)</span>"}  # where `$$` is display
_ESCAPE = lazy_pattern(r"\\[\\{}|]")  # what kramdown would take a backslash off, and no rule of ours keeps


class EdgeNode(Node):
    """One edge of a formula: tufte's four tags know nothing of each other."""

    def render(self, context: Context, output: Output) -> None:
        """Write it."""
        edges = _TUFTE if context.run.services.into_markdown else _TUFTE_IN_HTML
        output.write_at(edges[self.token.value], self)


def read_tufte_edge(parser: Parser, mark: Mark) -> Node:
    """The tag."""
    return EdgeNode(mark.tag)


class KatexNode(Node):
    """A formula between `{% katex %}` and `{% endkatex %}`."""

    def __init__(self, token: Token, body: BlockBody, *, display: bool, alone: bool) -> None:
        super().__init__(token)
        self._body = body
        self._display = display
        self._alone = alone

    def render(self, context: Context, output: Output) -> None:
        """Write it between dollars, by kramdown's rule: alone they display. Otherwise brackets, which kramdown unescapes.

        In HTML dollars always display, and nothing unescapes brackets.
        """
        in_html = not context.run.services.into_markdown
        if in_html or self._display is self._alone:
            opener, closer = ("\\(", "\\)") if in_html and not self._display else ("$$", "$$")
            output.write_at(opener, self)
            self._body.render(context, output)
            output.write_at(closer, self)
            return
        inner = Output()
        self._body.render(context, inner)
        tex, markdown = inner.getvalue().strip(), context.run.setup.markdown
        if markdown.kramdown and markdown.math_escapes:
            tex = _ESCAPE.sub(lambda found: found[0].replace("\\", "\\\\"), tex)
        output.write_at(f"\\\\[{tex}\\\\]" if self._display else f"\\\\({tex}\\\\)", self)


def read_katex(parser: Parser, mark: Mark) -> Node:
    """Whether it is displayed, and the formula; it is alone where nothing else stands on the lines of the block's two tags."""
    body, closer = parser.body(("endkatex",))
    alone = False
    if closer is not None:
        source = mark.tag.source
        opening = source.rfind("{%", 0, mark.tag.start_index)
        before = source[source.rfind("\n", 0, opening) + 1 : opening]
        end = source.find("%}", closer.tag.start_index) + 2
        after = source[end:].partition("\n")[0] if end > 1 else ""
        alone = not before.strip(" \t>") and not after.strip()
    return KatexNode(mark.tag, body, display="display" in mark.markup.value, alone=alone)


class PassingNode(Node):
    """`{% katexmm %}`: Markdown's own rules find the dollars in it."""

    def __init__(self, token: Token, body: BlockBody) -> None:
        super().__init__(token, blank=body.blank)
        self._body = body

    def render(self, context: Context, output: Output) -> None:
        """Write what stands in it."""
        self._body.render(context, output)


def read_katexmm(parser: Parser, mark: Mark) -> Node:
    """The text."""
    return PassingNode(mark.tag, parser.body(("endkatexmm",))[0])
