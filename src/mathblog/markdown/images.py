"""Images as HTML, and figures: `<figure id="fig-x"><img …><figcaption>…`, tables with captions among them."""

from collections.abc import Mapping, Sequence
from typing import Any

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from mathblog.markdown.rules.spans.links import description

TABLE = "table"


class ImageHtml(RendererHTML):
    """The renderer's rules for images, and for the tokens of `rules/blocks/captions.py`. Numbering has put `name` and `shown` into `meta` of the opening."""

    def figure_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Any) -> str:
        """The beginning of a figure; in a list it has no id, which stands elsewhere."""
        token = tokens[idx]
        attributes = dict(token.attrs)
        if token.meta["kind"] == TABLE:
            attributes["class"] = f"{TABLE} {attributes.get('class', '')}".strip()
        if env["rendering"].in_list:
            attributes.pop("id", None)
        before = "\n" if idx and tokens[idx - 1].hidden else ""
        return f"{before}<figure{_written(attributes)}>" + ("\n" if token.meta["kind"] == TABLE else "")

    def figure_close(self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, _env: Any) -> str:
        """The end of a figure."""
        return "</figure>\n"

    def figcaption_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Any) -> str:
        """A caption up to its text, with the number of the figure."""
        meta, has_text = tokens[idx].meta["opening"].meta, bool(tokens[idx + 1].children)
        if not meta.get("shown"):
            return "<figcaption>"
        return f"<figcaption>{_label(meta, has_text=has_text)}"

    def figure_label(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Any) -> str:
        """The number of a figure in HTML, behind the beginning of its caption."""
        meta = tokens[idx].meta
        return _label(meta, has_text=True) if meta.get("shown") else ""

    def figcaption_close(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Any) -> str:
        """The end of a caption; that of a table stands on a line of its own."""
        return "</figcaption>" + ("\n" if tokens[idx].meta["opening"].meta["kind"] == TABLE else "")

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:
        """An image; its description stays as it was written, as in kramdown, but for formulas and references."""
        token, rendering = tokens[idx], env.get("rendering")
        is_filled = any(child.type in ("math_inline", "reference") for child in token.children or ())
        if rendering is None or not rendering.kramdown or is_filled:
            html = super().image(tokens, idx, options, env)
        else:
            token.attrs["alt"] = description(token.content)
            html = self.renderToken(tokens, idx, options, env)
        if sources := token.meta.get("sources"):
            html = f"<picture>{''.join(f'<source{_written(source)} />' for source in sources)}{html}</picture>"
        return f'<a class="zoom" href="{escapeHtml(token.meta["zoom"])}">{html}</a>' if "zoom" in token.meta else html

    def renderInlineAsText(self, tokens: Sequence[Token] | None, options: OptionsDict, env: Any) -> str:  # noqa: N802 - markdown-it's name
        """An image's description: formulas in words, where the compiler put these into the tokens, else as their TeX."""
        out = []
        for token in tokens or ():
            if token.type in ("math_inline", "reference"):
                out.append(token.content)
            else:
                out.append(super().renderInlineAsText([token], options, env))
        return "".join(out)


def _label(meta: Mapping[str, Any], *, has_text: bool) -> str:
    label = escapeHtml(f"{meta['name']}\N{NO-BREAK SPACE}{meta['shown']}{'.' if has_text else ''}")
    return f'<span class="caption-label">{label}</span>' + (" " if has_text else "")


def _written(attributes: Mapping[str, str | int | float]) -> str:
    return "".join(f' {escapeHtml(name)}="{escapeHtml(str(value))}"' for name, value in attributes.items())
