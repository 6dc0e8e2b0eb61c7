"""Quotes by kramdown's rule (`parser/blockquote.rb`): all lines up to a blank one belong to it, with a `>` or without."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.blocks.lazy_continuation import ends_lazy_text
from mathblog.markdown.rules.blocks.lines import begin, container, dedent, first_char, indent, parse_inside
from mathblog.markdown.rules.statements.callouts import opening_of
from mathblog.markdown.rules.statements.openings import push_closing, push_opening
from mathblog.model.options import MarkdownOptions

_MARK = lazy_pattern(r"> ?")
_DEEPEST = 3


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Replace markdown-it's rule; a quote may follow a line of text. Where the site has statements, its first line may open one."""

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        if silent or not _is_marked(state, start):
            return _is_marked(state, start)
        line = start + 1
        while line < end and not state.isEmpty(line) and indent(state, line) >= 0 and not ends_lazy_text(state, line):
            line += 1
        with container(state):
            for number in range(start, line):
                if _is_marked(state, number):
                    mark = _MARK.match(state.src, first_char(state, number), state.eMarks[number])
                    begin(state, number, mark.end() if mark else 0)
                else:
                    dedent(state, number, 0)
            opening = opening_of(state, start, options.statements) if options.statements else None
            if opening is None:
                state.push("blockquote_open", "blockquote", 1).map = [start, line]
                parse_inside(state, start, line)
                state.push("blockquote_close", "blockquote", -1)
            else:
                token = push_opening(state, opening, start, line)
                parse_inside(state, start + 1, line)
                push_closing(state, token)
        state.line = line
        return True

    md.block.ruler.at("blockquote", rule, {"alt": ["paragraph", "reference"]})


def _is_marked(state: StateBlock, line: int) -> bool:
    return state.src.startswith(">", first_char(state, line)) and indent(state, line) <= _DEEPEST
