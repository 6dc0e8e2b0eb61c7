"""Blocks are indented below the blocks that hold them, as kramdown writes them (`converter/html.rb`, `indent`).

Layouts rest on it: `excerpt | strip_html | strip_newlines` keeps the words of two list items apart by nothing else.
"""

from collections.abc import Sequence

from markdown_it.token import Token

_STEP = "  "
_AS_IT_STANDS = frozenset(("inline", "math_block"))
# their tag and a list in it
_TWO_STEPS = frozenset(("footnote_block_open", "footnote_block_close"))


def indented(tokens: Sequence[Token], pieces: Sequence[str]) -> str:
    """The HTML of tokens, put together from one piece for each. A block that begins a line is indented by its depth; the lines inside a block stay."""
    out: list[str] = []
    depth, fresh, hidden = 0, True, False  # whether a line begins here; whether the text of an item stands before it
    for token, html in zip(tokens, pieces, strict=True):
        kind, nesting = token.type, token.nesting
        if kind == "inline" and not hidden:
            out.append(html)
            fresh = html.endswith("\n") if html else fresh
            continue
        if kind == "html_block":  # of raw HTML the tag around it is indented alone
            step = int(token.meta.get("holds", 0))
            is_tag = "part" not in token.meta or "holds" in token.meta
        else:
            step = nesting * 2 if kind in _TWO_STEPS else nesting
            is_tag = not token.hidden and kind not in _AS_IT_STANDS
        step = 0 if token.hidden else step
        depth += min(step, 0)
        if "blank" in token.meta and (fresh or hidden):
            out.append("\n")
        begins = html.startswith("\n")
        if begins or (hidden and nesting >= 0):
            out += ("\n", _STEP * depth if is_tag else "", html[1:] if begins else html)
        elif fresh and is_tag:
            out += (_STEP * depth, html)
        else:
            out.append(html)
        if html:
            fresh = html.endswith("\n")
        hidden = token.hidden and nesting < 0
        depth += max(step, 0)
    return "".join(out)
