"""Quotes whose first line says what they are: `> [!theorem] Euler {#thm-euler}` (Obsidian), `> [!NOTE]` (GitHub)."""

from difflib import get_close_matches

from markdown_it.rules_block import StateBlock

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.blocks.lines import first_char
from mathblog.markdown.rules.statements.openings import Opening, kind_of, note, split_list
from mathblog.model.statements.kinds import CALLOUTS, StatementOptions

_ALIKE = 0.75
_LINE = lazy_pattern(r"\[!([^\W\d][\w-]*)(\*)?\]([+-])?(?:[ \t]+(.*))?$")


def opening_of(state: StateBlock, line: int, options: StatementOptions) -> Opening | None:
    """The opening that the first line of a quote is, None where it is text."""
    start, end = first_char(state, line), state.eMarks[line]
    if not state.src.startswith("[!", start):
        return None
    found = _LINE.match(state.src, start, end)
    if found is None:
        return None
    kind = kind_of(found[1], options)
    if not kind:
        near = get_close_matches(found[1].lower(), (*(kind.name for kind in options.kinds), *CALLOUTS), 1, _ALIKE)
        known = ", ".join(f"`{word}`" for word in (*(kind.name for kind in options.kinds[:3]), *CALLOUTS))
        message = f"`{found[1]}` is no kind of statements: this stays a quote"
        note(
            state,
            found.start(1),
            found.end(1),
            message,
            f"did you mean `{near[0]}`?"
            if near
            else f"there are {known} …; a kind of your own goes to `theorems.kinds`",
        )
        return None
    title, attributes = split_list((found[4] or "").strip())
    return Opening(kind, title, attributes, bool(found[2]), found[3] or "")
