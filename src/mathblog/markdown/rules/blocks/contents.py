r"""A table of contents in the text: `* TOC` followed by `{:toc}` (kramdown's `converter/toc.rb`)."""

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from mathblog.markdown.rules.inline_options import toc_levels
from mathblog.model.options import MarkdownOptions

_ID = "markdown-toc"
_LINKS = ("link_open", "link_close")


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Add a core rule, after the ids of headings are known, that replaces the first list marked `{:toc}`."""

    def replace(state: StateCore) -> None:
        if "toc" not in state.src:
            return
        start = next((i for i, token in enumerate(state.tokens) if "toc" in token.meta.get("refs", ())), -1)
        if start < 0 or not state.tokens[start].type.endswith("_list_open"):
            return
        opening = state.tokens[start]
        closing = (i for i, token in enumerate(state.tokens) if i > start and token.level == opening.level)
        end = next(i for i in closing if state.tokens[i].nesting < 0)
        levels = toc_levels(state.env, options.toc_levels)
        headings = [
            (int(token.tag[1]), str(token.attrs["id"]), state.tokens[index + 1])
            for index, token in enumerate(state.tokens)
            if token.type == "heading_open" and int(token.tag[1]) in levels and "id" in token.attrs
            if "no_toc" not in str(token.attrs.get("class", "")).split()
        ]
        state.tokens[start : end + 1] = _build(opening, headings)

    md.core.ruler.push("contents", replace)


def _build(opening: Token, headings: Sequence[tuple[int, str, Token]]) -> list[Token]:
    tag, kind = opening.tag, opening.type.removesuffix("_open")
    prefix = str(opening.attrs.get("id", _ID))
    out: list[Token] = []
    levels: list[int] = []
    for level, name, text in headings:
        while len(levels) > 1 and level <= levels[-2]:
            out += [_block("list_item_close", "li", -1), _block(f"{kind}_close", tag, -1)]
            levels.pop()
        if levels and level <= levels[-1]:
            out.append(_block("list_item_close", "li", -1))
            levels[-1] = level
        else:
            levels.append(level)
            out.append(_block(f"{kind}_open", tag, 1))
            if len(levels) == 1:
                out[-1].attrs = {**opening.attrs, "id": prefix}
                out[-1].map, out[-1].meta = opening.map, {**opening.meta, "contents": True}
        link = Token("link_open", "a", 1, attrs={"href": f"#{name}", "id": f"{prefix}-{name}"})
        shown = [child.copy(attrs={**child.attrs}, meta={**child.meta}) for child in _shown(text.children or ())]
        out += [
            _block("list_item_open", "li", 1),
            Token("inline", "", 0, children=[link, *shown, Token("link_close", "a", -1)], block=True),
        ]
    for _ in levels:
        out += [_block("list_item_close", "li", -1), _block(f"{kind}_close", tag, -1)]
    return out


def _shown(children: Sequence[Token]) -> Iterator[Token]:
    """What an entry shows of a heading: no notes, and of links only those that numbering puts words into, and then takes away."""
    links: list[bool] = []  # whether those that are open stay
    for child in children:
        if child.type == "link_open":
            links.append("refers" in child.meta)
        stays = (child.type not in _LINKS or links[-1]) if links else True
        if child.type == "link_close" and links:
            links.pop()
        if stays and child.type != "footnote_ref":
            yield child


def _block(kind: str, tag: str, nesting: int) -> Token:
    return Token(kind, tag, nesting, block=True)  # type: ignore[arg-type]
