r"""Environments as in LaTeX, with Markdown in them: `\begin{theorem}[Euler]\label{thm:euler}` up to `\end{theorem}`.

Those of thm-restate, too: `\begin{restatable}[Euler]{theorem}{euler}` is one that `\euler*`, on a line of its own, repeats.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.blocks.lines import begin, container, dedent, end_at, first_char, indent, parse_inside
from mathblog.markdown.rules.statements.openings import RESTATE, Opening, note, push_closing, push_opening
from mathblog.model.options import MarkdownOptions
from mathblog.model.statements.kinds import PROOF, StatementOptions

_LABEL = lazy_pattern(r"\s*\\label[ \t]*\{([^{}\n]*)\}[ \t]*")
_SPACES = lazy_pattern(r"[: \t]+")
_REST = lazy_pattern(r"[ \t]*(?:\n|\Z)")
_DEEPEST = 3
_RESTATABLE = "restatable"
_BEGIN = lazy_pattern(r"\\begin[ \t]*\{([^{}\n*]{1,60})(\*)?\}")
_MARK = lazy_pattern(r"\\(begin|end)[ \t]*\{([^{}\n*]{1,60})(\*?)\}")
_ARGUMENTS = lazy_pattern(
    r"[ \t]*\{([A-Za-z]+)(\*?)\}[ \t]*\{([A-Za-z]+)\}"
)  # the kind, and the command that repeats it
_AGAIN = lazy_pattern(r"\\([A-Za-z]+)\*[ \t]*$")


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Add a block rule, where the site has statements."""
    if options.statements is None:
        return
    statements = options.statements

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        at = first_char(state, start)
        if not state.src.startswith("\\begin", at) or indent(state, start) > _DEEPEST:
            return "restatable" in state.env and _repeat(state, at, start, silent=silent)
        found = _BEGIN.match(state.src, at, state.eMarks[start])
        if found is None or not _is_kind(found[1], statements):
            return False
        closing = _closing(state, statements, at, end)
        if closing is None:
            if not silent:
                behind = next(_marks(state, statements, found.end(), state.eMarks[end - 1]), None)
                wrong = behind and behind[1] == "end" and behind[2] + behind[3] != found[1] + (found[2] or "")
                message = (
                    f"`{found[0]}` is closed by `{behind[0]}`" if wrong and behind else f"`{found[0]}` is never closed"
                )
                hint = f"add `\\end{{{found[1]}{found[2] or ''}}}` at the end of a line"
                note(state, at, found.end(), message, "give both the same name" if wrong else hint)
            return False
        opening, inner, command = _read_opening(state, found, start, statements)
        if opening is None:
            return False
        if not silent:
            token = _push(state, opening, inner, closing, start)
            if command:
                token.meta["command"] = command
                state.env.setdefault("restatable", set()).add(command)
        return True

    md.block.ruler.before(
        "math_block", "statement_environment", rule, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )


def _read_opening(
    state: StateBlock, found: re.Match[str], start: int, options: StatementOptions
) -> tuple[Opening | None, int, str]:
    r"""The statement that `\begin{…}` opens, None for nothing, where it goes on, and the command that is to repeat it, '' for none."""
    inner = found.end()
    if kind := options.find_by_name(found[1]):
        return Opening(kind.name, starred=bool(found[2])), inner, ""
    title, inner = _take_title(state.src, inner, state.eMarks[start])
    given = _ARGUMENTS.match(state.src, inner, state.eMarks[start])
    kind = options.find_by_name(given[1]) if given else None
    if given is None or kind is None:
        return None, inner, ""
    return Opening(kind.name, title, starred=bool(found[2] or given[2])), given.end(), given[3]


def _repeat(state: StateBlock, at: int, start: int, *, silent: bool) -> bool:
    r"""`\euler*` alone on a line repeats what `restatable` called so."""
    found = _AGAIN.match(state.src, at, state.eMarks[start])
    if found is None or found[1] not in state.env["restatable"]:
        return False
    if not silent:
        push_closing(state, push_opening(state, Opening(RESTATE, f"\\{found[1]}"), start, start + 1))
        state.line = start + 1
    return True


def _push(state: StateBlock, opening: Opening, inner: int, closing: tuple[int, int], start: int) -> Token:
    inner_end, last = closing[0], bisect_left(state.eMarks, closing[1], start, state.lineMax)
    title = opening.title
    if not title:
        title, inner = _take_title(state.src, inner, min(inner_end, state.eMarks[start]))
    label = _LABEL.match(state.src, inner, inner_end)
    attributes = ""
    if label:
        inner, attributes = label.end(), f"#{_SPACES.sub('-', label[1].strip())}"  # an id, which holds no blank
    first = bisect_left(state.eMarks, inner, start, last)
    token = push_opening(state, opening._replace(title=title, attributes=attributes), start, last + 1)
    if label:
        token.meta["label"] = label[1].strip()
    if opening.kind == PROOF and title:
        token.meta["named"] = True  # amsthm: the text in brackets is the head
    with container(state):
        end_at(state, last, max(inner_end, state.bMarks[last]))
        begin(state, first, inner)
        inside = range(first + 1, last + 1)
        filled = (line for line in inside if state.src[first_char(state, line) : state.eMarks[line]].strip())
        depth = min((indent(state, line) for line in filled), default=0)
        for line in inside:
            dedent(state, line, max(depth, 0))
        parse_inside(state, first, last + 1)
    push_closing(state, token)
    state.line = last + 1
    return token


def _take_title(src: str, at: int, end: int) -> tuple[str, int]:
    """The text in the brackets that follow, '' without, and where it ends. Brackets within braces and formulas do not count."""
    start = at
    while start < end and src[start] in " \t":
        start += 1
    if start >= end or src[start] != "[":
        return "", at
    depth, in_formula, place = 0, False, start
    while place < end:
        sign = src[place]
        if sign == "\\":
            place += 1
        elif sign == "$":
            in_formula = not in_formula
        elif not in_formula and sign in "[{":
            depth += 1
        elif not in_formula and sign in "]}":
            depth -= 1
            if not depth:
                title = src[start + 1 : place].strip()
                return title if "$" in title else title.replace("~", "\N{NO-BREAK SPACE}"), place + 1
        place += 1
    return "", at


def _is_kind(word: str, options: StatementOptions) -> bool:
    return word.lower() == _RESTATABLE or options.find_by_name(word) is not None


def _marks(state: StateBlock, options: StatementOptions, at: int, limit: int) -> Iterator[re.Match[str]]:
    """The beginnings and ends of statements from a place on."""
    return (mark for mark in _MARK.finditer(state.src, at, limit) if _is_kind(mark[2], options))


def _closing(state: StateBlock, options: StatementOptions, at: int, end: int) -> tuple[int, int] | None:
    r"""The place of the `\end` of what begins at an offset. All environments of a container are paired at once."""
    limit = state.eMarks[end - 1]
    pairs: dict[tuple[int, int], tuple[int, int] | None] = state.env.setdefault("statement_environments", {})
    key = (at, limit)
    if key not in pairs:
        opened: list[tuple[str, int]] = []
        for mark in _marks(state, options, at, limit):
            name = mark[2] + mark[3]
            if mark[1] == "begin":
                opened.append((name, mark.start()))
            elif any(it[0] == name for it in opened[-_DEEPEST * 4 :]) and _REST.match(state.src, mark.end(), limit):
                while opened[-1][0] != name:
                    pairs[opened.pop()[1], limit] = None
                pairs[opened.pop()[1], limit] = (mark.start(), mark.end())
        pairs.update({(place, limit): None for _, place in opened})
    return pairs[key]
