"""Plugins as values: the code of each with its digest, and the exception that stands for one of theirs."""

import datetime
from collections.abc import Mapping

from mathblog.core.dataclass import dataclass
from mathblog.extend.declarations import Reference
from mathblog.model.values import Value


@dataclass(frozen=True, slots=True)
class PluginSource:
    """The code of a plugin, and the digest that stands for it. `path` is its file's below the site's folder.

    One that is installed has no code but a `setup`, and `path` is the file that names it.
    """

    path: str
    code: bytes
    digest: str
    setup: Reference = ""


class PluginError(RuntimeError):
    """A plugin failed. The message says what, at which line of which file, and why; `path` is its file's, '' where nobody said it."""

    path = ""


def copied(value: Value) -> Value:
    """A value that a plugin may change without changing the site's: keys of mappings are texts in it."""
    if isinstance(value, Mapping):
        return {str(key): copied(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [copied(item) for item in value]
    return value


def checked(value: object, what: str) -> object:
    """The answer of a plugin's function where it is a plain value.

    Raises:
        PluginError: where it is another one.

    """
    if value is None or isinstance(value, bool | int | float | str | datetime.date):
        return value
    if isinstance(value, list | tuple):
        return [checked(item, what) for item in value]
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {key: checked(item, what) for key, item in value.items()}
    message = f"{what} gave `{type(value).__name__}`, not a plain value"
    raise PluginError(message)


def checked_text(value: object, what: str) -> str:
    """The answer of a function that gives text.

    Raises:
        PluginError: where it is something else.

    """
    if isinstance(value, str):
        return value
    message = f"{what} gave `{type(value).__name__}`, not a text"
    raise PluginError(message)
