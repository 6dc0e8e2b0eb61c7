r"""TeX that is left in the text of a page that is written in HTML: one warning a page, with the count.

In Markdown each place has its own reason (`unclosed.py`). What Liquid put there belongs to another text: a list of posts
shows what is warned of in the posts.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import Span
from mathblog.model.output import HTML_EXTENSIONS
from mathblog.pipeline.checks.checked_text import CheckedText
from mathblog.text.html_elements import SKIPPED_BY_MATHJAX

CODE = "math-leftover"
_STARTS = ("$$", "\\begin{", "\\(")
_PIECE = lazy_pattern(
    rf"<!--|<({'|'.join(sorted(SKIPPED_BY_MATHJAX))})\b|<[^<>]*>|(\$\$|\\begin\{{[A-Za-z]+\*?\}}|\\\()", re.IGNORECASE
)


def left_in_html(subject: CheckedText) -> Iterator[Diagnostic]:
    r"""`$$`, `\begin{`, `\(` in the text of an HTML page that begin no formula; not in code, comments, scripts."""
    text, meta = subject.text, subject.document.meta
    if subject.is_markdown or not any(start in text for start in _STARTS):
        return
    if not (meta.output_path or meta.ext).endswith(HTML_EXTENSIONS):
        return
    if subject.view.shown.took_out:  # texts of other documents as TeX, which was rendered there
        return
    formulas = sorted(subject.formulas)
    starts = [span.start for span in formulas]
    left = []
    for found in _starts_of_tex(text):
        index = bisect_right(starts, found.start())
        start, end = found.span()
        if any(
            formula.start <= start < formula.end  # it lies in a formula
            or not (text[end : formula.start] if end <= formula.start else text[formula.end : start]).strip()
            for formula in formulas[max(0, index - 1) : index + 1]
        ):
            continue
        if subject.segments.is_written(found.start()):
            left.append(found)
    if left:
        place = subject.segments.source_span(Span(*left[0].span()))
        more = f", and {len(left) - 1} more on this page" if len(left) > 1 else ""
        message = f"`{left[0][2]}` stays in the text as it is{more}"
        hint = "close the formula, or put what is no formula into `<code>`"
        yield at(subject.document.source, place, message, code=CODE, hint=hint)


def _starts_of_tex(text: str) -> Iterator[re.Match[str]]:
    """The places in the text of a page that could begin a formula. A comment that is never closed goes on to the end, as in browsers."""
    at = 0
    while (found := _PIECE.search(text, at)) is not None:
        at = found.end()
        if found[2]:
            yield found
        elif found[1] or found[0] == "<!--":
            closing = re.compile(rf"</{found[1]}\s*>" if found[1] else "-->", re.IGNORECASE).search(text, at)
            at = closing.end() if closing else len(text)
