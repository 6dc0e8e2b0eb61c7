"""Ids of headings, as kramdown's GFM parser makes them (`parser-gfm`, `gfm.rb`, `generate_gfm_header_id`)."""

import unicodedata
from collections import Counter
from functools import partial

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.inline_options import auto_ids
from mathblog.model.options import MarkdownOptions

_IN_ID = ("text", "code_inline", "math_inline", "reference")
_IS_LABEL = lazy_pattern(r"sec[-:]\w")
_NO_LETTERS = lazy_pattern(r"^[^a-zA-Z]+")
_NOT_PLAIN = lazy_pattern(r"[^a-zA-Z0-9 -]")
# Ruby's `\p{Word}`: letters, marks, decimal digits, connecting punctuation
_WORD_CATEGORIES = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Pc"))


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Add a core rule that gives every heading without an id the one made from its text."""
    if options.auto_ids:
        md.core.ruler.push("heading_ids", partial(_give_ids, prefix=options.auto_id_prefix))


def _give_ids(state: StateCore, *, prefix: str) -> None:
    if not auto_ids(state.env):
        return
    in_text: Counter[str] = Counter()
    in_html: Counter[str] = Counter()
    depth = 0
    for index, token in enumerate(state.tokens):
        if token.type == "html_block":
            depth += int(token.meta.get("holds", 0))
        if token.type == "heading_open" and _IS_LABEL.match(str(token.attrs.get("id", ""))):
            _label(state, state.tokens[index + 1], str(token.attrs["id"]))
        if token.type == "heading_open" and "id" not in token.attrs:
            text = raw_text(state.tokens[index + 1])
            if depth:  # in HTML elements the id is that of kramdown without GFM (`converter/base.rb`, `generate_id`)
                base = _NOT_PLAIN.sub("", _NO_LETTERS.sub("", text)).replace(" ", "-").lower() or "section"
            else:
                base = slugify(text)
            seen = in_html if depth else in_text
            if base:
                token.attrSet("id", f"{prefix}{base}-{seen[base]}" if seen[base] else prefix + base)
                seen[base] += 1


def _label(state: StateCore, heading: Token, name: str) -> None:
    r"""`{#sec-bound}` names a heading, as in Quarto and as `\label{sec:bound}` does."""
    children = heading.children or []
    if not any(token.meta.get("command") == "label" for token in children):
        children.append(Token("reference", "", 0, map=heading.map, meta={"command": "label", "names": (name,)}))
        state.env["refers"] = True


def raw_text(heading: Token) -> str:
    """The text of a heading without its formatting; formulas and code as their source."""
    pieces: list[str] = []
    is_labelled = False
    for token in heading.children or ():
        if token.meta.get("command") == "label":
            is_labelled = True
        if token.type not in _IN_ID or token.meta.get("command") == "label":
            continue
        text = token.content
        if token.type == "math_inline" and token.markup != "$$":
            # the blanks in its delimiters belong to the text, but kramdown strips them in its own, `$$`
            before, after = heading.content[: token.meta["start"]], heading.content[token.meta["end"] :]
            text = " " * (len(before) - len(before.rstrip())) + text + " " * (len(after) - len(after.lstrip()))
        pieces.append(text)
    return "".join(pieces).strip() if is_labelled else "".join(pieces)


def slugify(text: str) -> str:
    """Lower case, word characters, hyphens, and a hyphen for each blank: Hangul and digits stay."""
    return "".join(
        "-" if char in " \t" else char
        for char in text.lower()
        if char in "- \t" or unicodedata.category(char) in _WORD_CATEGORIES
    )
