"""The subject of the doctor's checks, and their findings."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from mathblog.core.dataclass import dataclass
from mathblog.core.diagnostic import Diagnostic
from mathblog.core.source import SourceText, Span
from mathblog.extend.extensions import Extensions
from mathblog.model.document import Document, is_markdown
from mathblog.model.options import Config

CODE = "jekyll"  # of what Jekyll does differently
Place: TypeAlias = tuple[SourceText, Span]


class Fix(NamedTuple):
    """A replacement for a piece of a line of a file; `old` is what stands there."""

    path: str
    span: Span
    old: str
    text: str


class Finding(NamedTuple):
    """A difference, and how to do away with it where that is mechanical."""

    diagnostic: Diagnostic
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """A site, read.

    `keys` says where each key of the configuration stands; `documents` are all that are read, those of the future too;
    `templates` are the site's layouts and includes, `lent` those of a theme that is a gem or a repository; `files` are its static files; `left_out` says of documents that are not
    read why (`draft`, `unpublished`). `pages` are the finished HTML pages of documents by output path, `addresses` their
    output paths by source path; both are empty where the site cannot be made.
    `published` are the paths of all files that the site has. With `declares_dollar` its layouts or scripts name `$` a delimiter.
    """

    config: Config
    extensions: Extensions
    keys: Mapping[tuple[str, ...], Place]
    documents: Sequence[Document]
    templates: Sequence[SourceText]
    lent: Sequence[SourceText]
    files: frozenset[str]
    left_out: Mapping[str, str]
    now: datetime.datetime
    pages: Mapping[str, str]
    addresses: Mapping[str, str]
    published: frozenset[str]
    declares_dollar: bool

    def is_markdown(self, document: Document) -> bool:
        """Whether a document is written in Markdown."""
        return is_markdown(document.meta.ext, self.config.reading.markdown_ext)


Check: TypeAlias = Callable[[Subject], Iterator[Finding]]
