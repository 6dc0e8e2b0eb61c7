"""Tokens -> statements: what quotes with a class of a kind, callouts, divisions and environments have in common.

`meta` of a `statement_open` then has the `kind`, the `title` in words, the `label`, the `number` that was given by hand, '' for none,
`unnumbered`, `of` (the label of what a proof proves), `fold`, and the offsets `start` and `end` of its first line.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.outline import words
from mathblog.markdown.rules.statements.ends import end_proof
from mathblog.markdown.rules.statements.heads import read_head
from mathblog.markdown.rules.statements.openings import RESTATE, note
from mathblog.model.statements.kinds import CALLOUTS, PROOF, StatementOptions

_HEAD = 4  # tokens of a statement before its blocks
_TITLES = ("title", "theorem-name", "name")
_CONTAINERS = frozenset(
    (PROOF, "solution", "example", "exercise", "problem", "remark")
)  # statements may stand in these
_SIGNS = lazy_pattern(r"[:_\s]+")


class Statement(NamedTuple):
    """A statement or a callout among tokens: `start` is the index of its opening, `end` that of its closing, `within` what it stands in."""

    opening: Token
    start: int
    end: int
    within: tuple[Token, ...]


def complete(state: StateCore, options: StatementOptions) -> None:
    """Give all statements of a text their heads, ends and labels, and put what is repeated into its place."""
    found = list(statements_in(state.tokens))
    lines = [0, *(mark.end() for mark in re.finditer("\n", state.src)), len(state.src) + 1]
    removed: set[int] = set()
    added: dict[int, list[Token]] = {}  # by the index before which they come
    for statement in found:
        first = statement.opening.map[0] if statement.opening.map else 0
        statement.opening.meta.update(start=lines[first], end=lines[first + 1] - 1)
        _settle(state, statement, options, lines)
        taken = _take_head(state, statement, options)
        removed |= taken
        state.tokens[statement.start + _HEAD + len(taken)].meta.pop("blank", None)  # the same HTML for all spellings
        meta, is_block = statement.opening.meta, statement.opening.type == "statement_open"
        holders = [token.meta["kind"] for token in statement.within if token.type == "statement_open"]
        if is_block and meta["kind"] != RESTATE and holders and not {holders[-1], meta["kind"]} & _CONTAINERS:
            message = f"this {meta['kind']} stands in a {holders[-1]}"
            note(state, meta["start"], meta["end"], message, f"end the {holders[-1]} before it")
    for statement in reversed(found):
        if statement.opening.meta["kind"] == PROOF:
            inside = range(statement.start + _HEAD, statement.end)
            added[statement.end] = end_proof([state.tokens[index] for index in inside if index not in removed])
    _restate(state, found, removed, added, options)
    state.tokens = _changed(state.tokens, range(len(state.tokens)), removed, added)


def statements_in(tokens: Sequence[Token]) -> Iterator[Statement]:
    """All statements and callouts, in the order of their openings."""
    opened: list[tuple[int, Token]] = []
    ends: dict[int, int] = {}
    order: list[tuple[int, tuple[Token, ...]]] = []
    for index, token in enumerate(tokens):
        if token.type in ("statement_open", "callout_open"):
            order.append((index, tuple(it for _, it in opened)))
            opened.append((index, token))
        elif token.type in ("statement_close", "callout_close"):
            ends[opened.pop()[0]] = index
    for start, within in order:
        yield Statement(tokens[start], start, ends[start], within)


def _settle(state: StateCore, statement: Statement, options: StatementOptions, lines: Sequence[int]) -> None:
    """Turn the attributes that say something about a statement into what they mean; the others stay."""
    token, attrs = statement.opening, dict(statement.opening.attrs)
    kind = options.find(token.meta["kind"])
    classes = str(attrs.pop("class", "")).split()
    meta = token.meta
    meta["id"] = str(attrs.pop("id", ""))
    meta.setdefault("label", meta["id"])  # that of `\\label`, as it is written
    meta["name"] = kind.title if kind else ""
    meta["number"] = str(attrs.pop("number", ""))
    meta["of"] = str(attrs.pop("of", ""))
    given = [str(attrs.pop(name)) for name in _TITLES if name in attrs]
    marks = {"unnumbered", "nonumber", "fold", RESTATE}
    if kind is None or not kind.numbered or marks & {"unnumbered", "nonumber"} & set(classes):
        meta["unnumbered"] = True
    meta.setdefault("unnumbered", False)
    meta["fold"] = meta.get("fold") or ("-" if "fold" in classes else "")
    own = {meta["kind"], *(word for word in classes if options.find(word.removesuffix("-title")) is kind and kind)}
    rest = [word for word in classes if word not in marks | own and word != f"callout-{meta['kind']}"]
    meta["style"] = PROOF if meta["kind"] == PROOF else kind.style if kind else ""
    token.attrs = {"class": " ".join([meta["kind"], *rest]), **attrs}
    head = state.tokens[statement.start + 2]
    if given and not head.content:  # the title stands in an attribute; its line is looked for
        start, last = token.map or (0, 0)
        start = max(start - 1, 0)
        at = state.src.find(given[0], lines[start], lines[min(last + 1, len(lines) - 1)])
        line = bisect_right(lines, at) - 1 if at >= 0 else start
        head.content, head.map, head.children = given[0], [line, line + 1], []
        state.md.inline.parse(given[0], state.md, state.env, head.children)
    elif meta["kind"] == RESTATE and head.content:
        meta["of"], head.content, head.children = meta["of"] or head.content, "", []


def _take_head(state: StateCore, statement: Statement, options: StatementOptions) -> set[int]:
    """Move what the text says first about a statement to its head; return the indexes of the tokens that are left empty."""
    start, meta = statement.start, statement.opening.meta
    head, blocks = state.tokens[start + 2], state.tokens[start + _HEAD : start + _HEAD + 3]
    removed: set[int] = set()
    kind = options.find(meta["kind"])
    if len(blocks) < 3 or start + _HEAD + 3 > statement.end:  # noqa: PLR2004 - a paragraph or a heading
        pass
    elif blocks[0].type == "heading_open" and meta.get("fenced") and not head.children:
        head.content, head.map, head.children = blocks[1].content, blocks[1].map, blocks[1].children
        removed = set(range(start + _HEAD, start + _HEAD + 3))
    elif blocks[0].type == "paragraph_open" and kind is not None:
        children = blocks[1].children or []
        if meta.get("first_line") and not head.children:
            breaks = [index for index, child in enumerate(children) if child.type in ("softbreak", "hardbreak")]
            end = breaks[0] if breaks else len(children)
            title: Sequence[Token] = children[:end]
            body: list[Token] | None = children[end + 1 :]
        else:
            found = read_head(kind, children, titled=bool(head.children))
            title, body = (found.title, found.body) if found else ((), None)
            if found:
                meta["number"] = meta["number"] or found.number
                meta["named"] = meta.get("named", False) or found.named
        if title and not head.children:
            head.content, head.map, head.children = blocks[1].content, blocks[1].map, list(title)
        if body is not None:
            blocks[1].children = body
            if not body:
                removed = set(range(start + _HEAD, start + _HEAD + 3))
    meta["title"] = words(head.children or ())
    return removed


def _changed(
    tokens: Sequence[Token], places: range, removed: Collection[int], added: Mapping[int, Sequence[Token]]
) -> list[Token]:
    """The tokens at some places without those that are removed, and with those that come before them."""
    changed: list[Token] = []
    for index in places:
        changed += added.get(index, ())
        if index not in removed:
            changed.append(tokens[index])
    return changed


def _restate(
    state: StateCore,
    found: Sequence[Statement],
    removed: set[int],
    added: dict[int, list[Token]],
    options: StatementOptions,
) -> None:
    """Put the blocks of a statement in the place of what repeats it."""
    labelled: dict[str, Statement] = {}
    for statement in found:
        if (label := statement.opening.meta["label"]) and statement.opening.meta["kind"] not in (RESTATE, *CALLOUTS):
            labelled.setdefault(_SIGNS.sub("-", label), statement)
        if command := statement.opening.meta.get("command"):
            labelled.setdefault(f"\\{command}", statement)
    for statement in found:
        meta = statement.opening.meta
        if meta["kind"] != RESTATE:
            continue
        original = labelled.get(_SIGNS.sub("-", meta["of"].strip()))
        if original is None or original.opening in statement.within:
            _refer_to_it(state, statement, options)
            continue
        repeat = Token("statement_repeat", "section", 0, map=statement.opening.map, block=True)
        repeat.meta.update({"blank": True} if "blank" in meta else {})
        inside = range(original.start, original.end + 1)
        repeat.meta["tokens"] = _changed(state.tokens, inside, removed, added)
        removed |= set(range(statement.start, statement.end + 1))
        added[statement.end] = [repeat]


def _refer_to_it(state: StateCore, statement: Statement, options: StatementOptions) -> None:
    """Put a reference into the head of what repeats a statement of another post, `??` where there is none; its own words stay."""
    meta, head = statement.opening.meta, state.tokens[statement.start + 2]
    name = meta["of"].strip()
    message = f"no statement `{name}` to repeat" if name else "`restate` does not say what it repeats"
    hint = 'give its label: `[!restate] thm-euler`, or `of="thm-euler"`'
    shown = Token("text", "", 0, content="??")
    if ":" in name and options.find(name.partition(":")[0]) is None:
        message = "a statement of another post is not repeated: a reference to it stands here"
        hint = "copy its words into the quote"
        shown = Token("reference", "", 0, content=name)
        shown.meta.update(command="cite", names=(name,), start=meta["start"], end=meta["end"])
        state.env["refers"] = True
    head.children, meta["named"] = [shown], True
    if shown.type == "reference" and statement.end > statement.start + _HEAD:
        return  # it has words
    note(state, meta["start"], meta["end"], message, hint)
