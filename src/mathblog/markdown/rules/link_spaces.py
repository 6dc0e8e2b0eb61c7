"""What kramdown takes in a link or an image and CommonMark does not: `![x](a b.png)`, `[x](u "a "b" c")`."""

import re
from types import SimpleNamespace
from typing import Any, NamedTuple

from markdown_it import MarkdownIt, helpers
from markdown_it.common.utils import unescapeAll

from mathblog.model.options import MarkdownOptions

_REST = re.compile(r"[ \t]+[^\s()\"'<>][^\n()<>\"']*?(?<![ \t])(?=[ \t]*\)|[ \t]+[\"'])")
_REST_OF_LINE = re.compile(r"[ \t]+[^\s\"'(<][^\n\"'()<>]*?(?<![ \t])(?=[ \t]*$|[ \t]+[\"'(])", re.MULTILINE)
_ADDRESS = re.compile(r"(?:https?:/|\.{0,2})/")
_FAR = 16  # blanks looked at before a destination
_LONGEST_TITLE = 500
_AFTER_TITLE = re.compile(r"\s*\)")
_END_OF_TITLE = {'"': re.compile(r"\"\s*\)"), "'": re.compile(r"'\s*\)")}


def install(md: MarkdownIt, _options: MarkdownOptions) -> None:
    """Replace the parsers of link destinations and titles."""
    md.helpers = SimpleNamespace(  # type: ignore[assignment] # markdown-it reads three functions of it
        parseLinkDestination=parse_destination,
        parseLinkLabel=helpers.parseLinkLabel,
        parseLinkTitle=parse_title,
    )


class Destination(NamedTuple):
    """What markdown-it's link rules read of a destination."""

    ok: bool
    pos: int
    str: str


def parse_destination(text: str, start: int, limit: int) -> Destination:
    """CommonMark's destination, and the words after it up to a title or the closing parenthesis."""
    found = helpers.parseLinkDestination(text, start, limit)
    before = text[max(0, start - _FAR) : start].rstrip()
    rest = None
    if found.ok and text[start] != "<":
        if before.endswith("("):
            rest = _REST.match(text, found.pos, limit)
        elif before.endswith("]:") and _ADDRESS.match(text, start):  # `[1]: A sentence` stays one
            rest = _REST_OF_LINE.match(text, found.pos, limit)
    if rest is None:
        return Destination(found.ok, found.pos, found.str)
    return Destination(ok=True, pos=rest.end(), str=unescapeAll(text[start : rest.end()]))


def parse_title(text: str, start: int, limit: int, before: Any = None) -> Any:
    """CommonMark's title; where no parenthesis follows it, all up to the quote before one."""
    found = helpers.parseLinkTitle(text, start, limit, before)
    closing = _END_OF_TITLE.get(text[start : start + 1])
    if before is None and found.ok and closing and not _AFTER_TITLE.match(text, found.pos, limit):
        end = closing.search(text, found.pos, min(limit, start + _LONGEST_TITLE))
        if end:
            found.str, found.pos = unescapeAll(text[start + 1 : end.start()]), end.start() + 1
    return found
