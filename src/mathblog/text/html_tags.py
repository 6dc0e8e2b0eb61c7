"""The ends of tags, comments and the head of a page: the rules of HTML's tokenizer and of its optional tags."""

import re
from collections.abc import Callable

from mathblog.core.patterns import lazy_pattern

# a quoted value may hold `<` and `>`; a tag never goes on over another `<` outside of one, as a browser's would
TAG = r"""</?[A-Za-z](?:[^<>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|))*+>"""
_REST = r"""(?=[\s/>])(?:[^<>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|))*+>"""
_OF_HEAD = lazy_pattern(
    rf"\s+|<!--.*?--!?>|<[!?][^>]*>|<(title|script|style|noscript|template){_REST}.*?</\1\s*>"
    rf"|</?(?:html|base|basefont|bgsound|link|meta){_REST}|<head{_REST}",
    re.DOTALL | re.IGNORECASE,
)


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
