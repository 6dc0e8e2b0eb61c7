"""Abbreviations (kramdown's `abbreviation.rb`): `*[HTML]: HyperText Markup Language` explains each `HTML` of the text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.blocks.lines import end_block, first_char, indent
from mathblog.model.options import MarkdownOptions

_LONGEST = 100
_MOST = 10_000  # characters of text that are put together
_DEFINITION = lazy_pattern(rf"\*\[([^\]\n]{{1,{_LONGEST}}})\]:(.*)")
_WORD = lazy_pattern(r"[A-Za-z0-9_]")
_BLANK = lazy_pattern(r"\s")  # hard ones and line ends, too
_DEEPEST = 3


def install(md: MarkdownIt, _options: MarkdownOptions) -> None:
    """Add a block rule for definitions and a core rule that marks what they explain."""
    md.block.ruler.before("fence", "abbreviation", _define)
    md.core.ruler.push("abbreviations", _mark_all)


def _define(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    at = first_char(state, start)
    if silent or not state.src.startswith("*[", at) or indent(state, start) > _DEEPEST:
        return False
    found = _DEFINITION.match(state.src, at, state.eMarks[start])
    if found is None:
        return False
    state.env.setdefault("abbreviations", {})[found[1]] = found[2].strip()
    end_block(state)
    state.line = start + 1
    return True


def _mark_all(state: StateCore) -> None:
    meanings: Mapping[str, str] = state.env.get("abbreviations", {})
    if not meanings:
        return
    lengths: dict[str, list[int]] = {}
    for name in sorted(meanings, key=len, reverse=True):
        known = lengths.setdefault(name[0], [])
        if len(name) not in known:
            known.append(len(name))
    begins = re.compile(f"(?<![A-Za-z0-9_])[{re.escape(''.join(lengths))}]")
    spaced = [name for name in meanings if " " in name]
    for token in state.tokens:
        if token.type != "inline" or not token.children:
            continue
        children: list[Token] = []
        for child in token.children:
            # the text before and after a line end are one where an abbreviation goes over it
            over = spaced and child.type == "text" and [it.type for it in children[-2:]] == ["text", "softbreak"]
            if over and len(before := children[-2].content) < _MOST:
                tail = before[-_LONGEST:]
                text, middle = f"{tail} {child.content[:_LONGEST]}", len(tail)
                places = (text.find(name, max(0, middle - len(name) + 1), middle + len(name)) for name in spaced)
                if any(place >= 0 for place in places):
                    children[-2:] = [children[-2].copy(content=f"{before}\n{child.content}")]
                    continue
            children.append(child)
        token.children = [part for child in children for part in _mark(child, begins, lengths, meanings)]


def _mark(
    token: Token, begins: re.Pattern[str], lengths: Mapping[str, Sequence[int]], meanings: Mapping[str, str]
) -> Iterator[Token]:
    text = token.content
    taken = 0
    if token.type == "text":
        for found in begins.finditer(text):
            start = found.start()
            if start < taken:
                continue
            # the longest name that is no part of a longer word
            spelled = (_BLANK.sub(" ", text[start : start + length]) for length in lengths[text[start]])
            name = next((it for it in spelled if it in meanings and not _WORD.match(text, start + len(it))), "")
            if name:
                title = f' title="{escape(meanings[name])}"' if meanings[name] else ""
                yield token.copy(content=text[taken:start])
                yield Token("html_inline", "", 0, content=f"<abbr{title}>", level=token.level)
                yield token.copy(content=text[start : start + len(name)])
                yield Token("html_inline", "", 0, content="</abbr>", level=token.level)
                taken = start + len(name)
    yield token.copy(content=text[taken:]) if taken else token
