"""Fenced divisions: `::: {#thm-euler .theorem}` (Pandoc, Quarto), `:::{prf:theorem} Euler` (MyST), `::: theorem Euler`, up to `:::`."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.attribute_lists import add
from mathblog.markdown.rules.blocks.lines import container, dedent, first_char, indent, parse_inside
from mathblog.markdown.rules.statements.openings import Opening, kind_of, note, push_closing, push_opening, split_list
from mathblog.model.options import MarkdownOptions
from mathblog.model.statements.kinds import StatementOptions

_FENCE = lazy_pattern(r":{3,}(.*)$")
_DIRECTIVE = lazy_pattern(r"\{(?:prf:)?([^\W\d][\w-]*)(\*)?\}(?:[ \t]+(.*))?$")
_WORD = lazy_pattern(r"\.?([^\W\d][\w-]*)(\*)?(?:\[(.*)\]|(?=[ \t{])(.*))?$")
_ATTRIBUTES = lazy_pattern(r"\{:?([^{}]*)\}$")
_OPTION = lazy_pattern(r":(label|name|class|nonumber|number|of):(.*)$")
_BARE = lazy_pattern(r"(?<!\S)(?:unnumbered|nonumber|fold)(?!\S)")
_DEEPEST = 3


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Add a block rule, where the site has statements."""
    if options.statements is None:
        return
    statements = options.statements

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        at = first_char(state, start)
        if not state.src.startswith(":::", at) or indent(state, start) > _DEEPEST:
            return False
        found = _FENCE.match(state.src, at, state.eMarks[start])
        opening = _read(found[1].strip(), statements) if found else None
        if found is None or opening is None:
            return False
        last = closing_line(state, start, end)
        if last is None:
            if not silent:
                message = f"`:::` opens a {opening.kind} that is never closed"
                note(state, at, found.end(), message, "close it with `:::` on a line of its own")
            return False
        if not silent:
            token = push_opening(state, opening, start, last + 1)
            token.meta["fenced"] = True
            first = _take_options(state, token, start + 1, last)
            with container(state):
                for line in range(first, last):
                    dedent(state, line, 0)
                parse_inside(state, first, last)
            push_closing(state, token)
            state.line = last + 1
        return True

    md.block.ruler.before("fence", "statement_fence", rule, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def _read(info: str, options: StatementOptions) -> Opening | None:
    """Return the head behind the colons, None where it is no statement."""
    if found := _DIRECTIVE.match(info):
        kind = kind_of(found[1], options)
        title, attributes = split_list(found[3] or "")
        return Opening(kind, title, attributes, bool(found[2])) if kind else None
    if found := _ATTRIBUTES.match(info):
        attributes = _BARE.sub(r".\g<0>", found[1])
        token = Token("", "", 0)
        add(token, attributes, {})
        words = str(token.attrs.get("class", "")).split()
        named = options.of_label(str(token.attrs.get("id", "")))
        kind = next(filter(None, (kind_of(word, options) for word in words)), named.name if named else "")
        return Opening(kind, "", attributes) if kind else None
    if found := _WORD.match(info):
        kind = kind_of(found[1], options)
        title, attributes = split_list(found[3] or found[4] or "")
        return Opening(kind, title, attributes, bool(found[2])) if kind else None
    return None


def closing_line(state: StateBlock, start: int, end: int) -> int | None:
    """The line that closes the fence in a line. All fences of a container are paired at once, so that none is looked for twice."""
    pairs: dict[tuple[int, int], int | None] = state.env.setdefault("statement_fences", {})
    key = (first_char(state, start), end)
    if key not in pairs:
        opened: list[tuple[int, int]] = []
        code = ""
        for line in range(start, end):
            at, stop = first_char(state, line), state.eMarks[line]
            sign = state.src[at : at + 3]
            if sign in ("```", "~~~") and (not code or (code == sign and not state.src[at:stop].strip().strip("`~"))):
                code = "" if code else sign
            elif sign == ":::" and not code and indent(state, line) >= 0:
                if state.src[at:stop].strip().strip(":"):
                    opened.append((at, end))
                elif opened:
                    pairs[opened.pop()] = line
        for left in opened:
            pairs[left] = None
        pairs.setdefault(key, None)
    return pairs[key]


def _take_options(state: StateBlock, token: Token, first: int, last: int) -> int:
    """Read MyST's options below the head (`:label: thm-euler`); return the line after them."""
    line = first
    while line < last and (found := _OPTION.match(state.src, first_char(state, line), state.eMarks[line])):
        name, value = found[1], found[2].strip()
        if name in ("label", "name") and value:
            token.attrSet("id", value)
        elif name == "class" and value:
            token.attrJoin("class", value.replace("dropdown", "fold"))
        elif name == "nonumber":
            token.meta["unnumbered"] = True
        elif value:
            token.attrSet(name, value)
        line += 1
    return line
