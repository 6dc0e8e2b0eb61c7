"""The excerpt of a document: its first blocks, cut on the block tree and never inside one.

Jekyll cuts the source at the first separator (`excerpt.rb`), in the middle of a formula or a list if it stands there.
"""

from collections.abc import Callable, Sequence
from operator import is_

from markdown_it.token import Token

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.outline import words, written
from mathblog.markdown.statements import head_words

_TAGS = lazy_pattern(r"<[^<>]*>")
_WORDS = ("text", "html_inline")


def cut(tokens: Sequence[Token], text: str, separator: str) -> list[Token]:
    """The tokens of the excerpt: the blocks that begin before the first blank line, or those before `separator`.

    A separator of line ends alone asks for as many blank lines as stand between them.
    """
    if len(tokens) == 1 and tokens[0].type == "html_block":  # HTML throughout is cut anywhere, as Jekyll cuts it
        block, sign = tokens[0], separator if separator.strip() else "\n" * (_blank_lines(separator) + 1)
        before, found, _ = block.content.partition(sign)
        if not found:
            return [block]
        pieces = list(block.children or ())
        last = next((at for at, it in enumerate(pieces) if it.type == "html_block" and sign in it.content), None)
        if last is not None:
            pieces[last:] = [pieces[last].copy(content=pieces[last].content.partition(sign)[0])]
        return [block.copy(content=before, children=pieces or None)]
    # neither footnotes nor a list of what is cited that nobody wrote: in a list of posts links lead to that of the page
    blocks = tokens[: next((index for index, it in enumerate(tokens) if _ends_text(it)), len(tokens))]
    if separator.strip():
        return _cut_at(blocks, separator)
    first = next((token.map[0] for token in blocks if token.map), 0)
    lines, wanted = text.split("\n"), _blank_lines(separator)
    places = range(first, len(lines) - wanted + 1)
    blank = next((at for at in places if not any(map(str.strip, lines[at : at + wanted]))), len(lines))
    for index, token in enumerate(blocks):
        if _starts(token) and token.map and token.map[0] >= blank:
            return list(blocks[:index])
    return list(blocks)


def _blank_lines(separator: str) -> int:
    """How many blank lines in a row a separator of white space is."""
    return max(1, separator.count("\n") - 1)


def is_uncut(kept: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """Whether an excerpt is the whole text, but for what follows it: its footnotes, and the list of what it cites."""
    size = len(kept)  # which holds no end of the text
    ends = size == len(tokens) or (size < len(tokens) and _ends_text(tokens[size]))
    return ends and all(map(is_, kept, tokens))


def _ends_text(token: Token) -> bool:
    return token.type == "footnote_block_open" or "appended" in token.meta


def without_contents(tokens: Sequence[Token]) -> list[Token]:
    """The blocks without a table of contents: Jekyll reads an excerpt by itself, and no heading stands in it to be listed."""
    start = next((index for index, token in enumerate(tokens) if "contents" in token.meta), len(tokens))
    depth = end = 0
    for end in range(start, len(tokens)):
        depth += tokens[end].nesting
        if not depth:
            break
    return [*tokens[:start], *tokens[end + 1 :]] if start < len(tokens) else list(tokens)


def summarize(tokens: Sequence[Token], formula: Callable[[Token], str] = written) -> str:
    """The same in plain words, code and raw HTML's tags left out; `formula` has the words of a formula."""
    pieces = []
    for index, token in enumerate(tokens):
        if token.type == "inline":
            text = words(token.children or (), formula)
            in_head = index and tokens[index - 1].type == "statement_head_open"
            pieces.append(head_words(tokens[index - 1].meta["opening"], text) if in_head else text)
        elif token.type == "statement_repeat":
            pieces.append(summarize(token.meta["tokens"], formula))
        elif token.type == "math_block":
            pieces.append(formula(token))
        elif token.type == "html_block" and not token.content.startswith("<!--"):
            parts = token.children or [token]
            pieces.append(
                "".join(formula(it) if it.type == "math_inline" else _TAGS.sub(" ", it.content) for it in parts)
            )
    return " ".join(" ".join(pieces).split())


def _starts(token: Token) -> bool:
    """Whether a block of the top level begins with a token; the parts of an HTML element are one block."""
    return token.level == 0 and token.nesting >= 0 and "part" not in token.meta


def _cut_at(tokens: Sequence[Token], separator: str) -> list[Token]:
    """The blocks before the first one with the separator in its text or raw HTML, not in code.

    Of that block, too, what stands before the separator is kept if it is a paragraph of the top level.
    """
    start = 0
    for index, token in enumerate(tokens):
        if _starts(token):
            start = index
        if separator not in token.content or token.type not in ("inline", "html_block"):
            continue
        children = token.children or []
        places = [at for at, it in enumerate(children) if it.type in _WORDS and separator in it.content]
        if token.type == "inline" and not places:
            continue
        before, opening = list(tokens[:start]), tokens[start]
        end = next((at for at in places if children[at].level == 0), None)
        if end is None or index != start + 1 or opening.type != "paragraph_open":
            return before
        words_before = children[end].content.partition(separator)[0].rstrip()
        kept = [*children[:end], *([children[end].copy(content=words_before)] if words_before else [])]
        while kept and (kept[-1].type in ("softbreak", "hardbreak") or kept[-1].content.isspace()):
            kept.pop()
        closing = Token("paragraph_close", "p", -1, block=True)
        return [*before, opening, token.copy(children=kept), closing] if kept else before
    return list(tokens)
