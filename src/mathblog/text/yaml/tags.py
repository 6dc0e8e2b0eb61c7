"""YAML's own tags, and the refusal of all others: nothing that a tag names is ever made or run."""

from typing import cast

from mathblog.core.source import Span
from mathblog.model.values import Value
from mathblog.text.yaml.scalars import read_scalar


class YamlFault(Exception):  # noqa: N818 - a fault of the author's, turned into a diagnostic before it leaves
    """Why a text cannot be read, at a place of the text."""

    def __init__(self, message: str, span: Span, hint: str = "") -> None:
        super().__init__(message)
        self.span = span
        self.hint = hint


_CORE = "tag:yaml.org,2002:"
_PLAIN_TAGS = {_CORE + name for name in ("int", "float", "bool", "null", "timestamp")}
_COLLECTION_TAGS = {None, "!", _CORE + "map", _CORE + "seq", _CORE + "omap", _CORE + "set"}


def read_tagged(tag: str | None, text: str, span: Span) -> Value:
    """The value of a quoted or tagged scalar.

    Raises:
        YamlFault: for a tag that is not YAML's own.

    """
    if tag is None or tag in ("!", "!str", _CORE + "str"):
        return text
    if tag in _PLAIN_TAGS:
        return read_scalar(text)
    raise _unknown_tag(tag, span)


def check_tag(tag: str | None, span: Span) -> None:
    """Refuses the tag of a list or mapping that is not YAML's own.

    Raises:
        YamlFault: then.

    """
    if tag not in _COLLECTION_TAGS:
        raise _unknown_tag(cast("str", tag), span)


def _unknown_tag(tag: str, span: Span) -> YamlFault:
    shown = "!!" + tag.removeprefix(_CORE) if tag.startswith(_CORE) else tag
    span = Span(span.start, min(span.end, span.start + len(shown)))
    return YamlFault(f"unknown tag `{shown}`", span, "a value that starts with `!` has to be in quotes")
