r"""Declarations of a paper in a post: `\newtheorem{thm}{Theorem}[section]`, `\theoremstyle{remark}`, `\numberwithin{equation}{section}`.

They mean what they mean in LaTeX (amsthm's manual, 3), and are not shown: a kind counts on its own unless it names another one.
"""

import re
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.blocks.lines import end_block, first_char, indent
from mathblog.model.options import MarkdownOptions
from mathblog.model.statements.kinds import DECLARED, STYLES, StatementKind, StatementOptions
from mathblog.text.tex.environments import ENVIRONMENTS

_NEW = r"\\newtheorem(?P<star>\*?)\{(?P<word>[^\W\d_][^\W_]*)(?P<second>\*?)\}(?:\[(?P<shares>[^\W\d_][^\W_]*)\])?\{(?P<title>[^{}\n]+)\}(?:\[(?P<within>[A-Za-z]+)\])?"
_STYLE = r"\\theoremstyle\{(?P<style>\w+)\}"
_NUMBERS = r"\\numberwithin\{equation\}\{(?P<numbers>\w+)\}"
_ONE = lazy_pattern(rf"{_NEW}|{_STYLE}|{_NUMBERS}")
_LINE = lazy_pattern(rf"[ ]{{0,3}}(?:(?:{re.sub(r'[?]P<[a-z]+>', '', f'{_NEW}|{_STYLE}|{_NUMBERS}')})[ \t]*)+(?:%.*)?$")
_FENCE = lazy_pattern(r"[ ]{0,3}(```|~~~)")
_OF_FORMULAS = frozenset(name.lower() for name in ENVIRONMENTS)
_WITHIN = ("section", "subsection")


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Add a block rule that hides them, where the site has statements."""
    if options.statements is not None:
        md.block.ruler.before("fence", "statement_declarations", _rule)


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    if indent(state, start) >= 4:  # noqa: PLR2004 - code
        return False
    line = start
    while line < end:
        # the whole line, with what contains it: those of quotes and of the first lines of lists are not read, and are shown
        begin = state.src.rfind("\n", 0, first_char(state, line)) + 1
        if not _LINE.match(state.src, begin, state.eMarks[line]):
            break
        line += 1
    if line == start:
        return False
    if not silent:
        for found in _ONE.finditer(state.src, state.bMarks[start], state.eMarks[line - 1]):
            if found["numbers"] in _WITHIN:
                state.env["number_within"] = found["numbers"]
        state.line = line
        end_block(state)  # what follows begins a block of its own
    return True


def read_declarations(text: str, options: StatementOptions) -> StatementOptions:
    r"""The options of a text that declares kinds, each on a line outside of code.

    A kind is found by its title (`Exercise`), then by its word (`thm`); any other is a new one, as is a second of one title
    (`\newtheorem*{nothm}{Theorem}`). Environments of formulas stay what they are: LaTeX refuses such a declaration.
    """
    style = fence = ""
    kinds = {kind.name: kind for kind in options.kinds}
    owners = {word: kind.name for kind in options.kinds for word in kind.aliases}
    declared: dict[str, str] = {}  # by kinds, the word that declared each
    counters: dict[str, str] = {}  # by the words of environments, the kind whose counter they have
    for line in text.split("\n"):
        if mark := _FENCE.match(line):
            fence = "" if fence == mark[1] else fence or mark[1]
        if fence or not _LINE.match(line):
            continue
        for found in _ONE.finditer(line):
            style = found["style"] or style
            word, title = (found["word"] or "").lower(), (found["title"] or "").strip()
            known = options.find(title) or options.find(word)
            if not word or word in _OF_FORMULAS or (found["second"] and (known or word in counters)):
                continue  # `\begin{theorem*}` needs no kind of its own
            kind = known or StatementKind(word, title=title)
            if known and declared.get(known.name, word) != word and word not in kinds:
                kind = StatementKind(word, style=known.style, title=title)
            elif known and options.find(title) is None:
                kind = kind._replace(title=title)
            shared = (found["shares"] or "").lower()
            counters[word] = counters.get(shared, shared) or kind.name
            if (owner := owners.get(word, kind.name)) != kind.name:
                kinds[owner] = kinds[owner]._replace(aliases=tuple(it for it in kinds[owner].aliases if it != word))
            owners[word], declared[kind.name] = kind.name, word
            kinds[kind.name] = kind._replace(
                aliases=tuple(dict.fromkeys((*kinds.get(kind.name, kind).aliases, word))),
                style=style if style in STYLES else kind.style,
                numbered=not found["star"],
                counter=counters[word],
                within=found["within"] if found["within"] in _WITHIN else "",
            )
    within = next((kind.within for kind in kinds.values() if kind.within), "")
    return replace(options, kinds=tuple(kinds.values()), counter=DECLARED, within=within) if counters else options
