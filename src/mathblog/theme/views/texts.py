"""Titles and other short texts on a page: their formulas as HTML or as words, by functions that the pipeline gives."""

from typing import Protocol

from jinja2 import pass_context
from jinja2.runtime import Context, Undefined
from markupsafe import Markup, escape


class Texts(Protocol):
    """A renderer of texts with formulas, as HTML or as words."""

    def html(self, text: str) -> str:
        """The text as HTML."""

    def words(self, text: str) -> str:
        """The text without markup."""


class PlainTexts:
    """Texts as they are: no formula is looked for."""

    def html(self, text: str) -> str:
        """The text, escaped."""
        return str(escape(text))

    def words(self, text: str) -> str:
        """The text."""
        return text

    def __repr__(self) -> str:
        """Return what it is."""
        return "<texts>"


@pass_context
def maths(context: Context, value: object) -> object:
    """A title as HTML, its formulas rendered."""
    texts: Texts = context["texts"]
    return value if value is None or isinstance(value, Undefined) else Markup(texts.html(_plain(value)))  # noqa: S704 - it is escaped


@pass_context
def words(context: Context, value: object) -> object:
    """A title in words, for attributes and the `<title>`: formulas in letters and signs."""
    texts: Texts = context["texts"]
    return value if value is None or isinstance(value, Undefined) else texts.words(_plain(value))


def _plain(value: object) -> str:
    return str(value.unescape()) if isinstance(value, Markup) else str(value)
