"""Rules by the character at which they may begin: at a `*` only those of emphasis are asked, at a letter hardly any.

markdown-it asks all its rules in turn, at each line and at each character that may begin something. The order stays.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import text as unchanged_text
from markdown_it.token import Token
from markdown_it.utils import EnvType

from mathblog.extend.declarations import Rule
from mathblog.markdown.fast.states import BlockState, InlineState, make_token
from mathblog.markdown.rules.spans.typography import SIGN, take_text

InlineRule: TypeAlias = Callable[[StateInline, bool], bool]
BlockRule: TypeAlias = Callable[[StateBlock, int, int, bool], bool]

_NOT_SHOWN = frozenset(("attributes", "block_end", "footnote_reference_open"))  # at the place where it is written
_PAIRING = frozenset(("balance_pairs", "emphasis", "strikethrough"))


def dispatch_inline(md: MarkdownIt, rules: Iterable[Rule]) -> None:
    """Let a parser ask only the inline rules that may begin where it stands. To be called when all are installed."""
    md.inline = InlineParser(md.inline, {name: begin for rule in rules for name, begin in rule.inline.items()})


def dispatch_blocks(md: MarkdownIt, rules: Iterable[Rule]) -> None:
    """The same for block rules, where markdown-it's own rule of lists is replaced."""
    md.block = BlockParser(md.block, {name: begin for rule in rules for name, begin in rule.block.items()})


class InlineParser(ParserInline):
    """markdown-it's inline parser with the rules of each character."""

    def __init__(self, parser: ParserInline, begins: Mapping[str, str]) -> None:
        self.ruler, self.ruler2, self.terminator_re = parser.ruler, parser.ruler2, parser.terminator_re
        self._rules = _by_character(self.ruler, begins)
        self._others: Sequence[InlineRule] = self._rules[""]
        # the rule of text takes nothing at a character that ends a text
        text = self.ruler.getRules("")[0]
        self._is_plain = self._others == [text] and text in (take_text, unchanged_text)
        self._signs = SIGN if text is take_text else None
        for character, rules in self._rules.items():
            if character and self.terminator_re.match(character):
                self._rules[character] = [rule for rule in rules if rule is not text]

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Parse as markdown-it does. A text that no rule can change becomes one token; marks are paired only where there are some."""
        if (
            self._is_plain
            and src
            and not tokens
            and not (self.terminator_re.search(src) or (self._signs and self._signs.search(src)))
        ):
            tokens.append(make_token("text", "", 0, 0))
            tokens[0].content = src
            return tokens
        state = InlineState(src, md, env, tokens)
        self.tokenize(state)
        if len(state.tokens) > 1:
            marked = bool(state.delimiters) or any(state.tokens_meta)
            for rule in self.ruler2.__rules__:
                if rule.enabled and (marked or rule.name not in _PAIRING):
                    rule.fn(state)
        return state.tokens

    def tokenize(self, state: StateInline) -> None:
        """As markdown-it's."""
        rules, others, src, end = self._rules, self._others, state.src, state.posMax
        deepest = state.md.options.maxNesting
        while state.pos < end:
            pos = state.pos
            if state.level < deepest:
                for rule in rules.get(src[pos], others):
                    if rule(state, False):  # noqa: FBT003 - markdown-it wants it so
                        break
                else:
                    state.append_pending(src[pos])
                    state.pos = pos + 1
            else:
                state.append_pending(src[pos])
                state.pos = pos + 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 - markdown-it's name
        """As markdown-it's."""
        pos, cache = state.pos, state.cache
        if pos in cache:
            state.pos = cache[pos]
            return
        if state.level < state.md.options.maxNesting:
            for rule in self._rules.get(state.src[pos], self._others):
                state.level += 1
                found = rule(state, True)  # noqa: FBT003 - markdown-it wants it so
                state.level -= 1
                if found:
                    break
            else:
                state.pos += 1
        else:
            state.pos = state.posMax + 1
        cache[pos] = state.pos


class BlockParser(ParserBlock):
    """markdown-it's block parser with the rules of each first character of a line."""

    def __init__(self, parser: ParserBlock, begins: Mapping[str, str]) -> None:
        self.ruler = parser.ruler
        self._rules = _by_character(self.ruler, begins)
        self._ends = _by_character(self.ruler, begins, "paragraph")

    def parse(self, src: str, md: MarkdownIt, env: EnvType, outTokens: list[Token]) -> list[Token] | None:  # noqa: N803
        """As markdown-it's."""
        if not src:
            return None
        state = BlockState(src, md, env, outTokens)
        self.tokenize(state, state.line, state.lineMax)
        return state.tokens

    def ends_paragraph(self, state: StateBlock, line: int, end: int) -> bool:
        """Whether a line that is not empty begins another block than the paragraph before it."""
        first = state.src[state.bMarks[line] + state.tShift[line]]
        rules: Sequence[BlockRule] = self._ends.get(first, self._ends[""])
        return any(rule(state, line, end, True) for rule in rules)  # noqa: FBT003 - markdown-it wants it so

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 - markdown-it's names
        """As markdown-it's, without what its own lists ask of it. The last rule, of paragraphs, takes any line.

        A block below a blank line is marked for the renderer (kramdown's element `blank`).
        """
        line, deepest, tokens, level = startLine, state.md.options.maxNesting, state.tokens, state.level
        apart, top = False, startLine + bool(level)  # the first line of a container is the rest of that of its mark
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent:
                return
            apart = apart or (line > top and state.isEmpty(line - 1))
            index = len(tokens)
            first = state.src[state.bMarks[line] + state.tShift[line]]
            rules = self._rules.get(first, self._rules[""])
            for rule in rules if state.level < deepest else rules[-1:]:  # what is nested too deep is text
                if rule(state, line, endLine, False):  # noqa: FBT003 - markdown-it wants it so
                    break
            if apart and len(tokens) > index:
                block = tokens[index]
                apart = block.type in _NOT_SHOWN
                if block.level == level:  # no part of a definition list that took the paragraph before it
                    block.meta["blank"] = True
            line = state.line


def _by_character(ruler: Ruler[Any], begins: Mapping[str, str], chain: str = "") -> dict[str, list[Any]]:
    """The rules of each character in their order; under "" those of all other characters.

    What a rule begins with that `begins` does not name is not known: it is asked everywhere.
    """
    active = [rule for rule in ruler.__rules__ if rule.enabled and (not chain or chain in rule.alt)]
    characters = {character for rule in active for character in begins.get(rule.name, "")}
    return {
        character: [
            rule.fn for rule in active if rule.name not in begins or (character and character in begins[rule.name])
        ]
        for character in {*characters, ""}
    }
