"""`{% github_edit_link "text" %}`: where a page is edited on GitHub (jekyll-github-metadata's `edit-link-tag.rb`)."""

from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.seo.page import mapping
from mathblog.liquid.syntax.nodes import Node
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.syntax.token import Token
from mathblog.liquid.text import to_s
from mathblog.text.urls import normalize

_TEXT = lazy_pattern(r"\"(.*)\"|'(.*)'")


class EditLinkNode(Node):
    """A link with a text; without a text its address. Both are empty where the repository is not known."""

    def __init__(self, token: Token, text: str) -> None:
        super().__init__(token)
        self._text = text

    def render(self, context: Context, output: Output) -> None:
        """Write it."""
        github = mapping(mapping(context.find("site")).get("github"))
        source = mapping(github.get("source"))
        repository, path = to_s(github.get("repository_url")), context.run.document.source.path
        address = ""
        if repository and source.get("branch"):
            folder = to_s(source.get("path")).strip("/")
            parts = ("edit", to_s(source.get("branch")), *([folder] if folder else []), path)
            address = repository + normalize("/" + "/".join(parts))
        output.write_at(f'<a href="{address}">{self._text}</a>' if self._text else address, self)


def read_edit_link(parser: Parser, mark: Mark) -> Node:
    """The text in quotes, which may be missing."""
    found = _TEXT.search(mark.markup.value)
    return EditLinkNode(mark.tag, (found[1] or found[2] or "") if found else "")
