"""Front matter values as the types Jekyll means; what is of another type is coerced with a warning, or refused."""

import datetime
from collections.abc import Mapping, Sequence

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.source import SourceText, Span
from mathblog.core.stops import Stop
from mathblog.model.values import Data, Value
from mathblog.reading.frontmatter import CODE


class Fields:
    """The merged front matter of one file, read key by key.

    `problems` collects what was wrong on the way; it has `failed` where a value was refused.
    """

    def __init__(self, source: SourceText, data: Data, keys: Mapping[str, Span]) -> None:
        self.source = source
        self.data = data
        self.keys = keys
        self.problems: list[Diagnostic] = []
        self.failed = False

    def span(self, key: str) -> Span:
        """The span of the value of a key; the first line for what comes from `defaults:`."""
        return self.keys.get(key, Span(0, 0))

    def warn(self, key: str, message: str, hint: str = "", *, code: str = CODE) -> None:
        """Notes that a place is spoiled."""
        self.problems.append(at(self.source, self.span(key), message, code=code, hint=hint))

    def refuse(self, key: str, message: str, hint: str = "", *, kind: Stop) -> None:
        """Notes that the file cannot become a page."""
        self.failed = True
        self.problems.append(at(self.source, self.span(key), message, code=kind, hint=hint))

    def text(self, key: str) -> str:
        """A key that is one text; numbers and dates are written out, and what is no text counts as not written."""
        value = self.data.get(key)
        if value is None:
            return ""
        text = as_text(value)
        if text is None:
            message = f"`{key}` has to be text, not {describe_type(value)}: it is left out of account"
            self.warn(key, message, _quote_hint(key, value))
        return text or ""

    def layout(self) -> str | None:
        """The layout's name; None for `none`, `false` and no value. A list of one name counts as that name."""
        value = self.data.get("layout")
        if isinstance(value, Sequence) and not isinstance(value, str) and len(value) == 1 and isinstance(value[0], str):
            self.warn("layout", f"`layout` is a list: `{value[0]}` is taken", f"write `layout: {value[0]}`")
            value = value[0]
        if value is None or value is False or value in ("none", ""):
            return None
        text = as_text(value)
        if text is None:
            self.warn("layout", f"`layout` has to be a name, not {describe_type(value)}: the page has none")
        return text

    def published(self) -> bool:
        """Whether the file says it may be published; the text `"false"` counts as the word."""
        if "published" not in self.data:
            return True
        value = self.data["published"]
        if isinstance(value, bool):
            return value
        if value is None:
            self.warn("published", "`published` has no value: the page is left out", "write `published: true`")
            return False
        says_no = isinstance(value, str) and value.strip().lower() in ("false", "no", "off")
        if isinstance(value, str) and (says_no or value.strip().lower() in ("true", "yes", "on")):
            self.warn("published", f"`published` is the text `{value}`, taken as the word", "leave the quotes out")
        else:
            self.warn("published", f"`published` has to be true or false, not `{value}`: taken as true")
        return not says_no

    def words(self, single: str, plural: str) -> tuple[str, ...]:
        """`tag`/`tags`, `category`/`categories`: one whole text under the singular, a list or words under the plural."""
        value = self.data.get(single)
        if value is None or value is False:
            value = self.data.get(plural)
            return self.listed(plural, value)
        return self.listed(single, [value] if isinstance(value, str) else value)

    def listed(self, key: str, value: Value) -> tuple[str, ...]:
        """A list of words from a list or from one text, which is split at blanks."""
        if value is None:
            return ()
        if isinstance(value, str):
            if "," in value:
                hint = f"write a list: `{key}: [{value}]`"
                self.warn(key, f"`{key}` is split at blanks, the commas stay", hint)
            return tuple(value.split())
        if not isinstance(value, Sequence):
            text = as_text(value)
            if text is None:
                self.warn(key, f"`{key}` has to be a list, not {describe_type(value)}: it is left out")
                return ()
            self.warn(key, f"`{key}` has to be a list: `{text}` is taken as its only entry", f"write `{key}: [{text}]`")
            return (text,)
        return tuple(self._flatten(key, value))

    def _flatten(self, key: str, values: Sequence[Value]) -> list[str]:
        found: list[str] = []
        for value in values:
            if isinstance(value, Sequence) and not isinstance(value, str):
                found += self._flatten(key, value)
            elif value is not None:
                text = as_text(value)
                if text is None:
                    self.warn(
                        key, f"an entry of `{key}` is {describe_type(value)}: it is left out", _quote_hint(key, value)
                    )
                else:
                    found.append(text)
        return found


def as_text(value: Value) -> str | None:
    """A single value as Liquid would print it, None for a list or a mapping."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S %z")
    if isinstance(value, int | float | datetime.date):
        return str(value)
    return None


def describe_type(value: Value) -> str:
    """The type of a value, in an author's words."""
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "a list"
    return f"`{value}`"


def _quote_hint(key: str, value: Value) -> str:
    if isinstance(value, Mapping):
        return f"a text with `: ` or braces in it has to be in quotes: `{key}: '…'`"
    return f"a text that starts with `[` has to be in quotes: `{key}: '[…] …'`"
