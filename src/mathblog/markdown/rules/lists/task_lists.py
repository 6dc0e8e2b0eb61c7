"""Task lists: `- [x] done`, with the classes of kramdown's GFM parser."""

from functools import partial

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from mathblog.core.patterns import lazy_pattern
from mathblog.model.options import MarkdownOptions

_BOX = lazy_pattern(r"\[([ xX])\]\s+(?=\S)")


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Add a core rule that turns the mark at the start of a list item into a checkbox."""
    md.core.ruler.after("inline", "task_lists", partial(_mark, kramdown=options.kramdown))


def _mark(state: StateCore, *, kramdown: bool) -> None:
    if not _BOX.search(state.src):
        return
    lists: list[Token] = []
    for index, token in enumerate(state.tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(token)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            if lists[-1].meta.get("tasks"):
                lists[-1].attrJoin("class", "task-list")
            lists.pop()
        elif token.type == "list_item_open":
            inline = state.tokens[index + 2] if state.tokens[index + 1].type == "paragraph_open" else None
            box = _BOX.match(inline.content) if inline else None
            children = (inline.children if inline else None) or []
            if inline and box and children and children[0].content.startswith(box[0].rstrip()):
                children[0].content = children[0].content[len(box[0].rstrip()) :].lstrip()
                checked = "" if box[1] == " " else ' checked="checked"'
                html = f'<input type="checkbox" class="task-list-item-checkbox" disabled="disabled"{checked} />'
                inline.children = [Token("html_inline", "", 0, content=html), *children]
                lists[-1].meta["tasks"] = True
                token.attrJoin("class", "task-list-item")
            elif kramdown and lists[-1].meta.get("tasks"):  # kramdown marks each item after the first that has a box
                token.attrJoin("class", "task-list-item")
