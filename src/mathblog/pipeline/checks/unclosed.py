r"""Starts of formulas that are none: never closed, closed by another name, an environment of text, `\(…\)`; TeX outside of formulas."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import islice

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import Span
from mathblog.model.statements.kinds import StatementOptions
from mathblog.pipeline.checks.checked_text import CheckedText
from mathblog.text.dollars import escaped_end
from mathblog.text.html_tags import in_own_element
from mathblog.text.regions import regions
from mathblog.text.signs import bracket_length, is_escaped
from mathblog.text.tex.environments import ENVIRONMENTS

# a formula that goes on in a line which begins a list item, a heading or a quote
_TORN = r"\$(?=([^$\n]{1,200})\n[ \t>]*(?:[-+*]|\d{1,9}[.)]|#{1,6}|>)[ \t][^$\n]*\$)"
# a letter or a bracket, and TeX before the next dollar: `$f: X \to Y and`, no `$PATH\bin`
_BEGUN = r"(?![A-Z_]{2}|\w{2,}\\)[a-zA-Z(\[|][^$\n\\`]{0,80}+(?<!\w\w)\\[a-z]{2,15}(?![\\a-zA-Z])"
# a variable before a blank or a letter of CJK, where other formulas stand between dollars; `in $M` is an amount
_LETTER = r"\$(?=(?![MB])[a-zA-Z][ \t\u3040-\u9fff\uac00-\ud7af])"
# TeX that no prose has: what a chat leaves of `\(` and `\[`, and what was never between dollars
_BARE = (
    r"\\(?<![\\\w:/.]\\)(?:(?:[dtc]?frac|sqrt|mathbb|mathcal|mathbf|mathrm|mathfrak|boldsymbol|operatorname|overline)(?=\{)"
    r"|(?:sum|int|prod|lim)(?=_)"
    r"|(?<=[(\[ ]\\)(?:alpha|beta|gamma|delta|epsilon|theta|lambda|mu|sigma|phi|omega|nabla|partial)(?=[ _^)\]][ ]?[-+=\\)\]{]))"
)
_OPENING = lazy_pattern(
    rf"\$\$|\$(?=\\[a-zA-Z]|[a-zA-Z][_^](?:[{{\\]|\w\b)|{_BEGUN})|{_TORN}|(?P<letter>{_LETTER})|\\\\?\\?[(\[]"
    rf"|\\begin\{{[A-Za-z]+\*?\}}|(?P<bare>{_BARE})"
)
_TWO_BEHIND = lazy_pattern(r"[ \t\n]?\$\$(?!\$)")
_IS_TORN = lazy_pattern(_TORN)
_IS_MATHS = lazy_pattern(r"\\[a-zA-Z]|\w[_^]|[=+*/<>(,&-][ \t]*\Z")
_SINGLE = lazy_pattern(r"\\(?:\(((?:(?!\n[ \t]*\n)[^$]){0,500}?)\\\)|\[((?:(?!\n[ \t]*\n)[^$]){0,500}?)\\\])")
_TEX = {
    "(": lazy_pattern(r"\\[a-zA-Z]|[\w}]\s*[_^]|[=<>+]"),
    "[": lazy_pattern(r"\\[a-zA-Z]|\A[ \t]*\n|\s[=<>]\s|[\w)}]\^"),
}
_NEXT = lazy_pattern(r"\\(begin|end)\{([A-Za-z]+\*?)\}")
_RAW = frozenset({"code_block", "fence", "html_block"})
_FARTHEST, _DEEPEST = 5000, 20  # where the end of an environment is looked for, for the message
_ALIKE = 0.8  # of the name of an environment and that of a kind of statements
_INDENT = 200  # of a formula behind what opens it
_CLOSERS = {"(": "\\\\)", "[": "\\\\]"}


def unclosed_maths(subject: CheckedText) -> Iterator[Diagnostic]:
    """A warning for each such place of a Markdown text outside of code; where one is, TeX behind it is no news."""
    text, source = subject.parsed.text, subject.document.source
    if not subject.is_markdown or ("$" not in text and "\\" not in text):
        return
    formulas = sorted(subject.formulas)
    for span in _closers(text, formulas):
        message, hint = "`$$` closes a formula that `$` opens", "write one dollar, or two on both sides"
        yield at(source, subject.segments.source_span(span), message, code="math-leftover", hint=hint)
    told = -1
    for opening in _openings(subject, formulas):
        found = _judge(text, opening, with_statements=subject.options.markdown.statements is not None)
        if found is None or (opening["bare"] and opening.start() < told) or in_own_element(text, opening.start()):
            continue
        message, hint, end = found
        place = subject.segments.source_span(Span(opening.start(), end))
        if source.text.startswith(opening[0], place.start):  # else Liquid wrote it, of a text with its own warnings
            yield at(source, place, message, code="math-leftover", hint=hint)
        paragraph = text.find("\n\n", end)
        told = paragraph if paragraph >= 0 else len(text)


def _openings(subject: CheckedText, formulas: Sequence[Span]) -> Iterator[re.Match[str]]:
    """Yield all that could open a formula, and stands neither in one nor in code, HTML, a statement's line or a list of attributes."""
    parsed, text = subject.parsed, subject.parsed.text
    left = list(_outside(text, formulas))
    if not left:
        return
    has_dollars = any(it["letter"] for it in left) and any(_is_by_one_dollar(text, span) for span in formulas)
    # in code and HTML a bracket with a backslash is a formula, or is not meant
    lines = (*subject.line_starts, len(text))
    blocks = [token.map for token in parsed.tokens if token.type in _RAW and token.map]
    raw = [Span(lines[min(first, len(lines) - 1)], lines[min(last, len(lines) - 1)]) for first, last in blocks]
    taken = sorted(Span(region.start, region.end) for region in regions(text, parsed.options))
    starts = [span.start for span in taken]
    # lines that begin a statement, and environments that have a warning of their own (`checks/statements.py`)
    statements = {token.meta["start"] for token in parsed.tokens if token.type == "statement_open"}
    statements |= {start for start, *_ in parsed.env.get("statement_problems", ())}  # type: ignore[attr-defined] # as `note` keeps them
    for opening in left:
        block = bisect_right(raw, opening.start(), key=lambda span: span.start) - 1
        if block >= 0 and opening.start() < raw[block].end:
            continue
        index = bisect_right(starts, opening.start()) - 1
        line_start = text.rfind("\n", 0, opening.start()) + 1
        if opening[0] == "$" and not (has_dollars if opening["letter"] else parsed.options.single_dollar):
            continue
        if opening[0].startswith("\\begin") and not {line_start, opening.start()}.isdisjoint(statements):
            continue
        in_region = any(opening.start() < span.end for span in taken[max(0, index - 1) : index + 1])
        # the formula begins here, and a quote in its second line tears it apart
        begins = index >= 0 and taken[index].start == opening.start()
        if (in_region and not (begins and _IS_TORN.match(text, opening.start()))) or text.startswith("{:", line_start):
            continue
        yield opening


def _outside(text: str, formulas: Sequence[Span]) -> Iterator[re.Match[str]]:
    """Yield all that could open a formula, without the delimiters and the content of those that are known."""
    known = iter(formulas)
    last, following = Span(-1, -1), next(known, None)
    for opening in _OPENING.finditer(text):
        start, end = opening.span()
        while following is not None and following.end <= start:
            last, following = following, next(known, None)
        if following is not None and (following.start <= start or not text[end : following.start].strip()):
            continue
        if last.end < 0 or text[last.end : start].strip() or opening[0][0] != "$":
            yield opening


def _closers(text: str, formulas: Sequence[Span]) -> Iterator[Span]:
    """The two dollars that close a formula which one dollar opens, and that open no other."""
    for index, formula in enumerate(formulas):
        found = _TWO_BEHIND.match(text, formula.end)
        following = formulas[index + 1].start if found and index + 1 < len(formulas) else len(text)
        if (
            found
            and _is_by_one_dollar(text, formula)
            and (following == len(text) or text[found.end() : following].strip())
        ):
            yield Span(found.end() - 2, found.end())


def _is_by_one_dollar(text: str, formula: Span) -> bool:
    before = text[max(0, formula.start - _INDENT) : formula.start].rstrip(" \t\n>")
    return before.endswith("$") and not before.endswith(("$$", "\\$"))


def _judge(text: str, opening: re.Match[str], *, with_statements: bool) -> tuple[str, str, int] | None:
    """Return the problem of an opening, the next step, and where it ends; None where it is no start of a formula."""
    start, written = opening.start(), opening[0]
    if written == "$$":
        is_text = is_escaped(text, start) or text.startswith("$", start + 2) or text.startswith("\\$", start - 2)
        escaped = text.rfind("\\$$", max(0, start - _FARTHEST), start)
        if escaped >= 0 and escaped_end(text, escaped, start + 2) == start + 2:
            message = "`\\$$…$$` beside other text is text: readers see the dollars"
            return message, "write `$$…$$` for a formula, `\\$\\$` for two dollars", start + 2
        hint = "close it with `$$`, or write `\\$\\$` for two dollars"
        return None if is_text else ("`$$` opens a formula that is never closed", hint, start + 2)
    if written == "$":
        torn = _IS_TORN.match(text, start)
        if torn and not _IS_MATHS.search(torn[1]):
            return None
        hint = "close it with `$` before the next blank line, or write `\\$` for a dollar"
        before = text[max(0, start - 1) : start]
        is_text = is_escaped(text, start) or before == "$" or (before.isascii() and before.isalnum())
        problem = "opens a formula that is never closed"
        if torn:
            problem = "opens a formula that the next line tears apart: it begins a list item, a heading or a quote"
            hint = "put the sign at the end of the line before, or the formula in one line"
        return None if is_text else (f"`$` {problem}", hint, opening.end())
    if opening["bare"]:
        hint = "write formulas between `$` or `$$`, code between backticks"
        return f"`{written}` stands outside of formulas: readers see the TeX", hint, opening.end()
    if written.startswith("\\begin"):
        return None if is_escaped(text, start) else _environment(text, opening, with_statements=with_statements)
    if bracket_length(text, start, written[-1]):
        closer = _CLOSERS[written[-1]]
        hint = f"add `{closer}` before the next blank line"
        return (f"`{written}` opens a formula that is never closed", hint, opening.end())
    single = _SINGLE.match(text, start) if len(written) == 2 and not is_escaped(text, start) else None  # noqa: PLR2004
    if single is None or not _TEX[written[1]].search(single[1] or single[2] or ""):
        return None
    pair = f"\\\\{written[1]} … {_CLOSERS[written[1]]}"
    hint = f"write `{pair}` with two backslashes, or dollars"
    return (
        f"`{written}` is a bracket in Markdown: kramdown takes the backslash, and this is no formula",
        hint,
        single.end(),
    )


def _environment(text: str, opening: re.Match[str], *, with_statements: bool) -> tuple[str, str, int] | None:
    name = opening[0][7:-1]
    if name == "subequations":  # numbering reports it
        return None
    word = name.rstrip("*")
    declared = word == "restatable" or f"\\newtheorem{{{word}}}" in text or f"\\newtheorem*{{{word}}}" in text
    if name not in ENVIRONMENTS and (StatementOptions().find(word) or (declared and not with_statements)):
        hint = (
            "begin it on a line of its own"
            if with_statements
            else "write `theorems: true` into `_config.yml` to have theorems"
        )
        return f"`{name}` outside of dollars stays in the text as it is", hint, opening.end()
    if name not in ENVIRONMENTS:
        from mathblog.math.explain import INSTEAD

        near = get_close_matches(word, StatementOptions().words, 1, _ALIKE) if with_statements else []
        instead = INSTEAD.get(name) or "maths stands between `$$`, headings and text are written in Markdown"
        hint = f"did you mean `{near[0]}`?" if near else instead
        return f"`{name}` outside of dollars is no formula: it stays in the text as it is", hint, opening.end()
    following = islice(_NEXT.finditer(text, opening.end(), opening.end() + _FARTHEST), _DEEPEST)
    closing = next((found for found in following if found[1] == "end" or found[2] == name), None)
    if closing and closing[1] == "end" and closing[2].rstrip("*") == name.rstrip("*") and closing[2] != name:
        message = f"`{opening[0]}` is closed by `{closing[0]}`"
        return message, "give both the same name", opening.end()
    return f"`{opening[0]}` is never closed", f"add `\\end{{{name}}}`", opening.end()
