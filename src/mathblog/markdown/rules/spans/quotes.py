"""The direction of quotes: kramdown's rules (`smart_quotes.rb`), tried in their order.

Two rules are better than there. A quote directly before a formula opens and is not taken for one before punctuation;
and one that would open for want of a rule closes where one is open and something ends before it: `"**굵게**"는`, `"$x$"는`.
"""

from collections import Counter
from typing import NamedTuple

from markdown_it.rules_inline import StateInline

from mathblog.core.patterns import lazy_pattern
from mathblog.model.options import MarkdownOptions

_PUNCTUATION = r"""[!"#$%'()*+,\-./:;<=>?@\[\\\]^_`{|}~]"""
_SPACE = r"[ \t\r\n\f\v]"
_FORMULA = r"\$\$|\\\\[(\[]"
_RULES = lazy_pattern(
    "|".join(
        (
            r"(?P<open_emphasis>[\"'](?=[_*]{1,2}[^ \t\r\n\f\v]))",
            rf"(?P<close_before>[\"'](?!{_FORMULA})(?={_PUNCTUATION}(?!\.\.)\B))",
            rf"(?P<both_double>{_SPACE}?\"'(?=[A-Za-z0-9_]))",
            rf"(?P<both_single>{_SPACE}?'\"(?=[A-Za-z0-9_]))",
            rf"(?P<close_decade>{_SPACE}?'(?=[0-9]{{2}}s))",
            rf"(?P<open_word>{_SPACE}[\"'](?=[A-Za-z0-9_]))",
            r"(?P<close_after>[^ \\\t\r\n\[{(\-][\"'])",
            rf"(?P<close_end>[\"'](?={_SPACE}|s\b|\Z))",
            r"(?P<open_single>(?s:.?)')",
            r"(?P<open_double>(?s:.?)\")",
        )
    )
)
_ENGLISH = MarkdownOptions().quotes
_HIDING = "*_`[\\"  # what another rule of kramdown's has taken when a quote after it is looked at
_ENDS = ("em_close", "strong_close", "code_inline", "math_inline", "link_close", "image", "html_inline")


class Quote(NamedTuple):
    """The text before a quote, the quotes as they are set, and where to go on."""

    text: str
    quotes: str
    end: int


def is_seen(state: StateInline) -> bool:
    """Whether the character before the state's position is looked at together with a quote after it."""
    before = state.src[state.pos - 1 : state.pos]
    if state.pending:
        return before not in _HIDING
    return bool(state.tokens) and state.tokens[-1].type in ("softbreak", "hardbreak")


def replace_quote(state: StateInline, at: int, *, pairs: bool, inside: bool) -> Quote:
    """Set the quote at a position; `pairs`: the character before it is looked at, `inside`: and is of the same text."""
    src = state.src
    found = _RULES.match(src, at - 1 if pairs and src[at - 1] != "\\" else at)
    if found is None:
        return Quote(src[at - 1] if inside else "", src[at], at + 1)
    kind = str(found.lastgroup)
    text = src[at - 1] if inside else ""
    known = state.env.get("quotes")
    if known is None or known[0] is not state:
        known = state.env["quotes"] = (state, Counter())
    open_quotes: Counter[str] = known[1]
    if kind.startswith("both"):
        open_quotes.update(found[0][-2:])
        return Quote(text, "".join(_sign(state, sign, opens=True) for sign in found[0][-2:]), found.end())
    sign = src[found.end() - 1]
    between = src[at : found.end() - 1]  # a quote that stays straight before another
    opens = kind.startswith("open")
    last = state.tokens[-1] if state.tokens and at == state.pos and not state.pending else None
    if kind in ("open_single", "open_double") and last is not None and last.type in _ENDS:
        # a single dollar is text to kramdown, and a quote after text closes
        opens = open_quotes[sign] <= 0 and last.markup != "$"
    open_quotes[sign] += 1 if opens else -1
    return Quote(text + between, _sign(state, sign, opens=opens), found.end())


def _sign(state: StateInline, quote: str, *, opens: bool) -> str:
    signs: str = state.env.get("signs", _ENGLISH)
    return signs[2 * (quote == '"') + (not opens)]
