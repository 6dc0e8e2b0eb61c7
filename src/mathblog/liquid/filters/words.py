"""Filters on text that Jekyll adds (`filters.rb`)."""

import html
import re

from mathblog.liquid.context import Context
from mathblog.liquid.expressions.numbers import leading_integer
from mathblog.liquid.text import inspect, to_s
from mathblog.model.limits import LEAST, Limits
from mathblog.text.harmless import Escaped
from mathblog.text.rendered import restore_source
from mathblog.text.slugs import slugify

_CJK = (
    r"\u1100-\u11ff\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff"
    r"\u3131-\u318e\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7fb\uf900-\ufaff\uff66-\uffdc"
    r"\U00020000-\U0003ffff"
)  # patterns of these take 2 ms each to compile: where they are needed
_TITLE = 1000  # characters
_MARKDOWN_WORK = 500  # steps that `markdownify` counts for


def xml_escape(value: object) -> str:
    """Text for XML: apostrophes stay."""
    if isinstance(value, Escaped):
        return value
    return html.escape(to_s(value), quote=False).replace('"', "&quot;")


def normalize_whitespace(value: object) -> str:
    """Every stretch of white space becomes one space."""
    return " ".join(to_s(value).split())


def number_of_words(value: object, mode: object = None) -> int:
    """Words between spaces; `cjk` counts each Chinese, Japanese and Korean character, `auto` when there are any.

    A formula counts with the words of its source, as in what Jekyll counts, not with those of KaTeX's markup.
    """
    text = restore_source(to_s(value))
    characters = len(re.findall(f"[{_CJK}]", text)) if mode in {"cjk", "auto"} else 0
    if mode == "cjk" or characters:
        return characters + len(re.findall(rf"[^\s{_CJK}]+", text))
    return len(text.split())


def slugify_value(value: object, mode: object = None) -> object:
    """Text for an address: modes `none`, `raw`, `default`, `pretty`, `ascii`, `latin`."""
    if value is None:
        return None
    text = to_s(value)
    make = slugify if len(text) <= _TITLE else slugify.__wrapped__  # only titles are worth remembering
    return make(text, to_s(mode) or "default")


def markdownify(value: object, *, context: Context) -> str:
    """Markdown as HTML."""
    context.run.step(_MARKDOWN_WORK)
    return context.run.services.markdownify(to_s(value))


def inspect_value(value: object, *, limits: Limits = LEAST) -> str:
    """Return the text of Ruby's `inspect`, for debugging."""
    return xml_escape(inspect(value, limits))


def to_integer(value: object) -> int:
    """A number from a text, `true` or `false`."""
    return int(value) if isinstance(value, bool | int | float) else leading_integer(to_s(value))
