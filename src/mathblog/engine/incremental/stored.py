"""The stored forms of a build, but for the record of its pages."""

from typing import Annotated, NamedTuple, TypeAlias

from mathblog.core.diagnostic import Diagnostic
from mathblog.engine.cache.shapes import SitePath, row, shape_of


class _Stands(NamedTuple):
    digest: str
    signature: str


Standing: TypeAlias = dict[SitePath, Annotated[list[str], row(_Stands)]]


class _Site(NamedTuple):
    """The stored form of the files that stand."""

    number: int
    standing: Standing


class _Result(NamedTuple):
    """The stored form of a result; `known` are the words that say what it is the result of."""

    known: list[str]
    valid_until: float | None
    formulas: int
    skipped: dict[str, int]
    diagnostics: tuple[Diagnostic, ...]


class Around(NamedTuple):
    """The inputs of a record besides the files of documents."""

    circumstances: str
    diagnostics: tuple[Diagnostic, ...]


class _Delta(NamedTuple):
    """The stored form of a `Delta`: the number of the build that it changes, other stamps and files, its rows.

    The rows are packed: a build of which nothing changed needs none of them.
    """

    number: int
    stamps: dict[str, str]
    standing: Standing
    rows: bytes


SITE, RESULT, PAGES, DELTA = row(_Site), row(_Result), shape_of(list[SitePath]), row(_Delta)
