r"""Declarations of a paper in a post: `\newtheorem{thm}{Theorem}[section]`, `\theoremstyle{remark}`, `\numberwithin{equation}{section}`.

They mean what they mean in LaTeX (amsthm's manual, 3), and are not shown: a kind counts on its own unless it names another one.
"""

import re
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.blocks.lines import first_char, indent
from mathblog.model.options import MarkdownOptions
from mathblog.model.statements.kinds import DECLARED, STYLES, StatementKind, StatementOptions

_NEW = r"\\newtheorem(?P<star>\*?)\{(?P<word>[A-Za-z]+)\}(?:\[(?P<shares>[A-Za-z]+)\])?\{(?P<title>[^{}\n]+)\}(?:\[(?P<within>[A-Za-z]+)\])?"
_STYLE = r"\\theoremstyle\{(?P<style>\w+)\}"
_NUMBERS = r"\\numberwithin\{equation\}\{(?P<numbers>\w+)\}"
_ONE = lazy_pattern(rf"{_NEW}|{_STYLE}|{_NUMBERS}")
_LINE = lazy_pattern(rf"[ ]{{0,3}}(?:(?:{re.sub(r'[?]P<[a-z]+>', '', f'{_NEW}|{_STYLE}|{_NUMBERS}')})[ \t]*)+(?:%.*)?$")
_FENCE = lazy_pattern(r"[ ]{0,3}(```|~~~)")
_WITHIN = ("section", "subsection")


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Add a block rule that hides them, where the site has statements."""
    if options.statements is not None:
        md.block.ruler.before("fence", "statement_declarations", _rule)


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    if indent(state, start) >= 4:  # noqa: PLR2004 - code
        return False
    line = start
    while line < end and _LINE.match(state.src, first_char(state, line), state.eMarks[line]):
        line += 1
    if line == start:
        return False
    if not silent:
        for found in _ONE.finditer(state.src, state.bMarks[start], state.eMarks[line - 1]):
            if found["numbers"] in _WITHIN:
                state.env["number_within"] = found["numbers"]
        state.line = line
    return True


def read_declarations(text: str, options: StatementOptions) -> StatementOptions:
    """The options of a text that declares kinds, each on a line outside of code.

    A kind is found by its title (`Exercise`), then by its word (`thm`); any other is a new one.
    """
    style = fence = ""
    kinds = {kind.name: kind for kind in options.kinds}
    counters: dict[str, str] = {}  # by the words of environments, the kind whose counter they have
    for line in text.split("\n"):
        if mark := _FENCE.match(line):
            fence = "" if fence == mark[1] else fence or mark[1]
        if fence or not _LINE.match(line):
            continue
        for found in _ONE.finditer(line):
            style = found["style"] or style
            if not found["word"]:
                continue
            word, title = found["word"].lower(), found["title"].strip()
            known = options.find(title) or options.find(word)
            kind = known or StatementKind(word, title=title)
            if known and options.find(title) is None:
                kind = kind._replace(title=title)
            shared = (found["shares"] or "").lower()
            counters[word] = counters.get(shared, shared) or kind.name
            kinds = {name: it._replace(aliases=tuple(a for a in it.aliases if a != word)) for name, it in kinds.items()}
            kinds[kind.name] = kind._replace(
                aliases=tuple(dict.fromkeys((*kind.aliases, word))),
                style=style if style in STYLES else kind.style,
                numbered=not found["star"],
                counter=counters[word],
                within=found["within"] if found["within"] in _WITHIN else "",
            )
    within = next((kind.within for kind in kinds.values() if kind.within), "")
    return replace(options, kinds=tuple(kinds.values()), counter=DECLARED, within=within) if counters else options
