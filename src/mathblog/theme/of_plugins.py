"""Filters of plugins for themes: functions of plain values, as Jinja's filters."""

import datetime
from collections.abc import Callable, Mapping

from jinja2.runtime import Undefined
from markupsafe import Markup

from mathblog.extend.api import FilterFunction, Html
from mathblog.extend.plugins import PluginError, checked
from mathblog.model.values import Value


def plugin_filter(name: str, function: FilterFunction) -> Callable[..., object]:
    """A filter of Jinja's that asks the function of the plugin; what it says to be `Html` is not escaped."""

    def apply(value: object, *arguments: object, **named: object) -> object:
        given = {key: _as_plain(item, name) for key, item in named.items()}
        answer = function(_as_plain(value, name), *(_as_plain(item, name) for item in arguments), **given)
        if isinstance(answer, Html):
            return Markup(answer)  # noqa: S704 - the user's own plugin says so
        return checked(answer, f"the filter `{name}`")

    return apply


def _as_plain(value: object, name: str) -> Value:
    if isinstance(value, Undefined):
        return None
    if value is None or isinstance(value, bool | int | float | datetime.date):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, Mapping):
        return {str(key): _as_plain(item, name) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_as_plain(item, name) for item in value]
    message = f"the filter `{name}` takes texts, numbers, lists and mappings, and is given something else"
    raise PluginError(message)
