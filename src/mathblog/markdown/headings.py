"""Headings as HTML."""

from collections.abc import Sequence
from typing import Any

from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from mathblog.markdown.fast.tags import TagHtml


class HeadingHtml(TagHtml):
    """The rules of the renderer for headings."""

    def heading_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Any) -> str:
        """A heading with its id."""
        token, rendering = tokens[idx], env.get("rendering")
        hidden = rendering is not None and rendering.in_list
        return f"<{_element(token, env)}{'' if hidden else self.renderAttrs(token)}>"

    def heading_close(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Any) -> str:
        """The end of a heading."""
        return f"</{_element(tokens[idx], env)}>\n"


def _element(token: Token, env: Any) -> str:
    """The element of a heading, moved by kramdown's `header_offset` (`output_header_level`)."""
    rendering = env.get("rendering")
    if rendering is None or not rendering.header_offset:
        return token.tag
    return f"h{min(max(int(token.tag[1]) + rendering.header_offset, 1), 6)}"
