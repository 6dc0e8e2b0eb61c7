"""Filled places that are more than one token of a line of text: with formulas in them, or lists, which no paragraph may hold."""

from collections.abc import Sequence
from itertools import groupby

from markdown_it.token import Token


def splice(tokens: Sequence[Token]) -> None:
    """Put the pieces of a list or a citation that has formulas in its place."""
    for token in tokens:
        if any("pieces" in child.meta for child in token.children or ()):
            token.children = [piece for child in token.children or () for piece in child.meta.get("pieces", (child,))]


def set_apart(tokens: Sequence[Token], lists: Sequence[Token]) -> list[Token]:
    """The tokens of a page with the lists that stand in lines of text between paragraphs: one in the words of a paragraph ends it."""
    if not lists:
        return list(tokens)
    own = set(map(id, lists))
    result: list[Token] = []
    rest = iter(enumerate(tokens))
    for index, token in rest:
        children = token.children or ()
        opening = tokens[index - 1]
        is_paragraph = token.type == "inline" and opening.type == "paragraph_open" and not opening.hidden
        if not is_paragraph or len(children) == 1 or own.isdisjoint(map(id, children)):
            result.append(token)
            continue
        closing = tokens[next(rest)[0]]
        result.pop()
        attributes = opening.attrs
        for is_list, run in groupby(children, lambda child: id(child) in own):
            words = list(run)
            while not is_list and words and _is_blank(words[-1]):
                words.pop()
            while not is_list and words and _is_blank(words[0]):
                del words[0]
            if words:
                if words[0].type == "text":
                    words[0].content = words[0].content.lstrip()
                if words[-1].type == "text":
                    words[-1].content = words[-1].content.rstrip()
                result += [
                    opening.copy(hidden=is_list, attrs={} if is_list else attributes),
                    token.copy(children=words),
                    closing.copy(hidden=is_list),
                ]
                attributes = attributes if is_list else {}  # those of the paragraph stand once
    return result


def _is_blank(token: Token) -> bool:
    return token.type in ("softbreak", "hardbreak") or (token.type == "text" and not token.content.strip())
