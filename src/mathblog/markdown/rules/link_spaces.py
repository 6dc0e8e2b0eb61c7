"""Blanks in the address of a link or an image: `![x](a b.png)`, which kramdown takes and CommonMark does not."""

import re
from types import SimpleNamespace
from typing import NamedTuple

from markdown_it import MarkdownIt, helpers
from markdown_it.common.utils import unescapeAll

from mathblog.model.options import MarkdownOptions

_REST = re.compile(r"[ \t]+[^\s()\"'<>][^\n()<>\"']*?(?=[ \t]*\)|[ \t]+[\"'])")
_FAR = 16  # blanks looked at before a destination


def install(md: MarkdownIt, _options: MarkdownOptions) -> None:
    """Replace the parser of link destinations."""
    md.helpers = SimpleNamespace(  # type: ignore[assignment] # markdown-it reads three functions of it
        parseLinkDestination=parse_destination,
        parseLinkLabel=helpers.parseLinkLabel,
        parseLinkTitle=helpers.parseLinkTitle,
    )


class Destination(NamedTuple):
    """What markdown-it's link rules read of a destination."""

    ok: bool
    pos: int
    str: str


def parse_destination(text: str, start: int, limit: int) -> Destination:
    """CommonMark's destination, and the words after it up to a title or the closing parenthesis."""
    found = helpers.parseLinkDestination(text, start, limit)
    in_parentheses = text[max(0, start - _FAR) : start].rstrip()[-1:] == "("  # a definition `[x]: a b` is no such place
    rest = _REST.match(text, found.pos, limit) if found.ok and in_parentheses and text[start] != "<" else None
    if rest is None:
        return Destination(found.ok, found.pos, found.str)
    return Destination(ok=True, pos=rest.end(), str=unescapeAll(text[start : rest.end()]))
