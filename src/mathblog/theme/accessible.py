"""HTML of a text -> the same for the page: kramdown's boxes of tasks have no name, its empty heads are none, pictures may be for dark pages."""

from typing import TYPE_CHECKING

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from mathblog.core.patterns import lazy_pattern
from mathblog.theme.sandbox.long_text import LongText

if TYPE_CHECKING:
    from mathblog.theme.views.words import Words

_BOX = 'class="task-list-item-checkbox"'
_DARK = 'media="screen and (prefers-color-scheme: dark)"'  # as `pipeline/images/pictures.py` writes it
_MEDIA = {"light": 'media="not all"', "dark": 'media="screen"'}
_INPUT = lazy_pattern(rf'<input (?=[^<>]*{_BOX})[^<>]*?(?=( checked="[^"]*")?\s*/?>)')
_EMPTY_HEAD = lazy_pattern(r"<th((?: [^<>]*)?)>(&nbsp;|\xa0|\s)*</th>")


@pass_context
def accessible(context: Context, html: object) -> Markup | LongText:
    """The HTML with a name for each box of a task, and cells for heads of a table that say nothing.

    Where the theme's pages are always light or always dark, so are the pictures that go by the reader's system.
    """
    scheme = context["theme"].get("color_theme") if "theme" in context else ""
    is_fixed = scheme in _MEDIA and _DARK in html if isinstance(html, Markup | LongText) else False
    if isinstance(html, Markup | LongText) and _BOX not in html and "</th>" not in html and not is_fixed:
        return html
    text = str(html)
    labels: Words = context["labels"]
    if _BOX in text:
        done, left = (escape(labels.get(name, word)) for name, word in (("task_done", "done"), ("task_open", "to do")))
        text = _INPUT.sub(
            lambda box: f'{box[0]} aria-label="{done if box[1] or " checked=" in box[0] else left}"', text
        )
    if is_fixed:
        text = text.replace(_DARK, _MEDIA[scheme])
    if "</th>" in text:
        text = _EMPTY_HEAD.sub(r"<td\1>\2</td>", text)
    return Markup(text)  # noqa: S704 - the author's own HTML, already rendered
