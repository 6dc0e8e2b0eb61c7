"""Where a tag ends, and where the head of a page ends: the rules of HTML's tokenizer and of its optional tags."""

import re

# a quoted value may hold `<` and `>`; a tag never goes on over another `<` outside of one, as a browser's would
TAG = r"""</?[A-Za-z](?:[^<>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|))*+>"""
_REST = r"""(?=[\s/>])(?:[^<>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|))*+>"""
_OF_HEAD = re.compile(
    rf"\s+|<!--.*?-->|<[!?][^>]*>|<(title|script|style|noscript|template){_REST}.*?</\1\s*>"
    rf"|</?(?:html|base|basefont|bgsound|link|meta){_REST}|<head{_REST}",
    re.DOTALL | re.IGNORECASE,
)


def end_of_head(html: str, start: int = 0) -> int:
    """Where the head of a page ends that begins at `start`: before `</head>`, or before the first thing no head can hold.

    Both its tags may be left out (HTML, 13.1.2.4 "Optional tags"), as `compress_html` does. 0 for a text without a head.
    """
    while part := _OF_HEAD.match(html, start):
        start = part.end()
    return start
