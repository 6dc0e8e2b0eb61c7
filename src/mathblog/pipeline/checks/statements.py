r"""Statements and references that do not do what they say.

Some are never closed, stand in one another, or repeat what is not there (noted by `markdown/rules/statements/`). Others are written as
MyST and bookdown have them, and stay in the text: `{eq}` and its name, `\@ref(eq:x)`, directives. So do LaTeX's headings.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import Span
from mathblog.model.statements.kinds import StatementOptions
from mathblog.pipeline.checks.checked_text import CheckedText
from mathblog.text.regions import regions

_ROLES = {
    "eq": "\\eqref{%s}", "ref": "\\cref{%s}", "numref": "\\cref{%s}", "prf:ref": "\\cref{%s}", "math:numref": "\\eqref{%s}", "math": "$%s$",
    "cite": "[@%s]", "cite:p": "[@%s]", "cite:t": "@%s", "cite:alp": "\\citealp{%s}", "citep": "[@%s]", "citet": "@%s",
}  # fmt: skip
"""What MyST's roles are here."""
_FOREIGN = lazy_pattern(
    rf"\{{(?P<role>{'|'.join(map(re.escape, _ROLES))})\}}`(?P<name>[^`\n]{{1,200}})`"
    r"|\\@ref\((?P<book>[^()\s]{1,200})\)"
    r"|^ {0,3}\\(?P<part>(?:sub){0,2}section|chapter)\*?\{(?P<words>[^{}\n]{1,200})\}"
    r"|^[ \t>]*(?P<fence>`{3,}|~{3,}|:{3,})[ \t]*\{(?P<directive>(?:prf:)?[a-z]+)(?=[},\s])[^\n]*$",
    re.MULTILINE,
)
_SIGNS = ("section{", "section*{", "\\chapter", "}`", "\\@ref(", "```{", "``` {", "~~~{", ":::{math}")


def faulty_statements(subject: CheckedText) -> Iterator[Diagnostic]:
    """A warning for each."""
    problems = subject.parsed.env.get("statement_problems", ())
    for start, end, message, hint in dict.fromkeys(problems):  # type: ignore[call-overload] # as `note` keeps them
        place = subject.segments.source_span(Span(start, end))
        yield at(subject.document.source, place, message, code="statement", hint=hint)


def foreign_references(subject: CheckedText) -> Iterator[Diagnostic]:
    """A warning for each outside of code, with what is written for it here."""
    text, source = subject.parsed.text, subject.document.source
    if not subject.is_markdown or not any(sign in text for sign in _SIGNS):
        return
    taken = [(region.start, region.end) for region in regions(text, subject.parsed.options)]
    kinds = subject.options.markdown.statements
    indented = [range(*token.map) for token in subject.parsed.tokens if token.type == "code_block" and token.map]
    for found in _FOREIGN.finditer(text):
        start = found.start("fence") if found["fence"] else found.start()
        index = bisect_right(taken, (start, start)) - 1
        told = _judge(found, kinds)
        if not told or (index >= 0 and taken[index][0] < start < taken[index][1]):
            continue
        if indented and any(text.count("\n", 0, start) in lines for lines in indented):
            continue
        message, hint = told
        place = subject.segments.source_span(Span(start, found.end()))
        yield at(source, place, message, code="math-leftover" if found["part"] else "label-unknown", hint=hint)


def _judge(found: re.Match[str], kinds: StatementOptions | None) -> tuple[str, str] | None:
    """The message and the hint for one of them, None for a fence of code."""
    if found["role"]:
        written = _ROLES[found["role"]] % found["name"]
        return f"`{{{found['role']}}}` is a role of MyST, and stays in the text", f"write `{written}`"
    if name := found["book"]:
        command = "eqref" if name.startswith("eq:") else "cref"
        return f"`{found[0]}` is bookdown's, and stays in the text", f"write `\\{command}{{{name}}}`"
    if found["part"]:
        marks = "#" * (2 + found["part"].count("sub"))
        return f"`\\{found['part']}` is no heading here, and stays in the text", f"write `{marks} {found['words']}`"
    name = found["directive"].removeprefix("prf:")
    if name == "math":
        hint = "write `$$ … $$`, with `\\label{…}` among the TeX"
        return "`{math}` is a directive of MyST, and is no formula here", hint
    if found["fence"][0] == ":" or not (kinds or StatementOptions()).find(name):
        return None
    hint = (
        f"write `::: {name}` … `:::`" if kinds else "write `theorems: true` into `_config.yml`, and `:::` for the fence"
    )
    return f"`{{{found['directive']}}}` is a directive, and its text is shown as code", hint
