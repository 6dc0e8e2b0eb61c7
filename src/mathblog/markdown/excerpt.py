"""The excerpt of a document: its first blocks, cut on the block tree and never inside one.

Jekyll cuts the source at the first separator (`excerpt.rb`), in the middle of a formula or a list if it stands there.
"""

import re
from collections.abc import Sequence

from markdown_it.token import Token

from mathblog.markdown.outline import words
from mathblog.markdown.statements import head_words

_TAGS = re.compile(r"<[^<>]*>")


def cut(tokens: Sequence[Token], text: str, separator: str) -> list[Token]:
    """The tokens of the excerpt: the blocks that begin before the first blank line, or those before `separator`."""
    if len(tokens) == 1 and tokens[0].type == "html_block":
        return _begun_html(tokens[0], separator if separator.strip() else "\n\n")
    end = _end_of_text(tokens)
    if not separator.strip():
        blocks = tokens[:end]
        first = next((token.map[0] for token in blocks if token.map), 0)
        lines = text.split("\n")
        blank = next((number for number in range(first, len(lines)) if not lines[number].strip()), len(lines))
        for index, token in enumerate(blocks):
            if _starts(token) and token.map and token.map[0] >= blank:
                return list(blocks[:index])
        return list(blocks)
    start = 0
    for index, token in enumerate(tokens[:end]):
        if _starts(token):
            start = index
        if separator in token.content and _holds(token, separator):
            return [*tokens[:start], *_begun(tokens[start : index + 1], separator)]
    return list(tokens[:end])


def is_uncut(kept: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """Whether an excerpt is the whole text, but for its footnotes, which follow those it names."""
    end = _end_of_text(tokens)
    return len(kept) == end and all(a is b for a, b in zip(kept, tokens, strict=False))


def _end_of_text(tokens: Sequence[Token]) -> int:
    return next((index for index, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))


def without_contents(tokens: Sequence[Token]) -> list[Token]:
    """The blocks without a table of contents: Jekyll reads an excerpt by itself, and no heading stands in it to be listed."""
    start = next((index for index, token in enumerate(tokens) if "contents" in token.meta), len(tokens))
    depth = end = 0
    for end in range(start, len(tokens)):
        depth += tokens[end].nesting
        if not depth:
            break
    return [*tokens[:start], *tokens[end + 1 :]] if start < len(tokens) else list(tokens)


def summarize(tokens: Sequence[Token]) -> str:
    """The same in plain words: formulas as TeX, code and raw HTML's tags left out."""
    pieces = []
    for index, token in enumerate(tokens):
        if token.type == "inline":
            text = words(token.children or ())
            in_head = index and tokens[index - 1].type == "statement_head_open"
            pieces.append(head_words(tokens[index - 1].meta["opening"], text) if in_head else text)
        elif token.type == "statement_repeat":
            pieces.append(summarize(token.meta["tokens"]))
        elif token.type == "math_block":
            pieces.append(token.content)
        elif token.type == "html_block" and not token.content.startswith("<!--"):
            pieces.append("".join(child.content for child in token.children or [token]))
            pieces[-1] = _TAGS.sub(" ", pieces[-1])
    return " ".join(" ".join(pieces).split())


def _starts(token: Token) -> bool:
    """Whether a block of the top level begins with a token; the parts of an HTML element are one block."""
    return token.level == 0 and token.nesting >= 0 and "part" not in token.meta


def _holds(token: Token, separator: str) -> bool:
    """Whether the separator stands in a block as text or raw HTML, not as code."""
    if token.type == "inline":
        kinds = ("text", "html_inline")
        return any(child.type in kinds and separator in child.content for child in token.children or ())
    return token.type == "html_block"


def _begun_html(block: Token, separator: str) -> list[Token]:
    """The part before the separator of a text that is HTML throughout, cut anywhere, as Jekyll cuts it."""
    before, found, _ = block.content.partition(separator)
    if not found:
        return [block]
    pieces: list[Token] = []
    for child in block.children or ():
        if child.type == "html_block" and separator in child.content:
            pieces.append(child.copy(content=child.content.partition(separator)[0]))
            break
        pieces.append(child)
    return [block.copy(content=before, children=pieces or None)]


def _begun(block: Sequence[Token], separator: str) -> list[Token]:
    """The part of a paragraph of the top level before the separator; nothing of any other block."""
    if len(block) != 2 or block[0].type != "paragraph_open":  # noqa: PLR2004 - the paragraph and its text
        return []
    kept: list[Token] = []
    for child in block[1].children or ():
        if child.level == 0 and child.type in ("text", "html_inline") and separator in child.content:
            before = child.content.partition(separator)[0].rstrip()
            kept = [*kept, child.copy(content=before)] if before else kept
            while kept and (kept[-1].type in ("softbreak", "hardbreak") or kept[-1].content.isspace()):
                kept.pop()
            return (
                [block[0], block[1].copy(children=kept), Token("paragraph_close", "p", -1, block=True)] if kept else []
            )
        kept.append(child)
    return []
