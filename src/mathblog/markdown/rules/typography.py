"""Typographic quotes, dashes and ellipses in running text (kramdown's `typographic_symbol.rb` and `smart_quotes.rb`).

Formulas and code are tokens of their own by now, so nothing in them changes; neither does an escaped character.
"""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from mathblog.model.options import MarkdownOptions

_SYMBOLS = {"---": "—", "--": "–", "...": "…"}
_SIGN = re.compile(r"---|--|\.\.\.|<<[ \t]?|[ \t]?>>|[\"']")
_DECADE = re.compile(r"'\d\ds\b")
_OPENS_AFTER = " \t\n\r([{<-–—\u00a0/=“‘«|"
_INVISIBLE = ("em_open", "em_close", "strong_open", "strong_close", "s_open", "s_close", "link_open", "link_close")


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Add a core rule between the inline rules and the joining of texts."""
    if options.smart_quotes:
        md.core.ruler.before("text_join", "typography", _change)


def _change(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and token.children and _SIGN.search(token.content):
            _change_text(token.children)


def _change_text(tokens: Sequence[Token]) -> None:
    before = ""
    for index, token in enumerate(tokens):
        if token.type == "text":
            if _SIGN.search(token.content):
                token.content = _replace(token.content, before, _char_after(tokens, index))
            before = token.content[-1:] or before
        elif token.type in ("softbreak", "hardbreak"):
            before = "\n"
        elif token.type not in _INVISIBLE:
            before = token.content[-1:] or "x"


def _char_after(tokens: Sequence[Token], index: int) -> str:
    for token in tokens[index + 1 :]:
        if token.type in ("softbreak", "hardbreak"):
            return "\n"
        if token.type not in _INVISIBLE and token.content:
            return token.content[0]
    return ""


def _replace(text: str, before: str, after: str) -> str:
    def change(match: re.Match[str]) -> str:
        sign = match[0]
        if sign in _SYMBOLS:
            return _SYMBOLS[sign]
        if "<<" in sign:
            return "«" + ("\u00a0" if sign != "<<" else "")
        if ">>" in sign:
            return ("\u00a0" if sign != ">>" else "") + "»"
        left = text[match.start() - 1] if match.start() else before
        right = text[match.end()] if match.end() < len(text) else after
        opens = (not left or left in _OPENS_AFTER or left in "\"'") and not (not right or right.isspace())
        if sign == '"':
            return "“" if opens else "”"
        return "‘" if opens and not _DECADE.match(text, match.start()) else "’"

    return _SIGN.sub(change, text)
