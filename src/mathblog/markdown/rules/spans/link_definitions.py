"""Definitions of links, `[name]: address "title"`, by kramdown's rule (`parser/link.rb`, `parse_link_definition`).

All of the line up to a title is the address, so that `[//]: # words` hides words. A number before words is no definition
here, but an entry of a list of references, nor is any name before words with a formula, which would be lost, but for names such as `comment`. Attribute lists beside a definition are those of its links.
"""

import re
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.blocks.lines import end_block, first_char, indent
from mathblog.model.options import MarkdownOptions

_START = lazy_pattern(r"\[([^\n\]]+)\]:[ \t]*(?=\S)")
_TITLE = lazy_pattern(r"(?:^|[ \t]+)([\"'])(.+)\1[ \t]*$")
_TITLE_ALONE = lazy_pattern(r"([\"'])(.+)\1[ \t]*$")
_TITLE_INSIDE = lazy_pattern(r"[ \t][\"']")
_REFERENCE = lazy_pattern(r"\d+(?!\S)")
_ADDRESS = lazy_pattern(r"[#<(./]|[a-z][a-z+.-]*:|\S+\.\w|\S+/", re.IGNORECASE)
_FORMULA = lazy_pattern(r"\A[^\"']*\$(?![\d\s])[^$]+\$|\A[^\"']*\\\\\(")  # not that of a title, and no price
_HIDING = frozenset(
    ("comment", "comments", "draft", "fixme", "hidden", "todo")
)  # names for words that nobody shall see
_ENTITY = lazy_pattern(r"&(?:[A-Za-z][\w.-]*|#\d+|#x[0-9A-Fa-f]+);", re.ASCII)
_BLANKS = lazy_pattern(r"\s+")
_DEEPEST = 3


@dataclass(slots=True)
class LinkDefinition:
    """The address and title of a name; attribute lists are noted at `token`, which is not shown."""

    address: str
    title: str | None
    token: Token


def install(md: MarkdownIt, _options: MarkdownOptions) -> None:
    """Replace markdown-it's rule."""
    md.block.ruler.at("reference", _define)


def with_entities(text: str) -> str:
    """A text with its entities as characters."""
    return _ENTITY.sub(lambda entity: unescape(entity[0]), text) if "&" in text else text


def normalized(name: str) -> str:
    """A name as it is looked up."""
    return _BLANKS.sub(" ", name).lower()


def _define(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    at, line_end = first_char(state, start), state.eMarks[start]
    found = _START.match(state.src, at, line_end) if indent(state, start) <= _DEEPEST else None
    if found is None:
        return False
    address = state.src[found.end() : line_end].rstrip()
    if (
        " " in address
        and not _ADDRESS.match(address)
        and (_REFERENCE.match(found[1]) or (_FORMULA.search(address) and found[1].lower() not in _HIDING))
    ):
        if not silent:  # an entry of a list of references, a paragraph up to the next definition
            line, outer = start + 1, state.lineMax
            while line < end and not state.isEmpty(line) and not _START.match(state.src, first_char(state, line)):
                line += 1
            state.lineMax = line
            state.md.block.ruler.getRules("")[-1](state, start, line, False)  # noqa: FBT003 - markdown-it wants it so
            state.lineMax = outer
        return not silent
    title, last = _TITLE.search(address), start
    if title:
        address = address[: title.start()]
    elif start + 1 < end and not state.isEmpty(start + 1):
        title = _TITLE_ALONE.match(state.src[first_char(state, start + 1) : state.eMarks[start + 1]])
        last += title is not None
    if address.startswith("<") and address.find(">") == len(address) - 1:
        address = address[1:-1]
    elif not address or _TITLE_INSIDE.search(address):
        return False
    if not silent:
        end_block(state)
        token = state.tokens[-1]
        token.map = [start, last + 1]
        definition = LinkDefinition(with_entities(address), with_entities(title[2]) if title else None, token)
        state.env.setdefault("references", {})[normalized(found[1])] = definition
        token.meta["definition"] = definition
        state.line = last + 1
    return True
