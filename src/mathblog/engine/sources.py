"""The source folder -> metadata of every document, includes, data, static files: read once, by content."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from mathblog.core.diagnostic import Diagnostic
from mathblog.core.digest import fingerprint
from mathblog.core.source import SourceText, Span
from mathblog.engine.snapshot import FileStamp, Snapshot, SourceChangedError, take_snapshot
from mathblog.engine.store import Store
from mathblog.model.document import Document, Meta
from mathblog.model.layout import Layout
from mathblog.model.options import Config, ReadingOptions
from mathblog.model.values import Data
from mathblog.reading.addresses import find_static_path
from mathblog.reading.naming import Kind, Place, classify, has_front_matter, report_undated, walks_into

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file that was read: the digest of its bytes, and what it turned out to be."""

    place: Place
    digest: str
    meta: Meta | None = None
    meta_digest: str = ""
    body_start: int = 0
    keys: Mapping[str, Span] = field(default_factory=dict)
    skipped: str = ""
    is_static: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Sources:
    """All that the source folder holds.

    `documents` are by path; `files` are the static files, source paths by published paths; `skipped` counts what was
    left out, by reason.
    """

    snapshot: Snapshot
    documents: Mapping[str, SourceFile]
    includes: Mapping[str, SourceText]
    layouts: Mapping[str, Layout]
    data: Data
    files: Mapping[str, str]
    skipped: Mapping[str, int]
    diagnostics: tuple[Diagnostic, ...]


class Classifier:
    """What paths say of files, remembered while the options are the same: a server asks again at every save."""

    def __init__(self) -> None:
        self._options: ReadingOptions | None = None
        self._places: dict[str, Place] = {}

    def places(self, paths: Iterable[str], options: ReadingOptions) -> list[Place]:
        """The places of the paths that are the site's, in order."""
        if options != self._options:
            self._options, self._places = options, {}
        known = self._places
        found = (known.get(path) or known.setdefault(path, classify(path, options)) for path in paths)
        return [place for place in found if place.kind is not Kind.IGNORED]


def take_site_snapshot(root: Path, options: ReadingOptions, ignored: frozenset[str]) -> Snapshot:
    """The files that may be the site's; `ignored` names folders that are not."""

    def wanted(path: str, is_folder: bool) -> bool:  # noqa: FBT001 - a predicate of two facts
        return not is_folder or (path not in ignored and walks_into(path, options))

    return take_snapshot(root, wanted)


def read_sources(snapshot: Snapshot, config: Config, store: Store, toolchain: str, classifier: Classifier) -> Sources:
    """Read the files of a snapshot. Unchanged ones, by their stamps, are not opened.

    Future posts are read like others: whether they are shown depends on the day, which no reading may depend on.
    """
    options = replace(config.reading, future=True)
    places = classifier.places(snapshot.files, options)
    documents = [place for place in places if place.kind in (Kind.POST, Kind.DRAFT, Kind.MEMBER, Kind.PAGE)]
    read = _Reader(snapshot, options, store, fingerprint("read", toolchain, options)).read_all(documents)
    diagnostics = list(snapshot.diagnostics)
    for file in read.values():
        diagnostics += file.diagnostics
    for place in places:
        diagnostics += report_undated(place)
    includes, layouts = (
        _read_texts(snapshot, [place.path for place in places if place.kind is kind], folder, diagnostics)
        for kind, folder in ((Kind.INCLUDE, options.includes_dir), (Kind.LAYOUT, options.layouts_dir))
    )
    data = _read_data(snapshot, [place.path for place in places if place.kind is Kind.DATA], options, diagnostics)
    return Sources(
        snapshot=snapshot,
        documents={path: file for path, file in read.items() if file.meta is not None},
        includes=includes,
        layouts=_read_layouts(layouts, diagnostics),
        data=data,
        files={
            out: path
            for path, file in read.items()
            if file.is_static and (out := find_static_path(file.place, options))
        },
        skipped=Counter(file.skipped for file in read.values() if file.skipped),
        diagnostics=tuple(diagnostics),
    )


def load_document(sources: Sources, path: str) -> Document:
    """A document with its text, for a stage that needs it.

    Raises:
        SourceChangedError: where the file is not what it was when its metadata was read.

    """
    from mathblog.reading.decode import decode

    file = sources.documents[path]
    data = sources.snapshot.read(path)
    source = decode(path, data).source
    if source is None or file.meta is None or fingerprint(data) != file.digest:
        message = f"`{path}` changed while the site was built"
        raise SourceChangedError(message)
    return Document(file.meta, source, file.body_start, file.keys)


def read_text(snapshot: Snapshot, path: str) -> SourceText | None:
    """A file of the source folder as text; None where it is none."""
    from mathblog.reading.decode import decode

    return decode(path, snapshot.read(path)).source


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads documents, or takes what the store knows of a file whose stamp is unchanged."""

    snapshot: Snapshot
    options: ReadingOptions
    store: Store
    context: str

    def read_all(self, places: list[Place]) -> dict[str, SourceFile]:
        keys = {place.path: f"{self.context}.{place.path}" for place in places}
        known = self.store.get_many(keys.values())
        return {place.path: self._read(place, keys[place.path], known.get(keys[place.path])) for place in places}

    def _read(self, place: Place, key: str, known: list[object] | None) -> SourceFile:
        stamp = self.snapshot.files[place.path]
        signature = stamp.signature
        if known is not None and known[0] == signature:
            return SourceFile(place, *known[1:])  # type: ignore[arg-type]
        data = self.snapshot.read(place.path)
        digest = fingerprint(data)
        undated = place.kind is Kind.DRAFT and not place.date
        if known is not None and known[1] == digest and not undated:
            file = SourceFile(place, *known[1:])  # type: ignore[arg-type]
        else:
            file = self._read_bytes(place, data, digest, stamp)
        values = [
            file.digest,
            file.meta,
            file.meta_digest,
            file.body_start,
            file.keys,
            file.skipped,
            file.is_static,
            file.diagnostics,
        ]
        self.store.put(key, ["" if self.snapshot.is_unsure(stamp) else signature, *values])
        return file

    def _read_bytes(self, place: Place, data: bytes, digest: str, stamp: FileStamp) -> SourceFile:
        from mathblog.reading.decode import decode
        from mathblog.reading.read import read_document

        if place.needs_front_matter and not has_front_matter(data):
            return SourceFile(place, digest, is_static=True)
        decoded = decode(place.path, data)
        if decoded.source is None:
            return SourceFile(place, digest, diagnostics=decoded.diagnostics)
        result = read_document(place.path, decoded.source, self.options, _EPOCH, place=place, modified=_modified(stamp))
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
            diagnostics=problems,
        )


def _modified(stamp: FileStamp) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(stamp.modified // 1_000_000_000, datetime.UTC)


def _read_texts(
    snapshot: Snapshot, paths: list[str], folder: str, diagnostics: list[Diagnostic]
) -> dict[str, SourceText]:
    """Includes or layouts by their name below their folder."""
    from mathblog.reading.decode import decode

    texts = {}
    for path in paths:
        decoded = decode(path, snapshot.read(path))
        diagnostics += decoded.diagnostics
        if decoded.source is not None:
            texts[path.removeprefix(folder.strip("/") + "/")] = decoded.source
    return texts


def _read_layouts(sources: Mapping[str, SourceText], diagnostics: list[Diagnostic]) -> Mapping[str, Layout]:
    if not sources:
        return {}
    from mathblog.reading.layouts import read_layouts

    found = read_layouts(sources)
    diagnostics += found.diagnostics
    return found.layouts


def _read_data(snapshot: Snapshot, paths: list[str], options: ReadingOptions, diagnostics: list[Diagnostic]) -> Data:
    if not paths:
        return {}
    from mathblog.reading.data import build_data
    from mathblog.reading.decode import decode

    texts = []
    for path in paths:
        decoded = decode(path, snapshot.read(path))
        diagnostics += decoded.diagnostics
        if decoded.source is not None:
            texts.append(decoded.source)
    found = build_data(texts, options.data_dir)
    diagnostics += found.diagnostics
    return found.value if isinstance(found.value, Mapping) else {}
