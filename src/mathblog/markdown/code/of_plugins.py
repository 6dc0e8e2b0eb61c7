"""Fenced code of which a plugin makes HTML."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from markdown_it.common.utils import escapeHtml, unescapeAll
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from mathblog.extend.api import Code
from mathblog.extend.declarations import Fence, load
from mathblog.extend.plugins import PluginError, checked_text
from mathblog.markdown.code.fence_info import parse_info

FAULTS = "plugin_faults"  # the name in `env` under which the renderer finds a list of messages and tokens
_Render: TypeAlias = Callable[[Sequence[Token], int, OptionsDict, Any], str]


def with_fences(fences: Mapping[str, Fence], otherwise: _Render) -> _Render:
    """The rule of a renderer that asks plugins for the HTML of their languages; `otherwise` is its rule for all others.

    Code that a plugin fails at is shown as code.
    """

    def render(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:
        token = tokens[idx]
        info = unescapeAll(token.info).strip()
        language, _ = parse_info(info, line_numbers=False)
        fence = fences.get(language)
        if fence is None:
            return otherwise(tokens, idx, options, env)
        code = Code(language, info[len(language) :].strip(), token.content)
        try:
            html = checked_text(load(fence.function)(code), f"the fence `{language}`").strip("\n")
        except PluginError as error:
            env.setdefault(FAULTS, []).append((str(error), token))
            return f"<pre><code>{escapeHtml(token.content)}</code></pre>\n"
        return f"{html}\n"

    return render
