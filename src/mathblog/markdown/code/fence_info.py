"""The info string of a fence: the language, and how lines are numbered and marked."""

import re

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.code.highlight import Markup, parse_lines

_LANGUAGE = lazy_pattern(r"[^\s{?]+")
_WORD = lazy_pattern(r"[\w.:-]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s}]+))?")


def parse_info(info: str, *, line_numbers: bool) -> tuple[str, Markup]:
    """The language ('' for none) and the markup that ```` ```python {linenos hl_lines="2 4-6"} ```` asks for.

    `.lineno`, `.line-numbers`, `linenos` and `linenos=table` number the lines, `linenos=false` and `.nolineno` do not;
    `hl_lines`, `mark_lines` or a bare `{2,4-6}` mark lines.
    """
    found = _LANGUAGE.match(info)
    language = found[0] if found else ""
    marked: frozenset[int] = frozenset()
    rest = info[len(language) :].strip(" {}?")
    if re.fullmatch(r"[\d,\s-]+", rest):
        return language, Markup(line_numbers, parse_lines(rest))
    for word in _WORD.findall(rest):
        name, _, value = word.partition("=")
        value = value.strip("\"'")
        if name in ("hl_lines", "mark_lines"):
            marked = parse_lines(value)
        elif name.strip(".:") in ("linenos", "lineno", "line-numbers", "nolineno"):
            line_numbers = value != "false" and not name.strip(".:").startswith("no")
    return language, Markup(line_numbers, marked)
