r"""The first line of a statement that says what it is: `[!theorem] Euler {#thm-euler}`, `::: {#thm-euler .theorem}`, `\begin{theorem}[Euler]`.

A statement is the tokens `statement_open`, `statement_head_open`, the text of its title, `statement_head_close`, its blocks and
`statement_close`; a callout is the same with `callout_open` and `callout_close`. `gather.py` completes what stands in `meta`.
"""

from typing import NamedTuple

from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.attribute_lists import add
from mathblog.model.statements.kinds import CALLOUTS, StatementOptions
from mathblog.model.statements.names import kind_of_name

RESTATE = "restate"
_LIST = lazy_pattern(r"(?:^|(?<=[ \t]))\{:?(?=[ \t]*(?:[#.][^\s{}]|[\w:-]+=))((?:\\\}|[^{}\n])*)\}[ \t]*$")


class Opening(NamedTuple):
    """The head of a statement: `kind` is a kind of statements, a callout or `restate`; `attributes` the content of a list.

    `fold` is `-` for one that is closed at first, `+` for one that is open, '' for one that does not fold.
    """

    kind: str
    title: str = ""
    attributes: str = ""
    starred: bool = False
    fold: str = ""


def kind_of(word: str, options: StatementOptions) -> str:
    """The kind, the callout or `restate` that a word is; '' for any other word."""
    if kind := options.find(word):
        return kind.name
    lowered = word.lower().removeprefix("callout-")  # Quarto's
    if lowered in CALLOUTS or lowered == RESTATE:
        return lowered
    name = kind_of_name(word)
    return name if name in CALLOUTS or options.find(name) else ""


def split_list(text: str) -> tuple[str, str]:
    """A text and the content of the attribute list at its end: `Euler {#thm-euler}` is `Euler` and `#thm-euler`."""
    found = _LIST.search(text) if text.endswith("}") else None
    return (text[: found.start()].strip(), found[1]) if found else (text.strip(), "")


def push_opening(state: StateBlock, opening: Opening, first: int, last: int) -> Token:
    """Push the tokens up to the head, whose title stands in the line `first`; the blocks up to the line `last` are to follow."""
    name = "callout" if opening.kind in CALLOUTS else "statement"
    token = state.push(f"{name}_open", "section" if name == "statement" else "div", 1)
    token.map = [first, last]
    token.markup = opening.kind
    token.meta.update(kind=opening.kind, unnumbered=opening.starred, fold=opening.fold)
    add(token, opening.attributes, state.env.get("lists", {}))
    push_head(state, token, opening.title, first)
    state.env["statements"] = state.env["attributes"] = True
    return token


def push_closing(state: StateBlock, opening: Token) -> None:
    """Push the end of a statement."""
    state.push(opening.type.replace("_open", "_close"), opening.tag, -1).meta["opening"] = opening


def push_head(state: StateBlock, opening: Token, title: str, line: int) -> None:
    """Push the head of a statement, with the text of its title, which may be empty."""
    state.push("statement_head_open", "p", 1).meta["opening"] = opening
    text = state.push("inline", "", 0)
    text.content, text.map, text.children = title, [line, line + 1], []
    state.push("statement_head_close", "p", -1).meta["opening"] = opening


def note(state: StateBlock | StateCore, start: int, end: int, message: str, hint: str) -> None:
    """Note what is wrong with a statement, at offsets of the text."""
    state.env.setdefault("statement_problems", []).append((start, end, message, hint))
