"""Distill's notes, `<d-footnote>` in running text -> footnotes like all others, numbered with them."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

_OPEN, _CLOSE = "<d-footnote", "</d-footnote>"


def read_distill_notes(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with such notes taken out of the text and put behind it; all notes are numbered by their first use."""
    block = next((index for index, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))
    text, rest = list(tokens[:block]), list(tokens[block:])
    made: dict[str, list[Token]] = {}
    for token in text:
        if token.type == "inline" and any(_opens(child) for child in token.children or ()):
            token.children = list(_take_out(token.children or (), made))
    if not made:
        return list(tokens)
    notes: dict[str, list[Token]] = {}
    current: list[Token] = []
    for token in rest[1 : _end(rest)]:
        if token.type == "footnote_open":
            current = notes[token.meta["label"]] = []
        if token.type != "footnote_block_close":
            current.append(token)
    notes |= {label: _note(label, children) for label, children in made.items()}
    parts = (child for token in (*text, *rest) for child in token.children or ())
    order = list(dict.fromkeys(child.meta["label"] for child in parts if child.type == "footnote_ref"))
    numbers = {label: number for number, label in enumerate(order)}
    shown = [token for label in order for token in notes.get(label, ())]
    for token in (*text, *shown):
        for part in (token, *(token.children or ())):
            if part.type.startswith("footnote_") and part.meta.get("label") in numbers:
                part.meta["id"] = numbers[part.meta["label"]]
    opening = rest[0] if rest else Token("footnote_block_open", "", 1, meta={"blank": True})
    after = rest[_end(rest) :] if rest else []
    return [*text, opening, *shown, Token("footnote_block_close", "", -1), *after]


def _opens(token: Token) -> bool:
    return token.type == "html_inline" and token.content.startswith(_OPEN)


def _take_out(children: Sequence[Token], made: dict[str, list[Token]]) -> Iterator[Token]:
    inside: list[Token] | None = None
    for child in children:
        if inside is None and _opens(child):
            inside = []
        elif inside is not None and child.type == "html_inline" and child.content.strip() == _CLOSE:
            label = f"d-{len(made) + 1}"
            made[label] = inside
            inside = None
            yield Token("footnote_ref", "", 0, meta={"label": label, "id": 0, "subId": 0})
        elif inside is not None:
            inside.append(child)
        else:
            yield child
    yield from inside or ()


def _end(block: Sequence[Token]) -> int:
    return (
        next((index for index, token in enumerate(block) if token.type == "footnote_block_close"), len(block) - 1) + 1
    )


def _note(label: str, children: list[Token]) -> list[Token]:
    """A note of one paragraph, with its way back."""
    inner = Token("inline", "", 0, content="".join(child.content for child in children), children=children)
    meta = {"label": label, "id": 0, "subId": 0}
    return [
        Token("footnote_open", "", 1, meta=dict(meta)),
        Token("paragraph_open", "p", 1, block=True),
        inner,
        Token("footnote_anchor", "", 0, meta=dict(meta)),
        Token("paragraph_close", "p", -1, block=True),
        Token("footnote_close", "", -1),
    ]
