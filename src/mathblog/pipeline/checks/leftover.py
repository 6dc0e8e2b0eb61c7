r"""TeX that is left in HTML: of a page that is written in it, and of the elements in a Markdown text that are raw.

A tag that tears a formula apart is a warning at its place, all else one warning a text, with the count. In Markdown itself
each place has its own reason (`unclosed.py`). What Liquid put there belongs to another text: a list of posts shows what is
warned of in the posts.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import Span
from mathblog.model.output import HTML_EXTENSIONS
from mathblog.pipeline.checks.checked_text import CheckedText
from mathblog.text.html_elements import SKIPPED_BY_MATHJAX
from mathblog.text.html_tags import TAG, in_own_element

CODE = "math-leftover"
_STARTS = ("$$", "\\begin{", "\\(", "$")
# one dollar counts where letters touch both sides of a tag, or TeX stands before it: `$a<b>c$`, `$x_1<b$`; not `$5<b>or $6`
_BEFORE, _BEHIND = r"[^$<>\n]{0,80}(?:\w|(?:\\[a-zA-Z]|\w[_^])[^$<>\n]{0,80})", r"\w[^$<>\n]{0,80}"
_TORN_LINE = rf"(?<!\w)\$(?![\d.,]+<)(?={_BEFORE}<(?!w?br>)[A-Za-z][A-Za-z0-9]*>{_BEHIND}\$)"
_PIECE = lazy_pattern(
    rf"<!--|<({'|'.join(sorted(SKIPPED_BY_MATHJAX))})\b|{TAG}|<[^<>]*>|(\$\$|\\begin\{{[A-Za-z]+\*?\}}|\\\(|{_TORN_LINE})",
    re.IGNORECASE,
)
_TAG = lazy_pattern(r"</?(?!w?br\b)[A-Za-z][^<>]*>", re.IGNORECASE)
_CLOSERS = {"$$": "$$", "\\(": "\\)", "$": "$"}
_FARTHEST = 1000


def left_in_html(subject: CheckedText) -> Iterator[Diagnostic]:
    r"""`$$`, `\begin{`, `\(` in the text of HTML that begin no formula; not in code, comments, scripts."""
    if not any(start in subject.parsed.text for start in _STARTS):
        return
    left, formulas = [], sorted(subject.formulas)
    for start, end in _stretches(subject):
        for found, tag in _left(subject, formulas, start, end):
            if tag is None:
                left.append(found)
                continue
            place = subject.segments.source_span(Span(*tag.span()))
            message = f"`{tag[0]}` in this formula is a tag of HTML: readers see the TeX"
            hint = "no formula holds a tag; write `&lt;` for the sign `<`"
            yield at(subject.document.source, place, message, code=CODE, hint=hint)
    if left:
        place = subject.segments.source_span(Span(*left[0].span()))
        where = "in this text" if subject.is_markdown else "on this page"
        more = f", and {len(left) - 1} more {where}" if len(left) > 1 else ""
        message = f"`{left[0][2]}` stays in the text as it is{more}"
        hint = "close the formula, or put what is no formula into `<code>`"
        yield at(subject.document.source, place, message, code=CODE, hint=hint)


def _stretches(subject: CheckedText) -> Iterator[tuple[int, int]]:
    """The parts of a document that are HTML."""
    text, meta = subject.parsed.text, subject.document.meta
    if subject.is_markdown:
        tokens = [token for token in subject.parsed.tokens if token.type == "html_block"]
        blocks = [token.map for token in tokens if token.map and any(sign in token.content for sign in "$\\")]
        lines = subject.line_starts if blocks else ()
        for first, last in blocks:
            yield lines[min(first, len(lines) - 1)], lines[last] if last < len(lines) else len(text)
    # texts of other documents stand there as TeX, which was rendered there
    elif (meta.output_path or meta.ext).endswith(HTML_EXTENSIONS) and not subject.view.shown.took_out:
        yield 0, len(text)


def _left(
    subject: CheckedText, formulas: Sequence[Span], first: int, last: int
) -> Iterator[tuple[re.Match[str], re.Match[str] | None]]:
    """The places between two of a text that could begin a formula, and begin none; each with the tag that tears it apart."""
    text, after = subject.parsed.text, first
    for found in _starts_of_tex(text, first, last):
        start, end = found.span()
        index = bisect_right(formulas, start, key=lambda span: span.start)
        if (
            start < after
            or any(
                formula.start <= start < formula.end  # it lies in a formula
                or not (text[end : formula.start] if end <= formula.start else text[formula.end : start]).strip()
                for formula in formulas[max(0, index - 1) : index + 1]
            )
        ):
            continue
        if subject.segments.is_written(start) and not in_own_element(text, start):
            tag, after = _tag_within(text, found, last)
            yield found, tag


def _starts_of_tex(text: str, at: int, last: int) -> Iterator[re.Match[str]]:
    """The places in the text of HTML that could begin a formula. A comment that is never closed goes on to the end, as in browsers."""
    while (found := _PIECE.search(text, at, last)) is not None:
        at = found.end()
        if found[2]:
            yield found
        elif found[1] or found[0] == "<!--":
            closing = re.compile(rf"</{found[1]}\s*>" if found[1] else "-->", re.IGNORECASE).search(text, at, last)
            at = closing.end() if closing else last


def _tag_within(text: str, opening: re.Match[str], last: int) -> tuple[re.Match[str] | None, int]:
    """The first tag between a start of TeX and what would close it, and where that ends."""
    start, closer = opening.end(), _CLOSERS.get(opening[0], opening[0].replace("begin", "end", 1))
    end = text.find(closer, start, min(last, start + _FARTHEST))
    tag = _TAG.search(text, start, end) if end >= 0 else None
    return tag, end + len(closer) if tag else start
