"""An entry of a bibliography, and what a text cites of it."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import NamedTuple

from mathblog.core.dataclass import dataclass


@dataclass(frozen=True)
class Reference:
    r"""One entry of a `.bib` file: its key, its type in small letters, its fields in their order.

    The values are as in the file, strings joined and `@string`s put in; what they mean is decoded where they are shown.
    Fields that came from the entry that `crossref` names are in `inherited`.
    """

    key: str
    type: str
    own: tuple[tuple[str, str], ...]
    inherited: tuple[tuple[str, str], ...] = ()

    @cached_property
    def fields(self) -> Mapping[str, str]:
        """All fields by their names in small letters, the entry's own before those that it inherits."""
        return {**dict(self.inherited), **dict(self.own)}


class StoredReference(NamedTuple):
    """An entry that is unpacked when it is asked for, with its digest."""

    digest: str
    load: Callable[[], Reference]


@dataclass(frozen=True, slots=True)
class Cite:
    """One entry that a citation names: what stands before it, and its locator (`p. 3`) as the style writes it."""

    key: str
    prefix: str = ""
    locator: str = ""
    suffix: str = ""
    without_author: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation of one or more entries. A `narrative` one is a part of the sentence: `Knuth (1984)`.

    `part` is what is shown of them, '' for all: `author`, `year`, `bracketed year`, `title`, `bare` (without brackets), `entry` (as in the list).
    """

    cites: tuple[Cite, ...]
    narrative: bool = False
    part: str = ""
