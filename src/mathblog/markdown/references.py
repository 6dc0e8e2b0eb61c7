"""References and citations as HTML: what was put into their tokens."""

from collections.abc import Callable, Sequence
from typing import Any

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from markdown_it.utils import OptionsDict


class ReferenceHtml:
    """The rules of the renderer for the tokens of `rules/spans/references.py`."""

    def reference(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Any) -> str:
        """A reference, with the number that was put in; without a link in a table of contents."""
        token, rendering = tokens[idx], env.get("rendering")
        if rendering is None or rendering.in_outline or "html" not in token.meta:
            return escapeHtml(token.content)
        return made(token.meta["listed"]) if rendering.in_list else str(token.meta["html"])

    citation_open = citation_close = reference  # brackets around what nobody knows are brackets

    def cite(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Any) -> str:
        """A citation, or a list of entries; in an excerpt without ids, and with a link to the page."""
        token = tokens[idx]
        return made(token.meta.get("listed", token.content)) if env["rendering"].in_list else token.content


def made(form: str | Callable[[], str]) -> str:
    """The form of a token in another place than its own: a text, or a function that makes it, since few tokens are shown there."""
    return form if isinstance(form, str) else form()
