"""markdown-it's renderer of tags, written again to be faster: most tags have no attributes, and half of them are closing ones.

`tests/unit/test_fast_markdown.py` compares both.
"""

from collections.abc import Sequence

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict


class TagHtml(RendererHTML):
    """The rule for tokens that have no rule of their own."""

    def renderInline(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:  # noqa: N802 - markdown-it's name
        """As markdown-it's."""
        rules, plain = self.rules, self.renderToken
        return "".join([rules.get(token.type, plain)(tokens, idx, options, env) for idx, token in enumerate(tokens)])

    def renderToken(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002, N802
        """As markdown-it's."""
        token = tokens[idx]
        if token.hidden:
            return ""
        attributes = self.renderAttrs(token) if token.attrs else ""
        if not token.block:
            end = " />" if token.nesting == 0 and options["xhtmlOut"] else ">"
            return f"{'</' if token.nesting < 0 else '<'}{token.tag}{attributes}{end}"
        if token.nesting < 0:
            return f"</{token.tag}{attributes}>\n"
        before = "\n" if idx and tokens[idx - 1].hidden else ""
        if token.nesting == 0:
            return f"{before}<{token.tag}{attributes}{' />' if options['xhtmlOut'] else '>'}\n"
        following = tokens[idx + 1] if idx + 1 < len(tokens) else None
        stays = following is not None and (
            following.type == "inline" or following.hidden or (following.nesting < 0 and following.tag == token.tag)
        )
        end = ">" if stays else ">\n"
        return f"{before}<{token.tag}{attributes}{end}"

    @staticmethod
    def renderAttrs(token: Token) -> str:  # noqa: N802
        """As markdown-it's."""
        html = ""
        for key, value in token.attrs.items():
            html += f' {escapeHtml(key)}="{escapeHtml(str(value))}"'
        return html
