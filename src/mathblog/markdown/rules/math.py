"""Formulas as tokens: `math_block` by kramdown's block rule, `math_inline` in running text.

Until `locate.py` has run, `start` and `end` in a token's `meta` are offsets in the content of its block.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.maths.math_escapes import plain_tex
from mathblog.markdown.rules.blocks.lines import after_boundary, end_block, first_char, push_paragraph
from mathblog.markdown.rules.spans.references import ALONE, push_reference
from mathblog.model.formula import BLANKS
from mathblog.model.options import MarkdownOptions
from mathblog.text.delimiters import Region, Scanner, closing
from mathblog.text.html_tags import without_entities
from mathblog.text.signs import LIST_BEHIND, is_escaped
from mathblog.text.tex.blocks import definitions_at

# what may stand behind `$$…$$` on its line: Quarto's `{#eq-elbo}`, or a list of attributes
_BEHIND = lazy_pattern(rf"[ \t]*\{{#(eq[:_-][^\s{{}}]+)\}}[ \t]*$|{LIST_BEHIND}$", re.MULTILINE)


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Add the block rule before all others that could take its lines, and the inline rule before escapes."""
    rules = _MathRules(options)
    interrupts = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("fence", "math_block", rules.block, {"alt": interrupts})
    md.inline.ruler.before("escape", "math_inline", rules.inline)


class _MathRules:
    def __init__(self, options: MarkdownOptions) -> None:
        self.options = options

    def scanner(self, state: StateBlock | StateInline) -> Scanner:
        """The scanner of a text, shared by all questions of one parse."""
        return scanner_of(state, self.options)

    def inline(self, state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        src, start = state.src, state.pos
        if src[start] not in "$\\":
            return False
        scanner = self.scanner(state)
        region = scanner.inline_formula_at(start)
        if region and region.end <= state.posMax:
            alone = None if region.display else ALONE.fullmatch(src, region.inner_start, region.inner_end)
            if alone and not silent:
                push_reference(state, alone[1], alone[2], start, region.end)
            elif not silent:
                token = state.push("math_inline", "math", 0)
                _fill(token.meta, src, region)
                token.markup = src[start : region.inner_start]
                token.content = self._tex(src[token.meta["start"] : token.meta["end"]], token.markup)
            state.pos = region.end
            return True
        # literal dollars: an escaped `\$$…$$`, and a `$$` that opens nothing, neither half of which opens anything
        end = start + 2 if src.startswith("$$", start) else scanner.escaped_end(start)
        if not start < end <= state.posMax:
            return False
        if not silent:
            state.append_pending(src[start:end].removeprefix("\\"))
        state.pos = end
        return True

    def block(self, state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001
        start = state.bMarks[start_line] + state.tShift[start_line]
        escaped = state.src.startswith("\\$$", start)
        opening = closing(state.src, start + escaped, self.options)
        if opening is None or state.is_code_block(start_line):
            return state.src.startswith("\\", start) and self._definitions(state, start_line, end_line, silent=silent)
        limit = state.eMarks[end_line - 1]
        pair = (escaped + opening[0], opening[1])
        region = self.scanner(state).delimited(start, pair, limit, display=not escaped)
        behind = _BEHIND.match(state.src, region.end) if region and opening[1] == "$$" else None
        if region and behind:
            region = region._replace(end=behind.end(behind.lastindex or 0) + 1)
        last_line = _last_line(state, start_line, end_line, region) if region else 0
        if region is None or not last_line:
            return False
        # a list of attributes ends the block, whatever the next line is
        end = end_line if behind and behind[1] is None else last_line
        filled = not silent and _stands_apart(state, start_line, end, end_line, glued=self.options.glued_display)
        if not filled and (escaped or not self._interrupts(state, region, opening[1])):
            return False
        raw = state.getLines(start_line, last_line, state.blkIndent, keepLastLF=False)
        if escaped and "\n\n" in raw:
            return False
        if not silent:
            if escaped:
                push_paragraph(state, raw.strip().removeprefix("\\"), start_line, last_line)
            else:
                token = push_block(state, raw, region, start_line, last_line)
                token.markup = opening[1]
                token.content = self._tex(token.content, opening[1])
                if behind:
                    _add_attributes(state, token, behind)
            state.line = last_line
        return True

    def _definitions(self, state: StateBlock, start_line: int, end_line: int, *, silent: bool) -> bool:
        """A block of nothing but definitions is a formula that shows nothing; TeX as it stands."""
        region = definitions_at(self.scanner(state), state.bMarks[start_line] + state.tShift[start_line])
        last_line = _last_line(state, start_line, end_line, region) if region and not silent else 0
        if region is None or not last_line or state.is_code_block(start_line):
            return False
        raw = state.getLines(start_line, last_line, state.blkIndent, keepLastLF=False)
        if not after_boundary(state, start_line):
            return False
        push_block(state, raw, region, start_line, last_line)
        if last_line < end_line and not state.isEmpty(last_line):
            end_block(state)  # what follows begins a block of its own
        state.line = last_line
        return True

    def _tex(self, written: str, delimiter: str) -> str:
        """A formula's TeX. kramdown keeps what stands between two dollars as it is, and reads all else as text."""
        if not self.options.kramdown or delimiter.startswith("$`"):
            return written
        return plain_tex(written) if self.options.math_escapes and delimiter != "$$" else without_entities(written)

    def _interrupts(self, state: StateBlock, region: Region, closer: str) -> bool:
        """Whether display maths ends a paragraph: `$$` alone on its lines does, which kramdown would not do."""
        if closer != "$$":
            return not self.options.strict_kramdown
        if not self.options.glued_display:
            return False
        first_break = state.src.find("\n", region.start, region.end)
        last_break = state.src.rfind("\n", region.start, region.end)
        return (
            first_break >= 0
            and not state.src[region.inner_start : first_break].strip()
            and not state.src[last_break + 1 : region.inner_end].strip(" \t>")
        )


def scanner_of(state: StateBlock | StateInline, options: MarkdownOptions) -> Scanner:
    """The scanner of a state's text, made once."""
    known: dict[str, Scanner] = state.env.setdefault("scanners", {})
    scanner = known.get(state.src)
    if scanner is None:
        scanner = known[state.src] = Scanner(state.src, options)
    return scanner


def _fill(meta: dict[str, object], src: str, region: Region) -> None:
    start, end = region.inner_start, region.inner_end
    while start < end and src[start] in BLANKS:
        start += 1
    while end > start and src[end - 1] in BLANKS:
        end -= 1
    if end < region.inner_end and is_escaped(src, end):
        end += 1  # `\ ` is a blank of TeX's
    meta.update(display=region.display, start=start, end=end)


def _add_attributes(state: StateBlock, token: Token, behind: re.Match[str]) -> None:
    """Give a formula what stands behind it on its line: an id now, a list when all lists are known."""
    if behind[1]:
        token.attrs["id"] = behind[1]
    else:
        token.meta["list"] = behind[2]
        state.env["attributes"] = True


def _last_line(state: StateBlock, start_line: int, end_line: int, region: Region) -> int:
    """The line after a formula that ends its line inside the container it began in, else 0."""
    line = start_line
    while line < end_line and state.eMarks[line] < region.end:
        line += 1
        if line < end_line and state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            return 0
    if line >= end_line or state.src[region.end : state.eMarks[line]].strip():
        return 0
    return line + 1


def _stands_apart(state: StateBlock, start_line: int, last_line: int, end_line: int, *, glued: bool) -> bool:
    """Block boundaries as in kramdown: a blank line, the container's start or end, an attribute list, on both sides.

    Where `glued` formulas are displayed, a heading is a boundary, too: nothing else begins a block there.
    """
    last = state.tokens[-1].type if state.tokens else ""
    behind_mark = last.startswith("subequations") or (glued and last == "heading_close")
    if not (behind_mark or after_boundary(state, start_line)):
        return False
    if last_line >= end_line or state.isEmpty(last_line) or state.sCount[last_line] < state.blkIndent:
        return True
    return state.src.startswith(("{:", "^\n", "\\end{subequations}"), first_char(state, last_line))


def push_block(state: StateBlock, raw: str, region: Region, start_line: int, last_line: int) -> Token:
    """Push a displayed formula; `region` says where its TeX stands among the `raw` lines, from the first character that is no blank."""
    start = len(raw) - len(raw.lstrip()) + region.inner_start - region.start
    end = len(raw.rstrip()) - (region.end - region.inner_end)
    token = state.push("math_block", "math", 0)
    token.map = [start_line, last_line]
    _fill(token.meta, raw, Region(0, len(raw), start, end, "math", display=True))
    token.content = raw[token.meta["start"] : token.meta["end"]]
    token.info = raw
    return token
