"""`{% file_exists path %}`: whether the site has a file (al-folio's `file-exists.rb`)."""

from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.syntax.nodes import Node
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.syntax.token import Token
from mathblog.liquid.tags.jekyll.include import with_values
from mathblog.model.facts import kinds


class FileExistsNode(Node):
    """A path from the site's folder; `{{ … }}` in it has its value."""

    def __init__(self, token: Token, path: str) -> None:
        super().__init__(token)
        self._path = path

    def render(self, context: Context, output: Output) -> None:
        """Write `true` or `false`."""
        path = with_values(self._path, context).strip().lstrip("/")
        known = (kinds.PUBLISHED, kinds.DOCUMENT, kinds.FILE)
        exists = any(context.run.view.get(kind, path) is not None for kind in known)
        output.write_at("true" if exists else "false", self)


def read_file_exists(parser: Parser, mark: Mark) -> Node:
    """The path."""
    return FileExistsNode(mark.tag, mark.markup.value)
