"""Rules of Markdown that plugins bring: containers between lines of colons, and what a pattern finds in a text or as a line."""

import re
import string
from collections.abc import Callable
from typing import Literal, Protocol, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from mathblog.core.patterns import lazy_pattern
from mathblog.extend.api import Container, Match
from mathblog.extend.plugins import PluginError, checked_text
from mathblog.markdown.code.of_plugins import FAULTS
from mathblog.markdown.fast.first_characters import first_characters
from mathblog.markdown.rules.blocks.lines import container, dedent, first_char, indent, parse_inside
from mathblog.markdown.rules.statements.fenced import closing_line
from mathblog.markdown.rules.statements.openings import note
from mathblog.model.options import MarkdownOptions

_HEAD = lazy_pattern(r":{3,}[ \t]*(?:\{\.?([\w-]+)(?:\}[ \t]*(.*)|[ \t]+([^{}]*)\})|([\w-]+)(?:[ \t]+(.*)|))$")
_DEEPEST = 3
_INTERRUPTS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
_OF_FORMULAS = "$\\"
_NO_SIGNS = f"{string.ascii_letters}{string.digits}{string.whitespace}\u00e9\u4e00"
Answer: TypeAlias = object  # of a plugin: what it is must be looked at


def install_container(
    name: str, function: Callable[[Container], Answer], md: MarkdownIt, _options: MarkdownOptions
) -> None:
    """Add a block rule for `::: name …` up to `:::`, before all others, so that a plugin may take the name of a statement.

    What the function fails at is shown without what it was to put around it.
    """
    what = f"the container `{name}`"

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        at, stop = first_char(state, start), state.eMarks[start]
        found = _HEAD.match(state.src, at, stop) if state.src.startswith(":::", at) else None
        if found is None or (found[1] or found[4]) != name or indent(state, start) > _DEEPEST:
            return False
        last = closing_line(state, start, end)
        if silent:
            return last is not None
        if last is None:
            message = f"`:::` opens `{name}`, which is never closed"
            note(state, at, stop, message, "close it with `:::` on a line of its own")
            return False
        opening = _push_html(state, 1, start, last + 1)
        with container(state):
            for line in range(start + 1, last):
                dedent(state, line, 0)
            parse_inside(state, start + 1, last)
        closing = _push_html(state, -1, last, last + 1)
        info = next(filter(None, (found[2], found[3], found[5])), "").strip()
        try:
            opening.content, closing.content = _pair(function(Container(name, info)), what)
        except PluginError as error:
            state.env.setdefault(FAULTS, []).append((str(error), opening))
        state.line = last + 1
        return True

    md.block.ruler.before(md.block.ruler.get_all_rules()[0], f"plugin_container_{name}", rule, _INTERRUPTS)


class Pattern(Protocol):
    """The part of `re.Pattern` that rules use."""

    @property
    def groups(self) -> int:
        """How many groups it has."""

    def match(self, text: str, start: int, end: int, /) -> re.Match[str] | None:
        """See `re.Pattern.match`."""

    def fullmatch(self, text: str, /) -> re.Match[str] | None:
        """See `re.Pattern.fullmatch`."""


def install_line(
    name: str, pattern: Pattern, function: Callable[[Match], Answer], md: MarkdownIt, _options: MarkdownOptions
) -> None:
    """Add a block rule for lines that the pattern matches as a whole. A line that the function fails at is shown as it is."""
    what = f"the rule `{name}`"

    def rule(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        line = state.src[first_char(state, start) : state.eMarks[start]].rstrip()
        found = pattern.fullmatch(line) if 0 <= indent(state, start) <= _DEEPEST else None
        if found is None:
            return False
        if not silent:
            token = _push_html(state, 0, start, start + 1)
            try:
                token.content = f"{checked_text(function(_given(found)), what)}\n"
            except PluginError as error:
                token.content = f"<p>{escapeHtml(line)}</p>\n"
                state.env.setdefault(FAULTS, []).append((str(error), token))
            state.line = start + 1
        return True

    md.block.ruler.before(md.block.ruler.get_all_rules()[0], f"plugin_rule_{name}", rule, _INTERRUPTS)


def install_rule(
    name: str, pattern: Pattern, function: Callable[[Match], Answer], md: MarkdownIt, _options: MarkdownOptions
) -> None:
    """Add an inline rule. Where the function answers with a pair, the pattern's first group is Markdown between the two."""
    what = f"the rule `{name}`"

    def rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        found = pattern.match(state.src, state.pos, state.posMax)
        if found is None or found.end() == state.pos:
            return False
        if not silent:
            token = state.push("html_inline", "", 0)
            token.meta.update(start=found.start(), end=found.end())
            try:
                answer = function(_given(found))
                if isinstance(answer, tuple) and pattern.groups and found.start(1) >= 0:
                    token.content, after = _pair(answer, what)
                    limit = state.posMax
                    state.pos, state.posMax = found.span(1)
                    state.md.inline.tokenize(state)
                    state.posMax = limit
                    state.push("html_inline", "", 0).content = after
                else:
                    token.content = checked_text(answer, what)
            except PluginError as error:
                token.content = escapeHtml(found[0])
                state.env.setdefault(FAULTS, []).append((str(error), token))
        state.pos = found.end()
        return True

    md.inline.ruler.before("newline", f"plugin_rule_{name}", rule)


def signs_of(pattern: re.Pattern[str]) -> str:
    """The signs that a match may begin with.

    Raises:
        ValueError: where it may begin with something else, or with what begins formulas: text is looked at only at signs.

    """
    begins = first_characters(pattern)
    signs = "".join(filter(begins, string.punctuation)) if begins else ""
    if begins is None or not signs or any(map(begins, _NO_SIGNS)):
        message = f"a match of `{pattern.pattern}` must begin with a sign of punctuation"
        raise ValueError(message)
    if any(sign in signs for sign in _OF_FORMULAS):
        message = f"a match of `{pattern.pattern}` may begin with `$` or `\\`, which begin formulas"
        raise ValueError(message)
    return signs


def _given(found: re.Match[str]) -> Match:
    return Match(found[0], tuple(found.groups("")), found.groupdict(""))


def _pair(answer: Answer, what: str) -> tuple[str, str]:
    """The HTML before and after a content.

    Raises:
        PluginError: where the answer is something else.

    """
    if isinstance(answer, tuple) and len(answer) == 2:  # noqa: PLR2004 - before and after
        before, after = answer
        return checked_text(before, what), checked_text(after, what)
    message = f"{what} gave `{type(answer).__name__}`, not a pair of texts, before and after what it holds"
    raise PluginError(message)


def _push_html(state: StateBlock, nesting: Literal[-1, 0, 1], first: int, last: int) -> Token:
    """Push a block of HTML, or half of one around others; its content is to follow."""
    token = state.push("html_block", "", nesting)
    token.map = [first, last]
    if nesting:
        token.meta["holds"] = nesting
    return token
