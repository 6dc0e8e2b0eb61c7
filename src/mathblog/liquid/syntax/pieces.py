"""The pieces of a template: stretches of text, `{{ outputs }}` and `{% tags %}`."""

from enum import StrEnum
from typing import NamedTuple

from mathblog.core.dataclass import dataclass
from mathblog.core.source import Span


class PieceKind(StrEnum):
    """The kinds of pieces. A `MAYBE` is an output only when its first name has a value where it stands."""

    OUTPUT = "output"
    MAYBE = "maybe"
    TAG = "tag"
    RAW = "raw"
    COMMENT = "comment"


class Zone(NamedTuple):
    """A formula or a piece of code, in which `{{` and `{%` are the author's text unless they say otherwise."""

    start: int
    end: int
    code: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """One `{{ … }}`, `{% … %}`, raw block or comment: everything between two pieces is text.

    `name` is a tag's word; `markup` is what follows it, or what stands in an output, or a raw block's content.
    `optional` says that it is text after all when it does not fit (user's spelling, code). `trim_left` and
    `trim_right` are its hyphens.
    """

    kind: PieceKind
    start: int
    end: int
    name: str
    name_start: int
    markup: Span
    trim_left: bool = False
    trim_right: bool = False
    optional: bool = False
    zone: Zone | None = None
    inner_trim: tuple[bool, bool] = (False, False)  # hyphens on the inner sides of `{% raw %}` and `{% endraw %}`

    @property
    def span(self) -> Span:
        """All of it."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """A place where the structure of a template is broken: an error. `tag` names one that nobody knows."""

    span: Span
    message: str
    hint: str = ""
    tag: str = ""
