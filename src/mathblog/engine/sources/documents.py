"""Documents of the source folder: read from their files, or known to the store by the files' stamps."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from mathblog.core.dataclass import dataclass, field
from mathblog.core.diagnostic import Diagnostic, Severity
from mathblog.core.digest import fingerprint
from mathblog.core.source import SourceText, Span
from mathblog.engine.cache.shapes import row
from mathblog.engine.cache.store import Store
from mathblog.engine.sources.snapshot import FileStamp, Snapshot
from mathblog.model.document import Meta
from mathblog.model.options import Config, MarkdownOptions, ReadingOptions
from mathblog.reading.frontmatter import TEXTS, report_missed
from mathblog.reading.left_out import report_unreadable
from mathblog.reading.naming import HEADER, FileKind, FilePlace, has_front_matter, is_beside
from mathblog.reading.plugins.optional import becomes_page, stays_file

if TYPE_CHECKING:
    from mathblog.extend.extensions import Extensions

_MISSED_IN = 4096  # bytes in which front matter ends that does not begin where it should
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file that was read: the digest of its bytes, '' for one that is copied, and what it turned out to be."""

    place: FilePlace
    digest: str
    meta: Meta | None = None
    meta_digest: str = ""
    body_start: int = 0
    keys: Mapping[str, Span] = field(default_factory=dict)
    skipped: str = ""
    is_static: bool = False
    is_bare: bool = False  # a page without front matter
    diagnostics: tuple[Diagnostic, ...] = ()


class _Known(NamedTuple):
    """The stored form of a file: its stamp, and the fields of a `SourceFile` without its place."""

    signature: str
    digest: str
    meta: Meta | None
    meta_digest: str
    body_start: int
    keys: Mapping[str, Span]
    skipped: str
    is_static: bool
    is_bare: bool
    diagnostics: tuple[Diagnostic, ...]


_KNOWN = row(_Known)


@dataclass(frozen=True, slots=True)
class DocumentReader:
    """Reads documents, or takes what the store knows of a file whose stamp is unchanged. `context` begins their keys."""

    snapshot: Snapshot
    options: ReadingOptions
    markdown: MarkdownOptions | None  # where titles are taken from headings
    extensions: "Extensions"
    store: Store
    context: str

    def read_all(
        self, places: Iterable[FilePlace], progress: Callable[[str, int, int], None] | None = None
    ) -> dict[str, SourceFile]:
        """Return the files by path, read or from the store; `progress` is told how many are."""
        places = list(places)
        keys = {place.path: f"{self.context}.{place.path}" for place in places}
        known = self.store.get_many(keys.values(), _KNOWN)
        files: dict[str, SourceFile] = {}
        for number, place in enumerate(places, 1):
            files[place.path] = self._read(place, keys[place.path], known.get(keys[place.path]))
            if progress is not None:
                progress("reading", number, len(places))
        return files

    def _read(self, place: FilePlace, key: str, known: list[object] | None) -> SourceFile:
        stamp = self.snapshot.files[place.path]
        signature = stamp.signature
        if known is not None and known[0] == signature:
            return SourceFile(place, *known[1:])  # type: ignore[arg-type]
        if self._is_file(place):
            return self._keep(key, SourceFile(place, "", is_static=True, diagnostics=self._missed(place)), stamp)
        data = self.snapshot.read(place.path)
        digest = fingerprint(data)
        undated = place.kind is FileKind.DRAFT and not place.date
        if known is not None and known[1] == digest and not undated:
            file = SourceFile(place, *known[1:])  # type: ignore[arg-type]
        else:
            file = self._read_bytes(place, data, digest, stamp)
        return self._keep(key, file, stamp)

    def _is_file(self, place: FilePlace) -> bool:
        """Whether a file is copied as it is: told by its first bytes, for it may be larger than the memory."""
        if not place.needs_front_matter or becomes_page(place, self.options):
            return False
        return not has_front_matter(self.snapshot.begin(place.path, HEADER))

    def _missed(self, place: FilePlace) -> tuple[Diagnostic, ...]:
        """The warning for a text that is copied because its front matter does not begin in its first line."""
        if place.ext.lower() not in TEXTS:
            return ()
        start = self.snapshot.begin(place.path, _MISSED_IN).decode("utf-8-sig", "ignore").replace("\r\n", "\n")
        return report_missed(SourceText(place.path, start), "this file is no page, and copied as it is")

    def _keep(self, key: str, file: SourceFile, stamp: FileStamp) -> SourceFile:
        values = [
            file.digest,
            file.meta,
            file.meta_digest,
            file.body_start,
            file.keys,
            file.skipped,
            file.is_static,
            file.is_bare,
            file.diagnostics,
        ]
        self.store.put(key, ["" if self.snapshot.is_unsure(stamp) else stamp.signature, *values])
        return file

    def _read_bytes(self, place: FilePlace, data: bytes, digest: str, stamp: FileStamp) -> SourceFile:
        from mathblog.reading.decode import decode
        from mathblog.reading.read import Reader, read_document

        is_bare = place.needs_front_matter and not has_front_matter(data)
        decoded = decode(place.path, data)
        if decoded.source is None:
            problems = () if is_beside(place, self.options) else decoded.diagnostics
            if problems and place.kind in (
                FileKind.POST,
                FileKind.DRAFT,
            ):  # which Jekyll leaves out (`PostReader#processable?`)
                problems = report_unreadable(place, self.options) or tuple(
                    replace(it, severity=Severity.WARNING, message=f"{it.message}: the post is left out")
                    for it in problems
                )
            return SourceFile(place, digest, diagnostics=problems)
        reader = Reader(self.options, _EPOCH, self._words if self.markdown else None)
        result = read_document(reader, decoded.source, place, _modified(stamp))
        document = result.document
        problems = (*decoded.diagnostics, *result.diagnostics)
        if document is None:
            return SourceFile(place, digest, skipped=result.skipped or "", diagnostics=problems)
        return SourceFile(
            place,
            digest,
            document.meta,
            fingerprint(document.meta),
            document.body_start,
            dict(document.keys),
            is_static=is_bare and stays_file(place, self.options),
            is_bare=is_bare,
            diagnostics=problems,
        )

    def _words(self, text: str) -> str:
        from mathblog.markdown.words import words_of

        return words_of(text, self.markdown or MarkdownOptions(), self.extensions)


def reader(
    snapshot: Snapshot, config: Config, store: Store, toolchain: str, extensions: "Extensions"
) -> DocumentReader:
    """A reader of documents.

    Future posts are read like others: whether they are shown depends on the day, which no reading may depend on.
    """
    options = replace(config.reading, future=True)
    markdown = config.markdown if options.plugins.titles else None
    read_by = extensions if markdown else None
    context = fingerprint("read", toolchain, options, markdown, read_by)
    return DocumentReader(snapshot, options, markdown, extensions, store, context)


def fetch_metas(documents: DocumentReader, paths: Sequence[str]) -> dict[str, tuple[Meta, str]]:
    """The metadata of documents as it was last read, and its digest; of those that the store knows."""
    known = documents.store.get_many((f"{documents.context}.{path}" for path in paths), _KNOWN)
    found = ((path, known.get(f"{documents.context}.{path}")) for path in paths)
    return {path: (entry[2], entry[3]) for path, entry in found if entry is not None and entry[2] is not None}


def modified_time(snapshot: Snapshot, path: str, zone: datetime.tzinfo | None) -> datetime.datetime:
    """When a file was last written, in the site's zone (`StaticFile#modified_time`)."""
    return _modified(snapshot.files[path]).astimezone(zone)


def _modified(stamp: FileStamp) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(stamp.modified // 1_000_000_000, datetime.UTC)
