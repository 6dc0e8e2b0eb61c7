"""The ends of tags, comments and the head of a page, and entities: the rules of HTML's tokenizer and of its optional tags."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import NamedTuple

from mathblog.core.patterns import lazy_pattern

# a quoted value may hold `<` and `>`; a tag never goes on over another `<` outside of one, as a browser's would
_INSIDE = r"""(?:[^<>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|))*+"""
TAG = rf"</?[A-Za-z]{_INSIDE}>"
# an attribute with a value, of a start tag: its name, the sign, and the value as it is written
ATTRIBUTE = lazy_pattern(r"""(?<=[\s"'/])([^\s"'<>/=]+)(\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>][^\s>]*)""")
LINE_BREAK = lazy_pattern(r"<w?br(?=[\s/>])[^<>]*>", re.IGNORECASE)
ENTITY = r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][\da-fA-F]{1,6});"
_ENTITY = lazy_pattern(ENTITY)
_OWN = lazy_pattern(r"</?[a-z]+-[a-z-]+(?=[\s>])(?![^<>]*/>)")
_FARTHEST = 2000
# a comment, or a start tag up to its end, without that where another `<` or the end of the text comes first
_OPENING = lazy_pattern(rf"<(?:!--|([A-Za-z][^\s/<>]*+){_INSIDE}(>?))")
_CLOSING = {  # what ends a comment, and texts in which nothing is a tag
    "": lazy_pattern(r"--!?>"),
    **{name: lazy_pattern(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in ("script", "style", "textarea", "title")},
}
_REST = rf"(?=[\s/>]){_INSIDE}>"
_OF_HEAD = lazy_pattern(
    rf"\s+|<!--.*?--!?>|<[!?][^>]*>|<(title|script|style|noscript|template){_REST}.*?</\1\s*>"
    rf"|</?(?:html|base|basefont|bgsound|link|meta){_REST}|<head{_REST}",
    re.DOTALL | re.IGNORECASE,
)


def in_own_element(html: str, place: int) -> bool:
    """Whether an element with a name of the site's own is open before a place: a script shows what it holds (`<d-math>`)."""
    tags = _OWN.findall(html, max(0, place - _FARTHEST), place)
    return bool(tags) and not tags[-1].startswith("</")


def without_entities(html: str) -> str:
    """The same text with the characters that entities stand for."""
    return _ENTITY.sub(lambda entity: unescape(entity[0]), html) if "&" in html else html


def padded(html: str) -> str:
    """The same with line breaks and entities as characters, each in its old place: NUL fills what it leaves."""
    text = LINE_BREAK.sub(lambda tag: "\n".ljust(len(tag[0]), "\0"), html)
    return _ENTITY.sub(lambda entity: unescape(entity[0]).ljust(len(entity[0]), "\0"), text)


class StartTag(NamedTuple):
    """A start tag: its name in small letters, and where it stands in its text."""

    name: str
    start: int
    end: int


def start_tags(html: str) -> Iterator[StartTag]:
    """The start tags of HTML, as a browser finds them: none in a comment, in the value of an attribute, or in a script."""
    at = 0
    while opening := _OPENING.search(html, at):
        name, at = (opening[1] or "").lower(), opening.end()
        if opening[2]:
            yield StartTag(name, *opening.span())
        elif name:
            continue
        if closing := _CLOSING.get(name):
            if not (end := closing.search(html, at - 2)):  # `<!-->` is a comment
                return
            at = end.end()


def end_of_comment(find: Callable[[str, int], int], start: int) -> tuple[int, int]:
    """Where the text of a comment ends that begins at `start`, and the comment: at `-->` or, as for browsers, `--!>`; -1 where neither stands."""
    ends = [(end, end + len(closer)) for closer in ("-->", "--!>") if (end := find(closer, start)) >= 0]
    return min(ends, default=(-1, -1))


def end_of_head(html: str, start: int = 0) -> int:
    """Where the head of a page ends that begins at `start`: before `</head>`, or before the first thing no head can hold.

    Both its tags may be left out (HTML, 13.1.2.4 "Optional tags"), as `compress_html` does. 0 for a text without a head.
    """
    while part := _OF_HEAD.match(html, start):
        start = part.end()
    return start
