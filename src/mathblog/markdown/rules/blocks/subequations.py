r"""`\begin{subequations}` and `\end{subequations}` on lines of their own: what stands between is Markdown, its equations count as parts."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from mathblog.core.patterns import lazy_pattern
from mathblog.model.options import MarkdownOptions

_LABEL = r"(?:\\label\{([^{}\n]{1,500})\}[ \t]*)?(?:%[^\n]*)?"
_LINE = lazy_pattern(rf"\\(begin|end)\{{subequations\}}[ \t]*{_LABEL}$")
_NEXT = lazy_pattern(rf"[ \t]*{_LABEL}$")


def install(md: MarkdownIt, _options: MarkdownOptions) -> None:
    """Add the block rule; it may end a paragraph."""
    md.block.ruler.before("fence", "subequations", _rule, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def _rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(("\\begin{subeq", "\\end{subeq"), start) or state.is_code_block(start_line):
        return False
    found = _LINE.match(state.src, start, state.eMarks[start_line])
    if found is None:
        return False
    if silent:
        return True
    last_line, label = start_line + 1, found[2]
    if found[1] == "begin" and not label and last_line < end_line:
        following = _NEXT.match(state.src, state.bMarks[last_line], state.eMarks[last_line])
        if following and following[1]:
            last_line, label = last_line + 1, following[1]
    token = state.push("subequations_open" if found[1] == "begin" else "subequations_close", "", 0)
    token.map = [start_line, last_line]
    token.hidden = True
    token.meta["label"] = " ".join((label or "").split())
    state.env["refers"] = True
    state.line = last_line
    return True
