"""`{% gist id [file] %}`: a gist of GitHub's (jekyll-gist's `gist_tag.rb`)."""

from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.errors import TemplateError
from mathblog.liquid.expressions.values import Path, read_value
from mathblog.liquid.filters.texts import escape
from mathblog.liquid.seo.page import mapping
from mathblog.liquid.syntax.nodes import Node
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.syntax.token import Token
from mathblog.liquid.text import to_s

_MARKUP = lazy_pattern(r"(\S+)(?:\s+(\S+))?")


class GistNode(Node):
    """A script that shows the gist, and a link for readers without scripts: builds fetch nothing from the web."""

    def __init__(self, token: Token, gist: str, file: str) -> None:
        super().__init__(token)
        self._gist = gist
        self._file = file

    def render(self, context: Context, output: Output) -> None:
        """Write both."""
        gist, file = _value(self._gist, context), _value(self._file, context)
        address = f"https://gist.github.com/{gist}"
        script = f'<script src="{address}.js{f"?file={file}" if file else ""}"> </script>'
        settings = mapping(mapping(context.find("site")).get("gist"))
        link = f'<noscript><a href="{address}">{file or address}</a></noscript>'
        output.write_at((link if settings.get("noscript") is not False else "") + script, self)


def _value(word: str, context: Context) -> str:
    """A word, or the value of the variable that it names."""
    expression = read_value(word)
    known = isinstance(expression, Path) and isinstance(expression.name, str) and context.knows(expression.name)
    value = to_s(expression.evaluate(context)) if known else ""
    return to_s(escape(value or word))


def read_gist(parser: Parser, mark: Mark) -> Node:
    """The gist's id and, where it has several, the file."""
    found = _MARKUP.fullmatch(mark.markup.value)
    if found is None:
        message = f"not a gist: `{mark.markup.value}`" if mark.markup.value else "`gist` names no gist"
        raise TemplateError(message, hint="write it as `{% gist 28949e1d5ee2273f9fd3 file.py %}`", broken=True)
    return GistNode(mark.tag, found[1], found[2] or "")
