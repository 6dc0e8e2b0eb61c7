"""Filters that print dates (Jekyll's `filters/date_filters.rb`, Liquid's `date`)."""

import datetime

from mathblog.liquid.context import Context
from mathblog.liquid.drops.clock import SiteTime, print_now
from mathblog.liquid.errors import FilterArgumentError
from mathblog.liquid.filters.dates.strftime import strftime
from mathblog.liquid.filters.dates.times import read_moment
from mathblog.liquid.text import to_s
from mathblog.model.facts import kinds
from mathblog.model.zones import load_zone

_NOW = ("now", "today")
_TEENS = range(11, 14)


def date(value: object, form: object = None, *, context: Context) -> object:
    """A date in a Ruby format; what is no date, or has no format, is returned as it is."""
    if _is_nothing(value) or _is_nothing(form):
        return value
    if _is_now(value):
        return _print_now(value, to_s(form), context)
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return strftime(value, to_s(form))  # a date has no zone, and Ruby takes it for one of UTC
    moment = _moment(value, context)
    return value if moment is None else strftime(moment, to_s(form))


def date_to_xmlschema(value: object, *, context: Context) -> object:
    """`2008-11-07T13:07:54-08:00`."""
    return _printed(value, "%Y-%m-%dT%H:%M:%S%:z", context)


def date_to_rfc822(value: object, *, context: Context) -> object:
    """`Fri, 07 Nov 2008 13:07:54 -0800`."""
    return _printed(value, "%a, %d %b %Y %H:%M:%S %z", context)


def date_to_string(value: object, kind: object = None, style: object = None, *, context: Context) -> object:
    """`07 Nov 2008`; `ordinal`: `7th Nov 2008`; `ordinal`, `US`: `Nov 7th, 2008`."""
    return _worded(value, "%b", kind, style, context)


def date_to_long_string(value: object, kind: object = None, style: object = None, *, context: Context) -> object:
    """`07 November 2008`; `ordinal`: `7th November 2008`; `ordinal`, `US`: `November 7th, 2008`."""
    return _worded(value, "%B", kind, style, context)


def _worded(value: object, month: str, kind: object, style: object, context: Context) -> object:
    if _is_nothing(value) or kind != "ordinal":
        return _printed(value, f"%d {month} %Y", context)
    moment = _local(value, context)
    if moment is None:
        return _printed(value, "", context)
    ending = "th" if moment.day % 100 in _TEENS else {1: "st", 2: "nd", 3: "rd"}.get(moment.day % 10, "th")
    day = f"{moment.day}{ending}"
    return strftime(moment, f"{month} {day}, %Y" if style == "US" else f"{day} {month} %Y")


def _printed(value: object, form: str, context: Context) -> object:
    if _is_nothing(value):
        return value
    if _is_now(value):
        return _print_now(value, form, context)
    moment = _local(value, context)
    if moment is None:
        message = f"not a date: `{to_s(value)}`"
        raise FilterArgumentError(message)
    return strftime(moment, form)


def _is_nothing(value: object) -> bool:
    return value is None or value == ""


def _is_now(value: object) -> bool:
    return isinstance(value, SiteTime) or (isinstance(value, str) and value.strip().lower() in _NOW)


def _print_now(value: object, form: str, context: Context) -> str:
    return value.printed(form) if isinstance(value, SiteTime) else print_now(context.run.view, form)


def _moment(value: object, context: Context) -> datetime.datetime | None:
    if _is_now(value):
        value = SiteTime(context.run.view).moment()
    return read_moment(value, _zone(context))


def _local(value: object, context: Context) -> datetime.datetime | None:
    """The moment in the site's zone, where all of Jekyll's own filters show it."""
    moment = _moment(value, context)
    return moment.astimezone(_zone(context)) if moment else None


def _zone(context: Context) -> datetime.tzinfo:
    """The site's zone, as the page's own date has it."""
    own = context.run.document.meta.date
    if own is not None and own.tzinfo is not None:
        return own.tzinfo
    return load_zone(context.run.view.get(kinds.CONFIG, "timezone"))
