r"""References in running text: `\eqref{x}`, `\hyperref[x]{words}`, `@eq-x`, `[@eq-x; @thm-y]`, and `\label{x}`.

The tokens `reference` and `citation_open` … `citation_close` keep what was written. What they show is put in when the numbers of the
page are known (`pipeline/numbering`); where nobody puts it in they are text.
"""

import re
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from mathblog.core.patterns import lazy_pattern
from mathblog.model.options import MarkdownOptions
from mathblog.text.tex.references import COMMANDS, LABEL, REFERENCE

OF_SEVERAL = ("cref", "Cref", "labelcref", "autoref", "zcref")  # commands that take several names
COMMAND = lazy_pattern(REFERENCE)
_COMMAND = lazy_pattern(rf"\\(?:({COMMANDS})\*?|(label)|(?=[cC]refrange)(\w+)\*?{LABEL}){LABEL}")
_HYPERREF = lazy_pattern(r"\\hyperref\[([^\[\]{}\n]{1,500})\]\{")
_LONGEST = 2000  # characters of its words
_BRACES = lazy_pattern(r"\\.|[{}]", re.DOTALL)
ALONE = lazy_pattern(rf"\s*{REFERENCE}\s*")  # a formula that is nothing else
_PREFIXES = "eq|thm|lem|prp|prop|cor|def|exm|ex|rem|cnj|exr|fig|tbl|sec"
CERTAIN = frozenset(("eq", "thm", "lem", "prp", "prop", "cor", "fig", "tbl", "sec"))  # prefixes of nothing but labels
_BARE = lazy_pattern(rf"@((?:{_PREFIXES})[-:][\w.:-]*\w)")
BRACKET = lazy_pattern(r"\[([^\[\]@\n`]{0,200}@[^\[\]\n`]{1,2000})\](?!\{)")
# `\cite[Theorem $3$]{key}`: only those with a formula or a reference in a note; others stay in one text
_SHOWN = r"(?:\[[^\[\]\n$]{0,500}\])?\[[^\[\]\n]{0,500}?(?:\$|ref[ ]?\{)"
_NOTED = lazy_pattern(
    rf"\\[A-Za-z]*[cC]ite[a-z]*\*?(?={_SHOWN})(?:\[[^\[\]\n]{{0,500}}\]){{1,2}}\{{[^{{}}\n]{{1,500}}\}}"
)
_MORE = lazy_pattern(r"(?:(?:\[[^\[\]\n]{0,500}\]){0,2}\{[^{}\n]{1,500}\})*")  # of `\parencites[$x$]{a}[p. 4]{b}`
_CITETEXT = "\\citetext{"  # natbib's, whose words are Markdown
_BETWEEN = lazy_pattern(r";|,(?=\s*-?@)")  # of items: some write commas
_KEY = lazy_pattern(r"(?<![\w@/])(-?)@(\{[^{}\n]+\}|\w(?:[\w:.#$%&+?<>~/-]*[\w/])?)")


class ReferenceItem(NamedTuple):
    """One item of `[see @key, p. 3; -@other]`: what stands before and behind the key; `bare` says that the author is left out."""

    key: str
    before: str = ""
    behind: str = ""
    bare: bool = False


def install(md: MarkdownIt, _options: MarkdownOptions) -> None:
    """Add the rules: of commands before escapes, of brackets behind links, which may look the same."""
    md.inline.ruler.before("escape", "reference", _command)
    md.inline.ruler.before("escape", "noted_citation", _noted)
    md.inline.ruler.after("link", "citation", _citation)
    md.inline.ruler.push("bare_reference", _bare)


def _command(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    found = _COMMAND.match(state.src, state.pos, state.posMax)
    if found is None:
        return state.src.startswith("\\hyperref[", state.pos) and _words(state, silent=silent)
    names = f"{found[4]},{found[5]}" if found[3] else found[5]
    if not names.strip(" ,"):
        return False
    if not silent:
        push_reference(state, found[1] or found[2] or found[3], names, found.start(), found.end())
    state.pos = found.end()
    return True


def _closing(state: StateInline, start: int) -> int:
    """Where the brace is that closes one before `start`, -1 for nowhere."""
    depth = 1
    for brace in _BRACES.finditer(state.src, start, min(state.posMax, start + _LONGEST)):
        depth += (brace[0] == "{") - (brace[0] == "}")
        if not depth:
            return brace.start()
    return -1


def _words(state: StateInline, *, silent: bool) -> bool:
    r"""`\hyperref[label]{words}`: a link whose words are Markdown; it leads to the label when the labels of the page are known."""
    found = _HYPERREF.match(state.src, state.pos, state.posMax)
    end = _closing(state, found.end()) if found else -1
    if found is None or end < 0 or state.linkLevel:
        return False
    if not silent:
        limit, start = state.posMax, state.pos
        name = " ".join(found[1].split())
        state.push("link_open", "a", 1).attrs = {"href": f"#{name}"}
        state.tokens[-1].meta.update(label=name, start=start, end=found.end() - 1)
        state.pos, state.posMax = found.end(), end
        state.linkLevel += 1
        state.md.inline.tokenize(state)
        state.linkLevel -= 1
        state.posMax = limit
        state.push("link_close", "a", -1)
        state.env["refers"] = True
    state.pos = end + 1
    return True


def _bare(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    start = state.pos
    found = _BARE.match(state.src, start, state.posMax)
    if found is None or (start and (state.src[start - 1].isalnum() or state.src[start - 1] in "@/_")):
        return False
    if not silent:
        push_reference(state, "at", found[1], start, found.end())
    state.pos = found.end()
    return True


def names_of(command: str, written: str) -> tuple[str, ...]:
    """The names in the braces of a command."""
    split = command in (*OF_SEVERAL, "crefrange", "Crefrange")
    return tuple(name for it in (written.split(",") if split else [written]) if (name := " ".join(it.split())))


def push_reference(state: StateInline, command: str, names: str, start: int, end: int) -> None:
    r"""Push a reference that stands from `start` to `end`; only `\cref` and its like take several names. A star (no link, in LaTeX) changes nothing."""
    token = state.push("reference", "", 0)
    token.content = state.src[start:end]
    token.meta.update(command=command, names=names_of(command, names), start=start, end=end)
    state.env["refers"] = True


def _citation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    start = state.pos
    if state.src.find("@", start, state.posMax) < 0:
        return False
    found = BRACKET.match(state.src, start, state.posMax)
    items = read_items(found[1]) if found else ()
    if found is None or not items:
        return False
    if not silent:
        _push_citation(state, items, found.end())
    state.pos = found.end()
    return True


def _noted(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    if state.src.startswith(_CITETEXT, state.pos):
        end = _closing(state, state.pos + len(_CITETEXT)) + 1
    else:
        found = _NOTED.match(state.src, state.pos, state.posMax)
        end = found.end() if found else 0
        if found and "cites" in found[0].partition("[")[0] and (more := _MORE.match(state.src, end, state.posMax)):
            end = more.end()
    if end and not silent:
        _push_citation(state, (), end)
    state.pos = end or state.pos
    return end > 0


def _push_citation(state: StateInline, items: tuple[ReferenceItem, ...], end: int) -> None:
    """Push a citation up to `end`, in brackets with items or a command without, around what is shown if its keys are unknown."""
    opening = state.push("citation_open", "", 0)
    opening.content = state.src[state.pos]
    opening.meta.update(items=items, start=state.pos, end=end)
    limit = state.posMax
    state.pos, state.posMax = state.pos + 1, end - 1
    state.md.inline.tokenize(state)
    state.posMax = limit
    state.push("citation_close", "", 0).content = state.src[end - 1]
    state.env["refers"] = True


def read_items(written: str) -> tuple[ReferenceItem, ...]:
    """The items between the brackets (Pandoc's grammar); () where one of them has no key."""
    items = []
    for part in _BETWEEN.split(written):
        key = _KEY.search(part)
        if key is None:
            return ()
        items.append(
            ReferenceItem(key[2].strip("{}"), part[: key.start()].strip(), part[key.end() :].strip(), bool(key[1]))
        )
    return tuple(items)
