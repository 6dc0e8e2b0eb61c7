"""Footnotes `[^name]`: numbered by first use, those in the text before those in notes, gathered at the end.

A note that nothing names is left out with all that only it names; a list marked `{:footnotes}` gives way to the notes. A name without a note,
as in `/[^a-z_]+/`, is text, in which nothing else is read (`parser/kramdown/footnote.rb`).
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.inline_options import first_footnote
from mathblog.model.options import MarkdownOptions

_NAMED = lazy_pattern(r"\[\^\w[\w:-]*\](?![(\[])", re.ASCII)


def install(md: MarkdownIt, _options: MarkdownOptions) -> None:
    """Add definitions and references; kramdown has no inline notes `^[…]`."""
    footnote_plugin(md, inline=False)
    md.inline.ruler.after("footnote_ref", "footnote_text", _leave)
    md.core.ruler.at("footnote_tail", _gather)
    md.core.ruler.push("footnotes_place", _move)


def _leave(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    found = _NAMED.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.pending += found[0]
    state.pos = found.end()
    return True


def _gather(state: StateCore) -> None:
    """Take the notes out of the text and put those that are named behind it (kramdown's `footnote_content`)."""
    if "footnotes" not in state.env:
        return
    text: list[Token] = []
    notes: dict[str, list[Token]] = {}
    current = text
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            current = notes[token.meta["label"]] = []
        elif token.type == "footnote_reference_close":
            current = text
        else:
            current.append(token)
    # the notes stand apart where a blank line follows the last block that is shown where it is written
    outer = (token for token in reversed(state.tokens) if token.level == 0 and token.nesting >= 0)
    notes_at_end = takewhile(lambda token: token.type == "footnote_reference_open", outer)
    apart = {"blank": True} if any("blank" in token.meta for token in notes_at_end) else {}
    names: list[str] = []  # in the order of their first use; it grows while notes are read
    uses: dict[str, tuple[int, int]] = {}
    offset = first_footnote(state.env) - 1
    _number(text, names, uses, offset)
    for name in names:
        _number(notes.get(name, ()), names, uses, offset)
    state.tokens = text
    if names:
        text.append(Token("footnote_block_open", "", 1, attrs={"start": offset + 1} if offset else {}, meta=apart))
        for name in names:
            note, (number, count) = notes.get(name, []), uses[name]
            last = note[-1:] if note and note[-1].type == "paragraph_close" else []
            text += [Token("footnote_open", "", 1, meta={"id": number, "label": name}), *note[: len(note) - len(last)]]
            for use in range(count):  # the ways back stand in the last paragraph
                text.append(Token("footnote_anchor", "", 0, meta={"id": number, "subId": use, "label": name}))
            text += [*last, Token("footnote_close", "", -1)]
        text.append(Token("footnote_block_close", "", -1))


def _number(tokens: Sequence[Token], names: list[str], uses: dict[str, tuple[int, int]], offset: int) -> None:
    """Number the references among some tokens; `uses` holds for each name its number and how often it was used."""
    for token in tokens:
        for child in token.children or ():
            if child.type == "footnote_ref":
                name = child.meta["label"]
                if name not in uses:
                    uses[name] = len(names) + offset, 0
                    names.append(name)
                number, before = uses[name]
                child.meta.update(id=number, subId=before)
                uses[name] = number, before + 1


def _move(state: StateCore) -> None:
    """Put the footnotes in place of the first list marked `{:footnotes}` (kramdown's `convert_ul`)."""
    tokens = state.tokens
    if "footnotes" not in state.src:
        return
    start = next((i for i, token in enumerate(tokens) if "footnotes" in token.meta.get("refs", ())), -1)
    if start < 0 or not tokens[start].type.endswith("_list_open"):
        return
    end = next(i for i in range(start, len(tokens)) if tokens[i].nesting < 0 and tokens[i].level == tokens[start].level)
    first = next((i for i, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))
    if first > end:
        for opening in tokens[first : first + 1]:
            opening.meta = {"blank": True} if "blank" in tokens[start].meta else {}
        state.tokens = [*tokens[:start], *tokens[first:], *tokens[end + 1 : first]]
