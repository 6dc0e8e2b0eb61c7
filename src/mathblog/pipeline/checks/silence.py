"""The rules that an author turns off: `check:` in front matter, and `<!-- check: off RULE -->` before a block."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from mathblog.config.rules import ALL, RULES, is_on, read_rules, unknown_rule
from mathblog.core.diagnostic import Diagnostic, Severity, at
from mathblog.core.patterns import lazy_pattern
from mathblog.core.segments import SegmentMap, identity
from mathblog.core.source import SourceText, Span
from mathblog.model.document import Document
from mathblog.model.options import CheckOptions
from mathblog.model.values import Value
from mathblog.reading.frontmatter import read_front_matter

if TYPE_CHECKING:
    from markdown_it.token import Token

    from mathblog.markdown.parser import Parsed

CODE = "check"
_COMMENT = lazy_pattern(r"<!--[ \t]*check:[ \t]*off\b[ \t,]*([^<>]*?)[ \t,]*-->")
_NAMES = lazy_pattern(r"[ \t,]+")
_NEXT_BLOCK = lazy_pattern(r"\s*\S.*?(?=\n[ \t]*\n|\Z)", re.DOTALL)


class Silence(NamedTuple):
    """Lines of a document's file, counted from 1, in which a rule is off."""

    rule: str
    first: int
    last: int


def rules_of(document: Document, options: CheckOptions) -> tuple[CheckOptions, tuple[Diagnostic, ...]]:
    """The rules for a document, whose front matter may turn some off and on, and what is wrong with what it says."""
    value = document.meta.data.get("check")
    if value is None:
        return options, ()
    place = document.keys.get("check", Span(0, 0))
    wrong = read_rules(value).wrong
    return _with(options, value), tuple(
        at(document.source, place, message, code=CODE, hint=hint) for message, hint in wrong
    )


def heed_in_file(
    problems: Sequence[Diagnostic], source: SourceText, options: CheckOptions, parse: "Callable[[str], Parsed] | None"
) -> Iterator[Diagnostic]:
    """The problems that were found in the page of a file, without those that its front matter or a comment turns off.

    `parse` reads its body as it is, before Liquid; None for what is no Markdown.
    """
    if "check:" not in source.text:
        return heed(problems, options)
    front = read_front_matter(source, is_document=True)
    body = source.text[front.body_start :]
    segments = identity(len(body), front.body_start)
    has_comments = _COMMENT.search(body) is not None
    tokens = parse(body).tokens if has_comments and parse else ()
    silences, _ = read_silences(source, body, tokens, segments) if has_comments else ((), ())
    return heed(problems, _with(options, (front.data or {}).get("check")), source.path, silences)


def _with(options: CheckOptions, value: Value) -> CheckOptions:
    """The rules with those of a `check:` over them."""
    said = read_rules(value)
    names = {name for name, _ in said.rules}
    others = () if ALL in names else tuple(rule for rule in options.rules if rule[0] not in names)
    return replace(options, rules=(*others, *said.rules))


def read_silences(
    source: SourceText, text: str, tokens: "Sequence[Token]", segments: SegmentMap
) -> tuple[tuple[Silence, ...], tuple[Diagnostic, ...]]:
    """The comments of a text that turn rules off for the block behind each, and those that name no rule."""
    if "check:" not in text:
        return (), ()
    silences, problems = [], []
    blocks: _Blocks | None = None
    for comment in _COMMENT.finditer(text):
        place = segments.source_span(Span(*comment.span()))
        blocks = blocks or _Blocks(text, tokens)
        block = segments.source_span(blocks.find(comment))
        first, last = source.position(block.start).line, source.position(max(block.start, block.end - 1)).line
        names = [name for name in _NAMES.split(comment[1]) if name]
        silences += [Silence(name, first, last) for name in names]
        wrong = [unknown_rule(name) for name in names if name not in RULES]
        if not names:
            wrong = [("`check: off` names no rule", "write `<!-- check: off math-brackets -->`")]
        problems += [at(source, place, message, code=CODE, hint=hint) for message, hint in wrong]
    return tuple(silences), tuple(problems)


class _Blocks:
    """The blocks of a text, to be found by the comments that stand before them or in them: many, each in little time."""

    def __init__(self, text: str, tokens: "Sequence[Token]") -> None:
        self._text = text
        self._starts = [0, *(found.end() for found in re.finditer("\n", text)), len(text)]
        self._lines: list[tuple[int, int]] = []  # first and last line of each token that has lines
        self._inline: dict[int, int] = {}  # the first token of text in a line
        self._comments: dict[int, int] = {}  # the first comment that is a block in a line
        self._others: list[int] = []  # tokens that are no such comment
        for token in tokens:
            if token.map is None:
                continue
            number = len(self._lines)
            is_comment = token.type == "html_block" and not _COMMENT.sub("", token.content).strip()
            if not is_comment:
                self._others.append(number)
            if is_comment or token.type == "inline":
                known = self._comments if is_comment else self._inline
                for line in range(*token.map):
                    known.setdefault(line, number)
            self._lines.append((token.map[0], token.map[1]))

    def find(self, comment: re.Match[str]) -> Span:
        """The block behind a comment that is one itself, else the one that holds it."""
        line = bisect_right(self._starts, comment.start(), 0, len(self._starts) - 1) - 1
        places = [self._inline[line]] if line in self._inline else []
        if line in self._comments:
            behind = range(bisect_right(self._others, self._comments[line]), len(self._others))
            places += islice((it for it in map(self._others.__getitem__, behind) if self._lines[it][0] > line), 1)
        if places:
            first, last = self._lines[min(places)]
            return Span(self._starts[first], self._starts[min(last, len(self._starts) - 1)])
        following = _NEXT_BLOCK.match(self._text, comment.end())  # in a page of HTML: up to the next empty line
        return Span(*following.span()) if following else Span(*comment.span())


def heed(
    problems: Iterable[Diagnostic], options: CheckOptions, path: str = "", silences: Iterable[Silence] = ()
) -> Iterator[Diagnostic]:
    """The problems without the warnings of rules that are off, everywhere or in some lines of the file `path`."""
    places = tuple(silences)
    for problem in problems:
        if problem.severity is Severity.WARNING and (options.rules or places):
            is_silent = problem.path == path and any(
                place.rule == problem.code and place.first <= problem.line <= place.last for place in places
            )
            if is_silent or not is_on(problem.code, options):
                continue
        yield problem
