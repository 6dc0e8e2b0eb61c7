"""kramdown's extensions (`extensions.rb`): `{::comment}`, `{::nomarkdown}` and `{::options}`, as blocks and in a line."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.blocks.lines import first_char, indent
from mathblog.markdown.rules.inline_options import note_options
from mathblog.markdown.rules.math import scanner_of
from mathblog.model.options import MarkdownOptions

_START = lazy_pattern(r"\{::(comment|nomarkdown|options)(?:[ \t]((?:\\\}|[^}\n])*?))?[ \t]*(/)?\}")
_END = lazy_pattern(r"[ \t]*$")
_TYPE = lazy_pattern(r"\btype=[\"']([^\"']*)[\"']")
_DEEPEST = 3
_LONGEST = 400  # characters of an opening in running text


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Add a rule for blocks and one for running text, both before those of attribute lists."""

    def inline(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        if state.src[state.pos] != "{":
            return False
        found = _START.match(state.src, state.pos, min(state.posMax, state.pos + _LONGEST))
        if found is None:
            return False
        end = inner_end = found.end()
        if not found[3]:
            scanner = scanner_of(state, options)
            places = [(scanner.find(mark, end), len(mark)) for mark in ("{:/}", f"{{:/{found[1]}}}")]
            inner_end, length = min((place for place in places if place[0] >= 0), default=(-1, 0))
            end = inner_end + length
            if not 0 <= inner_end <= state.posMax - length:
                return False
        if not silent and found[1] == "options":
            note_options(state.env, found[2] or "")
        elif not silent and found[1] == "nomarkdown" and _is_html(found[2]):
            state.push("html_inline", "", 0).content = state.src[found.end() : inner_end]
        elif not silent and found[1] == "comment" and not found[3]:
            state.push("html_inline", "", 0).content = _comment(state.src[found.end() : inner_end])
        state.pos = end
        return True

    md.block.ruler.before("fence", "extensions", _block)
    md.inline.ruler.before("escape", "extensions", inline)


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    at, line_end = first_char(state, start), state.eMarks[start]
    if silent or not state.src.startswith("{::", at) or indent(state, start) > _DEEPEST:
        return False
    found = _START.match(state.src, at, line_end)
    if found is None or not _END.match(state.src, found.end(), line_end):
        return False
    last = start
    if not found[3]:
        missing: set[tuple[str, str, int]] = state.env.setdefault("missing", set())
        key, closing = (state.src, found[1], end), (f"{{:/{found[1]}}}", "{:/}")
        lines = range(start + 1, end) if key not in missing else ()
        texts = ((line, state.src[first_char(state, line) : state.eMarks[line]].rstrip()) for line in lines)
        last = next((line for line, text in texts if text in closing), 0)
        if not last:
            missing.add(key)  # what was not found once is not looked for again
            return False
    if found[1] == "options":
        note_options(state.env, found[2] or "")
    elif found[1] == "nomarkdown" and _is_html(found[2]) and not found[3]:
        token = state.push("html_block", "", 0)
        token.content = state.getLines(start + 1, last, state.blkIndent, keepLastLF=True)
        token.map = [start + 1, last]
    elif found[1] == "comment" and not found[3]:
        words = state.getLines(start + 1, last, state.blkIndent, keepLastLF=False).strip()
        token = state.push("html_block", "", 0)
        token.content, token.map = f"{_comment(words)}\n", [start + 1, last]
    state.line = last + 1
    return True


def _comment(words: str) -> str:
    """A comment in the page, which no words of it end."""
    return f"<!-- {words.replace('-->', '--&gt;')} -->"


def _is_html(attributes: str | None) -> bool:
    """Whether raw text is for HTML: it says so, or says nothing."""
    asked = _TYPE.search(attributes or "")
    return asked is None or "html" in asked[1].split()
