"""Beginning and end of a fenced block of code, asked at the first of its backticks or tildes.

A search for a pattern that begins with `^` tries every character; one for a fixed character skips to the next.
"""

import re
from functools import lru_cache

from mathblog.core.patterns import lazy_pattern
from mathblog.model.options import MarkdownOptions

# tildes alone or in a text, as some draw and smile; or what closed some other code, with a blank line below
_STRAY = lazy_pattern(r"~{3,}(?:[ \t]*$|[^~\n]*~)|`{3,}[ \t]*(?:\Z|\n[ \t>]*(?:\n|\Z))", re.MULTILINE)
FENCE_MARK = lazy_pattern(r"`{3,}(?=[^`\n]*$)|~{3,}", re.MULTILINE)


def fence_at(text: str, at: int, lead: re.Pattern[str], read: int) -> str:
    """The mark of the fence that opens at the first backtick or tilde of a row, '' for none.

    `lead` is what may stand before it on its line; a line that begins before `read` has something else there.
    """
    mark = FENCE_MARK.match(text, at)
    if mark is None:
        return ""
    line_end = text.rfind("\n", max(0, read - 1), at)
    if (line_end < 0 < read) or not lead.fullmatch(text, line_end + 1, at):
        return ""
    return mark[0]


def is_text_unclosed(text: str, at: int, options: MarkdownOptions) -> bool:
    """Whether a fence that no line closes is text, as in kramdown: nobody who writes code begins it like this."""
    return options.kramdown and _STRAY.match(text, at) is not None


def is_maths_fence(info: str) -> bool:
    """Whether the first word after the mark of a fence is `math`: its content is a formula, as on GitHub."""
    return info.lstrip()[:4].lower() == "math" and not info.lstrip()[4:5].strip(" \t\n{?")


@lru_cache(maxsize=32)
def closing_fence(mark: str) -> re.Pattern[str]:
    """The line that closes a fence, with the line end before it: as many of the same characters, or more."""
    return re.compile(rf"\n[ \t>]*{mark[0]}{{{len(mark)},}}[ \t]*$", re.MULTILINE)
