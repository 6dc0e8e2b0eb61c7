"""Filled places that are more than one token of a line of text: with formulas or references in them, or lists, which no paragraph may hold."""

from collections.abc import Callable, Sequence
from html import unescape
from itertools import groupby

from markdown_it.token import Token

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.references import made
from mathblog.markdown.rules.spans.references import COMMAND, names_of
from mathblog.model.options import MarkdownOptions
from mathblog.text.tex.references import WRITTEN

_TAGS = lazy_pattern(r"<[^<>]*>")
_REFERENCES = lazy_pattern(f"({WRITTEN})")


def splice(tokens: Sequence[Token]) -> None:
    """Put the pieces of a list or a citation that has formulas in its place."""
    for token in tokens:
        splice([child for child in token.children or () if child.type == "image"])
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


def plain_words(html: str | Callable[[], str]) -> str:
    """The words of HTML, or of what makes it."""
    return unescape(_TAGS.sub("", made(html)))


def take_apart(token: Token, words: str, offset: int, options: MarkdownOptions) -> None:
    """Make pieces of a citation with formulas or references among its words, in all the forms in which it is shown; `words` is that without links."""
    written = (token.content, token.meta["listed"](), words)
    pieces: list[Token] = []
    for own, listed, plain in zip(*(_pieces(text, options) for text in written), strict=True):
        if own.type != "html_block":
            own.meta.update(start=offset, end=offset)
            pieces.append(own)
        else:
            meta = {"listed": listed.content, "words": plain_words(plain.content)}
            pieces.append(Token(token.type, "", 0, content=own.content, meta=meta))
    token.meta["pieces"] = pieces


def _pieces(html: str, options: MarkdownOptions) -> list[Token]:
    """HTML, formulas and references in turn; the references, which may stand in the link of the citation, have no links."""
    from mathblog.markdown.maths.html_maths import split_written

    pieces: list[Token] = []
    for part in _REFERENCES.split(html):
        if reference := COMMAND.fullmatch(part):
            pieces.append(_reference(unescape(part), unescape(reference[2]), reference[1]))
        else:
            pieces += split_written(part, options) or [Token("html_block", "", 0, content=part)]
    return pieces


def words_apart(words: str) -> list[Token]:
    """The words of a citation in the description of an image, and the references among them."""
    return [
        _reference(part, found[2], found[1])
        if (found := COMMAND.fullmatch(part))
        else Token("text", "", 0, content=part)
        for part in _REFERENCES.split(words)
    ]


def _reference(written: str, names: str, command: str) -> Token:
    meta = {"command": command, "names": names_of(command, names), "within": True, "start": 0, "end": 0}
    return Token("reference", "", 0, content=written, meta=meta)
