"""A piece of a template on its way to a node."""

from enum import StrEnum
from typing import NamedTuple


class TokenKind(StrEnum):
    """The kinds of tokens. A tag or output is followed by its expression, where it has one."""

    CONTENT = "content"
    OUTPUT = "output"
    TAG = "tag"
    MAYBE = "maybe"  # `{{ … }}` that is Liquid only if its name has a value where it stands
    EXPRESSION = "expression"


class Token(NamedTuple):
    """A stretch of a template's text: `value` stands at `start_index` in `source`, a `TemplateText`."""

    kind: str
    value: str
    start_index: int
    source: str

    def part(self, start: int, value: str) -> "Token":
        """A stretch of it, `start` counted from its own start."""
        return self._replace(value=value, start_index=self.start_index + start)
