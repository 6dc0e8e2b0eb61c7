"""`{% highlight lang linenos mark_lines="1 2" %}…{% endhighlight %}` (Jekyll's `tags/highlight.rb`)."""

import re
from typing import TextIO

from liquid.ast import BlockNode, Node
from liquid.context import RenderContext
from liquid.parser import get_parser
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG, Token

from mathblog.liquid.environment import Context, TemplateError
from mathblog.liquid.problems import whole_span
from mathblog.liquid.tags.located import placed

_MARKUP = re.compile(r"([a-zA-Z0-9.+#_-]+)((?:\s+\w+(?:=(?:\w+|\"[^\"]*\"))?)*)\s*")
_RUNS_ON = re.compile(r"[ \t]*\n(?=[ \t]*\S)")
_EDGES = re.compile(r"\A(?:[ \t]*\n)+|\s+\Z")


class HighlightNode(Node):
    """Code with Liquid in it."""

    def __init__(self, token: Token, block: BlockNode, language: str, options: str, *, runs_on: bool) -> None:
        super().__init__(token)
        self.blank = False
        self._block = block
        self._language = language
        self._options = options
        self._end = "\n" if runs_on else ""  # a blank line, so that the HTML block ends and Markdown goes on

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Expand the Liquid, then colour the code; Markdown takes the line as one block of HTML."""
        if not isinstance(context, Context):
            return 0
        inner = context.get_buffer(buffer)
        self._block.render(context, inner)
        code = _EDGES.sub("", inner.getvalue())
        html = context.run.services.highlight(code, self._language, self._options)
        with placed(buffer, self.token):
            return buffer.write(html + self._end)


class HighlightTag(Tag):
    """Makes `HighlightNode`s."""

    name = "highlight"
    end = "endhighlight"

    def parse(self, stream: TokenStream) -> Node:
        """Read the tag, its language and options, and its content."""
        token = stream.eat(TOKEN_TAG)
        markup = stream.current if stream.current.kind == TOKEN_EXPRESSION else None
        match = _MARKUP.fullmatch(markup.value) if markup else None
        if markup:
            next(stream)
        if match is None:
            message = f"not a language and options: `{markup.value}`" if markup else "`highlight` names no language"
            hint = "write `{% highlight python %}`, `{% highlight python linenos %}`, or `text` for plain text"
            self.env.error(TemplateError(message, token=markup or token, hint=hint, broken=True))
        block = get_parser(self.env).parse_block(stream, (self.end,))
        closer = stream.expect(TOKEN_TAG, self.end)
        runs_on = _RUNS_ON.match(closer.source, whole_span(closer).end) is not None
        language, options = match.groups() if match else ("text", "")
        return HighlightNode(token, block, language.lower(), options.strip(), runs_on=runs_on)
