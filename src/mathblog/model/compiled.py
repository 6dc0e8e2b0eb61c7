"""A document's body, turned into HTML."""

from dataclasses import dataclass
from typing import NamedTuple

from mathblog.core.diagnostic import Diagnostic


class Heading(NamedTuple):
    """A heading of the body: `level` 1 to 6, `id` may be empty, `html` is its content, `text` the same in words."""

    level: int
    id: str
    html: str
    text: str


class Excerpt(NamedTuple):
    """The excerpt of a document for lists: HTML, the same in plain words, and whether it is the whole text."""

    html: str
    summary: str
    uncut: bool = False


@dataclass(frozen=True, slots=True)
class Compiled:
    """The HTML of a body, what lists and layouts say about it, and the problems found in it.

    `excerpt` is HTML cut on the block tree; `summary` is the same in plain words, formulas as TeX. `formulas` counts
    them, repeated ones too. `failed` says that the document cannot become a page, `uncut` that the excerpt leaves out
    nothing but ids and notes. `ends` are those of `rendered.find_ends`.
    """

    path: str
    html: str
    excerpt: str
    summary: str
    headings: tuple[Heading, ...]
    formulas: int
    failed: bool
    diagnostics: tuple[Diagnostic, ...]
    uncut: bool = False
    ends: tuple[int, ...] = ()
