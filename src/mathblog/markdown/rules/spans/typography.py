"""Typographic quotes, dashes and ellipses in running text (kramdown's `typographic_symbol.rb` and `smart_quotes.rb`).

They are set where the text between two openings (of emphasis, code, a formula, a link) is taken, so nothing in formulas
and code changes, and neither does an escaped character.
"""

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.spans.quotes import is_seen, replace_quote
from mathblog.model.options import MarkdownOptions

_SYMBOLS = {"---": "—", "--": "–", "...": "…", " >>": "\u00a0»", ">>": "»"}
SIGN = lazy_pattern(
    r"---|--|\.\.\.| >>|>>|\"|'"
)  # no class of characters: Python then looks for the first characters of all branches at once
_GUILLEMET = {" ": "«\u00a0", "": "«"}


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Replace the rule that takes text, and add one for `<<` before those that read a tag or a link of it."""
    if options.smart_quotes:
        md.inline.ruler.at("text", take_text)
        md.inline.ruler.before("autolink", "guillemets", _open_guillemets)


def take_text(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    """Take the text up to the next character at which another rule may begin, and set the signs in it.

    As in kramdown a quote is looked at together with the character before it, unless that belongs to something else:
    to the sign before, to the mark of an emphasis, to a formula.
    """
    taken, src = state.pos, state.src
    stop = state.md.inline.terminator_re.search(src, taken, state.posMax)
    end = stop.start() if stop else state.posMax
    if end == taken:
        return False
    if not silent:
        sign = SIGN.search(src, taken, end)
        seen = sign is not None and is_seen(state)
        out: list[str] = []
        while sign:
            at = sign.start()
            if sign[0] in _SYMBOLS:
                out += [src[taken:at], _SYMBOLS[sign[0]]]
                taken, seen = sign.end(), False
            else:
                pairs = at > taken or seen
                text, quotes, after = replace_quote(state, at, pairs=pairs, inside=at > taken)
                out += [src[taken : max(taken, at - 1)], text, quotes]
                taken, seen = after, False
            sign = SIGN.search(src, taken, end)
        state.append_pending("".join([*out, src[taken:end]]) if out else src[taken:end])
    state.pos = end
    return True


def _open_guillemets(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    if not state.src.startswith("<<", state.pos) or state.pos + 2 > state.posMax:
        return False
    blank = " " if state.src.startswith(" ", state.pos + 2) and state.pos + 2 < state.posMax else ""
    if not silent:
        state.push("text", "", 0).content = _GUILLEMET[blank]
    state.pos += 2 + len(blank)
    return True
