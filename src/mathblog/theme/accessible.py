"""HTML of a text -> the same for readers who hear it: kramdown's boxes of tasks have no name, and its empty heads are none."""

from typing import TYPE_CHECKING

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from mathblog.core.patterns import lazy_pattern
from mathblog.theme.sandbox.long_text import LongText

if TYPE_CHECKING:
    from mathblog.theme.views.words import Words

_BOX = 'class="task-list-item-checkbox"'
_INPUT = lazy_pattern(rf'<input (?=[^<>]*{_BOX})[^<>]*?(?=( checked="[^"]*")?\s*/?>)')
_EMPTY_HEAD = lazy_pattern(r"<th((?: [^<>]*)?)>(&nbsp;|\xa0|\s)*</th>")


@pass_context
def accessible(context: Context, html: object) -> Markup | LongText:
    """The HTML with a name for each box of a task, and cells for heads of a table that say nothing."""
    if isinstance(html, Markup | LongText) and _BOX not in html and "</th>" not in html:
        return html
    text = str(html)
    labels: Words = context["labels"]
    if _BOX in text:
        done, left = (escape(labels.get(name, word)) for name, word in (("task_done", "done"), ("task_open", "to do")))
        text = _INPUT.sub(
            lambda box: f'{box[0]} aria-label="{done if box[1] or " checked=" in box[0] else left}"', text
        )
    if "</th>" in text:
        text = _EMPTY_HEAD.sub(r"<td\1>\2</td>", text)
    return Markup(text)  # noqa: S704 - the author's own HTML, already rendered
