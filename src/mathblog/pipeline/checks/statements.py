r"""Statements and references that do not do what they say.

Some are never closed, stand in one another, or repeat what is not there (noted by `markdown/rules/statements/`). Others are written as
MyST and bookdown have them, and stay in the text: `{eq}` and its name, `\@ref(eq:x)`, directives. So do LaTeX's headings.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import Span
from mathblog.model.statements.kinds import StatementOptions
from mathblog.pipeline.checks.checked_text import CheckedText
from mathblog.text.regions import regions
from mathblog.text.tex.references import COMMANDS

_ROLES = {
    "eq": "\\eqref{%s}", "ref": "\\cref{%s}", "numref": "\\cref{%s}", "prf:ref": "\\cref{%s}", "math:numref": "\\eqref{%s}", "math": "$%s$",
    "cite": "[@%s]", "cite:p": "[@%s]", "cite:t": "@%s", "cite:alp": "\\citealp{%s}", "citep": "[@%s]", "citet": "@%s",
}  # fmt: skip
"""What MyST's roles are here."""
_KNOWN = frozenset((*COMMANDS.split("|"), "crefrange", "Crefrange"))
_HERE = "write the name of a label into the braces"
_TOLD = Callable[[re.Match[str], StatementOptions | None], tuple[str, str] | None]


def faulty_statements(subject: CheckedText) -> Iterator[Diagnostic]:
    """A warning for each."""
    problems = subject.parsed.env.get("statement_problems", ())
    for start, end, message, hint in dict.fromkeys(problems):  # type: ignore[call-overload] # as `note` keeps them
        place = subject.segments.source_span(Span(start, end))
        yield at(subject.document.source, place, message, code="statement", hint=hint)


def foreign_references(subject: CheckedText) -> Iterator[Diagnostic]:
    """A warning for each outside of code and formulas, with what is written for it here."""
    text, source = subject.parsed.text, subject.document.source
    kinds = subject.options.markdown.statements
    found = [
        (match, *told, code)
        for signs, pattern, code, judge in _FOREIGN
        if subject.is_markdown and any(sign in text for sign in signs)
        for match in pattern.finditer(text)
        if (told := judge(match, kinds))
    ]
    if not found:
        return
    taken = [(region.start, region.end) for region in regions(text, subject.parsed.options)]
    blocks = (token.map for token in subject.parsed.tokens if token.type == "code_block" and token.map)
    indented = {line for first, last in blocks for line in range(first, last)}
    lines = subject.line_starts if indented else ()
    for match, message, hint, code in found:
        start, end = match.span("it")
        index = bisect_right(taken, (start, start)) - 1
        in_code = (index >= 0 and taken[index][0] < start < taken[index][1]) or bisect_right(
            lines, start
        ) - 1 in indented
        if in_code or not subject.segments.is_written(start):  # Liquid wrote it, of a text with its own warnings
            continue
        yield at(source, subject.segments.source_span(Span(start, end)), message, code=code, hint=hint)


def _role(found: re.Match[str], _kinds: StatementOptions | None) -> tuple[str, str]:
    written = _ROLES[found["role"]] % found["name"]
    return f"`{{{found['role']}}}` is a role of MyST, and stays in the text", f"write `{written}`"


def _of_bookdown(found: re.Match[str], _kinds: StatementOptions | None) -> tuple[str, str]:
    command = "eqref" if found["name"].startswith("eq:") else "cref"
    return f"`{found[0]}` is bookdown's, and stays in the text", f"write `\\{command}{{{found['name']}}}`"


def _command(found: re.Match[str], _kinds: StatementOptions | None) -> tuple[str, str] | None:
    """One that nobody reads, or that names nothing."""
    command, label = found["command"], found["label"].strip(" ,")
    if found.string.startswith("\\\\", found.start() - 1):  # a backslash that is text
        return None
    if command in _KNOWN:
        return None if label else (f"`{found[0]}` names nothing", _HERE)
    return f"`\\{command}` is no command for references, and stays in the text", f"write `\\cref{{{label or '…'}}}`"


def _heading(found: re.Match[str], _kinds: StatementOptions | None) -> tuple[str, str]:
    marks = "#" * (2 + found["part"].count("sub"))
    return f"`\\{found['part']}` is no heading here, and stays in the text", f"write `{marks} {found['words']}`"


def _directive(found: re.Match[str], kinds: StatementOptions | None) -> tuple[str, str] | None:
    """One of MyST or bookdown, which is a fence of code."""
    name = found["directive"].removeprefix("prf:")
    if name == "math":
        hint = "write `$$ … $$`, with `\\label{…}` among the TeX"
        return "`{math}` is a directive of MyST, and is no formula here", hint
    if found["it"][0] == ":" or not (kinds or StatementOptions()).find(name):
        return None
    hint = (
        f"write `::: {name}` … `:::`" if kinds else "write `theorems: true` into `_config.yml`, and `:::` for the fence"
    )
    return f"`{{{found['directive']}}}` is a directive, and its text is shown as code", hint


_FOREIGN: Sequence[tuple[Sequence[str], re.Pattern[str], str, _TOLD]] = (
    (
        ("}`",),
        lazy_pattern(rf"(?P<it>\{{(?P<role>{'|'.join(map(re.escape, _ROLES))})\}}`(?P<name>[^`\n]{{1,200}})`)"),
        "label-unknown",
        _role,
    ),
    (
        ("\\@ref(",),
        lazy_pattern(r"(?P<it>\\@ref\((?P<name>[^()\s]{1,200})\))"),
        "label-unknown",
        _of_bookdown,
    ),
    (
        ("ref{", "ref*{", "refs{", "ref {"),
        lazy_pattern(
            r"(?P<it>\\(?P<command>(?!href\b|hyperref\b)[A-Za-z]{0,30}[rR]ef(?:s|eq|range)?)(?![A-Za-z])\*?[ ]?\{(?P<label>[^{}\n]{0,200})\})"
        ),
        "label-unknown",
        _command,
    ),
    (
        ("section{", "section*{", "\\chapter"),
        lazy_pattern(
            r"^ {0,3}(?P<it>\\(?P<part>(?:sub){0,2}section|chapter)\*?\{(?P<words>[^{}\n]{1,200})\})", re.MULTILINE
        ),
        "math-leftover",
        _heading,
    ),
    (
        ("```{", "``` {", "~~~{", "~~~ {", ":::{math}", "::: {math}"),
        lazy_pattern(
            r"^[ \t>]*(?P<it>(?:`{3,}|~{3,}|:{3,})[ \t]*\{(?P<directive>(?:prf:)?[a-z]+)(?=[},\s])[^\n]*)$",
            re.MULTILINE,
        ),
        "label-unknown",
        _directive,
    ),
)
"""What stands in a text with one of them, its pattern, the rule that warns of it, and what judges it."""
