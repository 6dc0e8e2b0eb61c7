"""Emphasis next to Hangul, Kana and Han: `**굵게(bold)**는` is bold, which CommonMark's flanking rule denies.

Applies to runs of `*` only, and only where the character on the outer side of the run is CJK and the one on its inner
side is punctuation. All other runs follow CommonMark (0.31, section 6.2): such texts parse as they do there.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from mathblog.model.options import MarkdownOptions

_CJK = re.compile(
    "[\u1100-\u11ff\u2e80-\u2fdf\u3040-\u318f\u31a0-\u31bf\u31f0-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff]"
)


def install(md: MarkdownIt, _options: MarkdownOptions) -> None:
    """Replace the tokenizer of emphasis; the pairing of its delimiters stays markdown-it's."""
    md.inline.ruler.at("emphasis", tokenize)


def tokenize(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    """Take a run of `*` or `_` and note whether it may open or close emphasis."""
    start, marker = state.pos, state.src[state.pos]
    if silent or marker not in "*_":
        return False
    run = state.scanDelims(start, marker == "*")
    end = start + run.length
    can_open, can_close = run.can_open, run.can_close
    if marker == "*":
        before, after = state.src[start - 1 : start], state.src[end : end + 1] if end < state.posMax else ""
        can_open = can_open or (_is_cjk(before) and after != "" and not after.isspace())
        can_close = can_close or (_is_cjk(after) and before != "" and not before.isspace())
    for _ in range(run.length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(ord(marker), run.length, len(state.tokens) - 1, -1, can_open, can_close),
        )
    state.pos = end
    return True


def _is_cjk(char: str) -> bool:
    return _CJK.match(char) is not None
