"""`{% highlight lang linenos mark_lines="1 2" %}…{% endhighlight %}` (Jekyll's `tags/highlight.rb`)."""

from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.buffer import Output, whole_span
from mathblog.liquid.context import Context
from mathblog.liquid.errors import TemplateError
from mathblog.liquid.syntax.nodes import BlockBody, Node
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.syntax.token import Token

_MARKUP = lazy_pattern(r"([a-zA-Z0-9.+#_-]+)((?:\s+\w+(?:=(?:\w+|\"[^\"]*\"))?)*)\s*")
_RUNS_ON = lazy_pattern(r"(?:(?<=-%\})\s*|[ \t]*(?:\n[ \t]*)?)(?=\S)")
_WORDS = lazy_pattern(r"[ ]{0,3}[^\W\d_][^{<|\n]*")  # of a paragraph, before the tag: it ends there
_EDGES = lazy_pattern(r"\A(?:[ \t]*\n)+|\s+\Z")
_WORK = 100  # steps that colouring a piece of code counts for


class HighlightNode(Node):
    """Code with Liquid in it."""

    def __init__(self, token: Token, body: BlockBody, markup: tuple[str, str], around: tuple[str, str]) -> None:
        super().__init__(token)
        self._body = body
        self._language, self._options = markup
        self._around = around

    def render(self, context: Context, output: Output) -> None:
        """Expand the Liquid, then colour the code; Markdown takes the line as one block of HTML."""
        inner = Output(context.limits.characters)
        self._body.render(context, inner)
        code = _EDGES.sub("", inner.getvalue())
        context.run.step(_WORK + len(code))
        html = context.run.services.highlight(code, self._language, self._options)
        output.write_at(html.join(self._around), self)


def read_highlight(parser: Parser, mark: Mark) -> Node:
    """The language, the options, and the content."""
    markup = mark.markup
    match = _MARKUP.fullmatch(markup.value)
    if match is None:
        message = f"not a language and options: `{markup.value}`" if markup.value else "`highlight` names no language"
        hint = "write `{% highlight python %}`, `{% highlight python linenos %}`, or `text` for plain text"
        place = markup if markup.value else mark.tag
        parser.problems.append(TemplateError(message, token=place, hint=hint, broken=True))
    body, closer = parser.body(("endhighlight",))
    source, start = mark.tag.source, whole_span(mark.tag).start
    opened = (
        source.startswith("{%-", start) or _WORDS.fullmatch(source, source.rfind("\n", 0, start) + 1, start) is not None
    )
    runs_on = closer is not None and _RUNS_ON.match(closer.tag.source, whole_span(closer.tag).end) is not None
    language, options = match.groups() if match else ("text", "")
    # blank lines, so that a block of HTML begins and ends where hyphens take line ends away, or words stand beside it (`highlighter_prefix`, `_suffix`)
    around = "\n" if opened else "", "\n" if runs_on else ""
    return HighlightNode(mark.tag, body, (language.lower(), options.strip()), around)
