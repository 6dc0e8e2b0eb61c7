r"""The places of a text that name a label or cite an entry: `\label{x}`, `{#x}`, `\eqref{x}`, `[](#x)`, `@eq-x`, `[@x]`, `{% cite x %}`."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import Span
from mathblog.model.options import MarkdownOptions
from mathblog.text.delimiters import CODE
from mathblog.text.regions import regions
from mathblog.text.tex.references import COMMANDS, LABEL

_LABEL = lazy_pattern(r"\\label\{([^{}\n]{1,500})\}|^[ \t>]*:(?:label|name):[ \t]*(\S+)[ \t]*$", re.MULTILINE)
_ATTRIBUTE = lazy_pattern(r"\{:?[^{}\n]*?(?<![^\s{:])#([^\s{}#.]+)[^{}\n]*\}")
_COMMAND = lazy_pattern(rf"\\(?:{COMMANDS})\*?{LABEL}")
_LINK = lazy_pattern(r"\]\(([^\s()<>#]*)#([^\s()<>]+)")
_HREF = lazy_pattern(r"<a\s[^<>]*?href\s*=\s*[\"']([^\"'#<>]*)#([^\"'<>]+)[\"']")
_KEY = lazy_pattern(r"(?<![\w@/\\.])-?@(\{[^{}\n]+\}|\w(?:[\w:.#$%&+?<>~/-]*[\w/])?)")
_CITE = lazy_pattern(r"\\(?:no)?cite[a-z]*\*?(?:\[[^\]\n]*\])*\{([^{}\n]{1,500})\}")
_TAG = lazy_pattern(r"\{%-?\s*(?:cite|cite_details|reference|quote|nocite)\s+([^%\n]*?)\s*-?%\}")
_NAME = lazy_pattern(r"(?:\A|,)\s*([^\s,](?:[^,]*[^\s,])?)")
_WORD = lazy_pattern(r"[^\s,]+")


class Role(StrEnum):
    """The part that a mention plays."""

    LABEL = "label"  # it is the name of this place
    REFERENCE = "reference"  # it refers to a label
    EITHER = "either"  # `@x`: to a label, or to the entry of a bibliography
    CITATION = "citation"


_ONE = ((_LABEL, Role.LABEL), (_ATTRIBUTE, Role.LABEL), (_LINK, Role.REFERENCE), (_HREF, Role.REFERENCE))
_SEVERAL = ((_COMMAND, Role.REFERENCE), (_CITE, Role.CITATION))


class Mention(NamedTuple):
    """A name as it is written at a place; `address` is the page that a link names, '' for the one that it stands on."""

    role: Role
    name: str
    span: Span
    address: str = ""
    is_link: bool = False  # it names the `id` of a place, not its label


def mentions(text: str, options: MarkdownOptions) -> list[Mention]:
    """All mentions of a text in their order, but for those in code."""
    code = [it for it in regions(text, options) if it.kind == CODE]
    found: dict[Span, Mention] = {}
    for mention in _find(text):
        index = bisect_right(code, (mention.span.start, len(text))) - 1
        if index < 0 or mention.span.start >= code[index].end:
            found.setdefault(mention.span, mention)
    return sorted(found.values(), key=lambda it: it.span)


def mention_at(text: str, options: MarkdownOptions, offset: int) -> Mention | None:
    """The mention that a place is in, or at the end of."""
    return next((it for it in mentions(text, options) if it.span.start <= offset <= it.span.end), None)


def _find(text: str) -> Iterator[Mention]:
    for pattern, role in _ONE:
        for found in pattern.finditer(text):
            group = found.lastindex or 1
            is_link = role is Role.REFERENCE
            yield Mention(role, found[group], Span(*found.span(group)), found[1] if is_link else "", is_link)
    for pattern, role in _SEVERAL:
        for found in pattern.finditer(text):
            for name in _NAME.finditer(found[1]):
                start = found.start(1) + name.start(1)
                yield Mention(role, name[1], Span(start, start + len(name[1])))
    for found in _TAG.finditer(text):
        for word in _WORD.finditer(found[1]):
            if not word[0].startswith("-"):  # options
                yield Mention(Role.CITATION, word[0], Span(found.start(1) + word.start(), found.start(1) + word.end()))
    for found in _KEY.finditer(text):
        start, end = found.span(1)
        braces = found[1].startswith("{")
        yield Mention(Role.EITHER, found[1].strip("{}"), Span(start + braces, end - braces))
