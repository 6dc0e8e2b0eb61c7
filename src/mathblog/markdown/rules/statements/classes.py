"""Quotes with a class of a kind are statements: `> **Theorem** (Euler). …` above or below `{: .theorem #thm-euler}`.

Where a site says `theorems:`, paragraphs with such a class are, too, and elements of HTML with `markdown="1"`.
"""

from collections.abc import Mapping
from typing import TypeAlias

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from mathblog.markdown.rules.statements.openings import RESTATE
from mathblog.model.statements.kinds import StatementOptions
from mathblog.text.html_reader import HtmlReader

Attributes: TypeAlias = Mapping[str, str | int | float]
_TITLE = "-title"  # just-the-docs: the first line is the title


def take_classes(state: StateCore, options: StatementOptions) -> None:
    """Make statements of what has a class of a kind."""
    kept: list[Token] = []
    opened: list[tuple[str, Token | None]] = []  # what closes a block that was opened, and the statement that it is
    for token in state.tokens:
        kept.append(token)
        closing = opened[-1][0] if opened else ""
        if token.type == closing and (closing != "html_block" or token.meta.get("holds") == -1):
            _, opening = opened.pop()
            if opening is not None:
                end = Token("statement_close", opening.tag, -1, meta={"opening": opening}, block=True)
                kept[len(kept) - (closing != "paragraph_close") :] = [end]
        elif token.type == "blockquote_open":
            opened.append(("blockquote_close", _open(state, kept, options, token.attrs) if token.attrs else None))
        elif not options.everywhere:
            continue
        elif token.type == "paragraph_open" and "class" in token.attrs and not token.hidden:
            opening = _open(state, kept, options, token.attrs)
            opened.append(("paragraph_close", opening))
            kept += [Token("paragraph_open", "p", 1, map=token.map, block=True)] if opening else []
        elif token.type == "html_block" and token.meta.get("holds") == 1:
            reader = _Attributes()
            reader.read(token.content)
            opened.append(("html_block", _open(state, kept, options, {**reader.attributes, **token.attrs})))
    state.tokens = kept


def _open(state: StateCore, kept: list[Token], options: StatementOptions, attributes: Attributes) -> Token | None:
    """Put the opening and the head of a statement in the place of the last token, if one of its classes names a kind."""
    token, classes = kept[-1], str(attributes.get("class", "")).split()
    found = (options.find(word.removesuffix(_TITLE)) for word in classes)
    kind = RESTATE if RESTATE in classes else next((kind.name for kind in found if kind), "")
    if not kind:
        return None
    opening = Token("statement_open", "section", 1, attrs=dict(attributes), map=token.map, block=True)
    blank = {"blank": True} if "blank" in token.meta else {}
    opening.meta = {**blank, "kind": kind, "first_line": any(word.endswith(_TITLE) for word in classes)}
    head = {"opening": opening}
    kept[-1:] = [
        opening,
        Token("statement_head_open", "p", 1, meta=head, block=True),
        Token("inline", "", 0, map=token.map, children=[], block=True),
        Token("statement_head_close", "p", -1, meta=head, block=True),
    ]
    state.env["statements"] = True
    return opening


class _Attributes(HtmlReader):
    """The attributes of the first tag."""

    def __init__(self) -> None:
        super().__init__()
        self.attributes: dict[str, str | int | float] = {}

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note them."""
        self.attributes = self.attributes or {name: value or "" for name, value in attrs}
