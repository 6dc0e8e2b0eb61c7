r"""The mark at the end of a proof: one, on its last line, unless the author wrote one (amsthm's `\qed`)."""

import re
from collections.abc import Sequence

from markdown_it.token import Token

from mathblog.core.patterns import lazy_pattern

_MARK = r"[∎■□◼◻▪▮⬛⬜]|\\(?:blacksquare|square|qed|qedsymbol|Box|Square)(?![a-zA-Z])"
_IN_TEXT = lazy_pattern(rf"(?:{_MARK}|\bQ\.?\s?E\.?\s?D\b\.?)[\s.)\]]*$")
_IN_TEX = lazy_pattern(rf"(?:{_MARK})(?:[\s.,$&)}}\]]|\\[!,;: ]|\\q?quad|\\\\|\\end\{{[^{{}}]*\}})*$")
_COMMAND = lazy_pattern(r"(?<![\s~])[\s~]*+\\(?:qed|qedhere|qedsymbol)(?:\{\})?\s*$")
_HERE = "\\qedhere"
_CONTAINERS = frozenset(
    ("paragraph_close", "bullet_list_close", "ordered_list_close", "list_item_close", "dl_close", "dd_close")
)
_NO_TEXT = frozenset(("html_inline", "footnote_ref", "softbreak", "hardbreak"))


def end_proof(tokens: Sequence[Token]) -> list[Token]:
    """Mark the end of a proof, given its blocks; return tokens that are to follow them."""
    if _end_in_formula(tokens):
        return []
    for token in reversed(tokens):
        if token.type == "inline":
            _end_text(token)
            return []
        if token.type == "math_block":
            token.meta["qed"] = not _IN_TEX.search(token.content)
            return []
        if token.type not in _CONTAINERS:
            if token.type == "html_block" and _IN_TEXT.search(re.sub(r"<[^<>]*>|\s+$", "", token.content)):
                return []
            break
    text = Token("inline", "", 0, children=[Token("statement_end", "span", 0)], block=True)
    return [Token("paragraph_open", "p", 1, block=True), text, Token("paragraph_close", "p", -1, block=True)]


def _end_in_formula(tokens: Sequence[Token]) -> bool:
    r"""Whether a formula has `\qedhere`, which is taken out of its TeX: the mark stands behind it."""
    found = False
    for token in tokens:
        if token.type == "math_block" and _HERE in token.content:
            token.content = token.content.replace(_HERE, " " * len(_HERE))
            found = token.meta["qed"] = True
        elif token.type == "inline" and _HERE in token.content:
            children = token.children or []
            for index in range(len(children) - 1, -1, -1):
                if children[index].type == "math_inline" and _HERE in children[index].content:
                    children[index].content = children[index].content.replace(_HERE, " " * len(_HERE))
                    children.insert(index + 1, Token("statement_end", "span", 0))
                    found = True
    return found


def _end_text(token: Token) -> None:
    """Put the mark at the end of a text that has none; a command of LaTeX's for it gives way to it."""
    children = token.children = token.children or []
    shown = (child for child in reversed(children) if not child.nesting and child.type not in _NO_TEXT)
    # blanks and full stops could be no mark
    last = next((child for child in shown if child.type != "text" or child.content.strip(" \t\n.)]")), None)
    if last is not None and last.type == "text":
        if command := _COMMAND.search(last.content):
            last.content = last.content[: command.start()]
        elif _IN_TEXT.search(last.content):
            return
    elif last is not None and last.type == "math_inline" and _IN_TEX.search(last.content):
        return
    while children and children[-1].type in ("softbreak", "hardbreak"):
        children.pop()
    children.append(Token("statement_end", "span", 0))
