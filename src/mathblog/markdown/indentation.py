"""Blocks are indented below the blocks that hold them, as kramdown writes them (`converter/html.rb`, `indent`).

Layouts rest on it: `excerpt | strip_html | strip_newlines` keeps the words of two list items apart by nothing else.
"""

from collections.abc import Iterable, Iterator

from markdown_it.token import Token

_STEP = "  "
_AS_IT_STANDS = frozenset(("inline", "math_block"))
# their tag and a list in it
_TWO_STEPS = frozenset(("footnote_block_open", "footnote_block_close"))


def indented(pieces: Iterable[tuple[Token, str]]) -> Iterator[str]:
    """The HTML of tokens, each block that begins a line at the depth it stands in; the lines in a block are left alone."""
    depth, fresh, hidden = 0, True, False  # whether a line begins here; whether the text of an item stands before it
    for token, html in pieces:
        if token.type == "html_block":  # of raw HTML the tag around it is indented alone
            step = int(token.meta.get("holds", 0))
            is_tag = "part" not in token.meta or "holds" in token.meta
        else:
            step = token.nesting * 2 if token.type in _TWO_STEPS else token.nesting
            is_tag = not token.hidden and token.type not in _AS_IT_STANDS
        if token.hidden:
            step = 0
        if step < 0:
            depth += step
        pad = _STEP * depth if is_tag else ""
        if "blank" in token.meta and (fresh or hidden):
            yield "\n"
        if html.startswith("\n"):
            yield f"\n{pad}{html[1:]}"
        elif hidden and token.nesting >= 0:
            yield f"\n{pad}{html}"
        else:
            yield f"{pad}{html}" if fresh else html
        if html:
            fresh = html.endswith("\n")
        hidden = token.hidden and token.nesting < 0
        if step > 0:
            depth += step
