"""Filters of templates: addresses and dates."""

import datetime
from typing import TYPE_CHECKING, cast

from jinja2 import pass_context
from jinja2.runtime import Context, Undefined
from markupsafe import Markup

from mathblog.core.patterns import lazy_pattern
from mathblog.text import urls
from mathblog.theme.dates import Labels, format_date

if TYPE_CHECKING:
    from mathblog.theme.views.website import SiteView

_OF_CSS = lazy_pattern(r"[\x00-\x1f\x7f\\\"'<>&]")
_PATTERN = "%B %-d, %Y"


@pass_context
def relative_url(context: Context, path: object) -> str:
    """An address of this site with the base URL in front; one with a scheme stays as it is."""
    site = cast("SiteView", context["site"])
    return urls.relative_url(site.baseurl, _text(path))


@pass_context
def absolute_url(context: Context, path: object) -> str:
    """The same with the host in front, where the configuration has one."""
    return urls.absolute_url(context["site"], _text(path))


@pass_context
def date(context: Context, value: object, pattern: str = "") -> str:
    """A date in words, by the `date` label of the page's language or by a pattern of `strftime` codes."""
    labels: Labels = context["labels"]
    if isinstance(value, datetime.date):
        return format_date(value, pattern or str(labels.get("date", _PATTERN)), labels)
    return _text(value)


def date_to_rfc822(value: object) -> str:
    """A date as RSS has it: `Sat, 06 Oct 2018 00:00:00 +0900`."""
    from email.utils import format_datetime  # loads much

    return format_datetime(value) if isinstance(value, datetime.datetime) else _text(value)


def date_to_xmlschema(value: object) -> str:
    """A date as machines read it: `2018-10-06T00:00:00+09:00`."""
    return value.isoformat() if isinstance(value, datetime.date) else _text(value)


def shorten(value: object, length: int = 160) -> str:
    """The beginning of a text on one line: cut after a word where one ends near the limit, as in Chinese it may not."""
    text = " ".join(_text(value).split())
    if len(text) <= length:
        return text
    head = text[: length - 1]
    words = head.rpartition(" ")[0]
    return f"{(words if len(words) > length * 0.8 else head).rstrip(' ,;:.')}…"


def css_text(value: object) -> Markup:
    """A text as it stands between quotes in a style sheet: what means something to CSS or to HTML is written as its number."""
    return Markup(_OF_CSS.sub(lambda sign: f"\\{ord(sign[0]):x} ", " ".join(_text(value).split())))  # noqa: S704 - `<` and `&` are numbers


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, Undefined) else str(value)
