"""Emphasis beside letters: `**굵게(bold)**는` and `**a:**b` are bold, which CommonMark's flanking rule denies.

A run of `*` opens before what is no blank and closes after what is none, as in kramdown (`parser/emphasis.rb`). Runs of
`_` follow CommonMark (0.31, section 6.2).
"""

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from mathblog.model.options import MarkdownOptions


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
        can_open = can_open or (after != "" and not after.isspace())
        can_close = can_close or (before != "" and not before.isspace())
    for _ in range(run.length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(ord(marker), run.length, len(state.tokens) - 1, -1, can_open, can_close),
        )
    state.pos = end
    return True
