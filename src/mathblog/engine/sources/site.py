"""The source folder -> metadata of every document, includes, data, static files: read once, by content."""

import posixpath
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from mathblog.core.dataclass import dataclass, field
from mathblog.core.diagnostic import Diagnostic, Severity
from mathblog.core.digest import fingerprint
from mathblog.core.source import SourceText
from mathblog.engine.sources.bibliographies import read_bibliographies
from mathblog.engine.sources.documents import DocumentReader, SourceFile
from mathblog.engine.sources.gems.overlay import lay_below
from mathblog.engine.sources.snapshot import Snapshot, SourceChangedError, take_snapshot
from mathblog.model.citations.reference import StoredReference
from mathblog.model.document import Document
from mathblog.model.gem import LENT
from mathblog.model.layout import Layout
from mathblog.model.limits import limits_for
from mathblog.model.options import Config, ReadingOptions
from mathblog.model.static import StaticFile
from mathblog.model.values import Data
from mathblog.reading.addresses import describe_static, find_static_path
from mathblog.reading.left_out import report_undated
from mathblog.reading.naming import (
    FileKind,
    FilePlace,
    classify,
    is_beside,
    is_listed,
    page_place,
    supporting_place,
    walks_into,
)

_DOCUMENTS = (FileKind.POST, FileKind.DRAFT, FileKind.MEMBER, FileKind.PAGE)


@dataclass(frozen=True, slots=True)
class Sources:
    """All that the source folder holds.

    `documents` are by path; `files` are the static files that are published, source paths by published paths; `statics` are all static files, those of collections
    last; `beside` are the files among the posts that are none. `unvaried` says of images why there are no variants, `left_out` of documents that are not the site's why.
    """

    snapshot: Snapshot
    documents: Mapping[str, SourceFile]
    includes: Mapping[str, SourceText]
    layouts: Mapping[str, Layout]
    data: Data
    files: Mapping[str, str]
    statics: tuple[StaticFile, ...]
    left_out: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]
    bibliographies: Mapping[str, Mapping[str, StoredReference]] = field(default_factory=dict)
    beside: tuple[str, ...] = ()
    unvaried: Mapping[str, str] = field(default_factory=dict)


class Classifier:
    """The places of files by their paths, kept while the options are the same: a server asks again at every save."""

    def __init__(self) -> None:
        self._options: ReadingOptions | None = None
        self._places: dict[str, tuple[FilePlace, ...]] = {}

    def places(self, paths: Iterable[str], options: ReadingOptions, lent: Container[str] = ()) -> list[FilePlace]:
        """The places of the paths that are the site's, in order; what a theme has `lent` is, whatever the site leaves out."""
        if options != self._options:
            self._options, self._places = options, {}
        found: list[FilePlace] = []
        for path in paths:
            if path in lent and not path.startswith(LENT):
                found.append(page_place(path))
                continue
            places = self._places.get(path)
            if places is None:
                place = classify(path, options)
                also = supporting_place(path, options) if place.kind is FileKind.PAGE else None
                places = self._places[path] = (place,) if also is None else (place, also)
            found += places
        return [place for place in found if place.kind is not FileKind.IGNORED]


def take_site_snapshot(
    root: Path, options: ReadingOptions, ignored: frozenset[str], theme: Path | None = None
) -> Snapshot:
    """The files that may be the site's, and below them those of its `theme`; `ignored` names folders that are not."""

    def wanted(path: str, is_folder: bool) -> bool:  # noqa: FBT001 - a predicate of two facts
        return (path not in ignored and walks_into(path, options)) if is_folder else is_listed(path, options)

    snapshot = take_snapshot(root, wanted, ignored)
    told: list[Diagnostic] = []
    for problem in snapshot.diagnostics:
        path = problem.path
        hidden = path.rpartition("/")[2].startswith((".", "#", "~"))  # as an editor's `.#lock`, which leads nowhere
        ours = not hidden and walks_into(path, options, included=False)
        if ours or classify(path, options).kind is not FileKind.IGNORED or problem.code != "link":
            told.append(problem)
    snapshot = replace(snapshot, diagnostics=tuple(told))
    return snapshot if theme is None else lay_below(snapshot, theme, options)


def limit_liquid(config: Config, snapshot: Snapshot) -> Config:
    """The configuration with the limits of a site of these files: its texts and data count, pictures do not.

    Told by names and sizes before anything is read, so that the limits are among the circumstances of a build, and a site
    that has grown past a limit or shrunk below it is made again.
    """
    options = config.reading
    endings = (*(f".{word}" for word in options.markdown_ext), ".html", ".htm", ".yml", ".yaml")
    data = options.data_dir.strip("/") + "/"
    held = sum(stamp.size for path, stamp in snapshot.files.items() if path.endswith(endings) or path.startswith(data))
    return replace(config, liquid=replace(config.liquid, limits=limits_for(held)))


def read_sources(
    documents: DocumentReader, classifier: Classifier, progress: Callable[[str, int, int], None] | None = None
) -> Sources:
    """Read the files of a snapshot. Unchanged documents, by their stamps, are not opened."""
    snapshot, options = documents.snapshot, documents.options
    places = classifier.places(snapshot.files, options, snapshot.elsewhere)
    wanted = (place for place in places if place.kind in _DOCUMENTS)
    read: Mapping[str, SourceFile] = documents.read_all(wanted, progress)
    diagnostics = list(snapshot.diagnostics)
    for file in read.values():
        diagnostics += file.diagnostics
    for place in places:
        diagnostics += report_undated(place, options)
    labels = [collection.label for collection in options.collections]
    around = read_support_files(documents, places, diagnostics)
    bibliographies = read_bibliographies(documents, places, diagnostics)
    read = _apply_plugins(read, around.layouts, options)
    statics = sorted(
        (describe_static(file.place, options) for file in read.values() if file.is_static),
        key=lambda file: (labels.index(file.collection) if file.collection in labels else -1, file.path),
    )
    return Sources(
        snapshot=snapshot,
        documents={path: file for path, file in read.items() if file.meta is not None},
        includes=around.includes,
        layouts=read_layout_files(around.layouts, diagnostics),
        data=around.data,
        files={
            out: file.source
            for file in statics
            if file.data.get("published") is not False and (out := find_static_path(read[file.source].place, options))
        },
        statics=tuple(statics),
        left_out={path: file.skipped for path, file in read.items() if file.skipped},
        diagnostics=tuple(diagnostics),
        bibliographies=bibliographies,
        beside=tuple(place.path for place in places if is_beside(place, options)),
    )


class SupportFiles(NamedTuple):
    """The source files that become no page: includes and layouts by their names, data."""

    includes: dict[str, SourceText]
    layouts: dict[str, SourceText]
    data: Data


def read_support_files(
    documents: DocumentReader, places: Sequence[FilePlace], diagnostics: list[Diagnostic]
) -> SupportFiles:
    """Read what becomes no page: the site's own, and below it what its theme lends."""
    options = documents.options
    own = _read_part(documents, [place for place in places if not place.path.startswith(LENT)], options, diagnostics)
    if not documents.snapshot.elsewhere:
        return own
    from mathblog.text.mappings import merge

    folders = {f"{name}_dir": f"{LENT}/_{name}" for name in ("includes", "layouts", "data")}
    lent = [place for place in places if place.path.startswith(LENT)]
    below = _read_part(documents, lent, replace(options, **folders), diagnostics)  # type: ignore[arg-type]  # all are texts
    names = {posixpath.splitext(name)[0] for name in own.layouts}
    return SupportFiles(
        {**below.includes, **own.includes},
        {name: text for name, text in below.layouts.items() if posixpath.splitext(name)[0] not in names} | own.layouts,
        merge(below.data, own.data),
    )


def _read_part(
    documents: DocumentReader, places: Sequence[FilePlace], options: ReadingOptions, diagnostics: list[Diagnostic]
) -> SupportFiles:
    snapshot = documents.snapshot
    includes, layouts = (
        _read_texts(snapshot, [place.path for place in places if place.kind is kind], folder, diagnostics)
        for kind, folder in ((FileKind.INCLUDE, options.includes_dir), (FileKind.LAYOUT, options.layouts_dir))
    )
    for place in places:
        if place.kind is FileKind.INCLUDE:  # one that cannot be read is there: its error is told
            name = place.path.removeprefix(options.includes_dir.strip("/") + "/")
            includes.setdefault(name, SourceText(place.path, ""))
    ruby = _read_texts(snapshot, [place.path for place in places if place.kind is FileKind.PLUGIN], "", diagnostics)
    if ruby:
        from mathblog.liquid.syntax.names import words_of
        from mathblog.reading.ruby import report_ruby

        filters, tags = documents.extensions.filters, words_of(documents.extensions).known
        diagnostics += [problem for source in ruby.values() if (problem := report_ruby(source, tags, filters))]
    data = _read_data(snapshot, [place.path for place in places if place.kind is FileKind.DATA], options, diagnostics)
    return SupportFiles(includes, layouts, data)


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
    """A file of the source folder as text; None where it is none, and where there is no such file."""
    if path not in snapshot.files:
        return None
    from mathblog.reading.decode import decode

    return decode(path, snapshot.read(path)).source


def _apply_plugins(
    read: Mapping[str, SourceFile], layouts: Mapping[str, SourceText], options: ReadingOptions
) -> Mapping[str, SourceFile]:
    """The files as plugins see them that have to know all of them."""
    if not (options.plugins.readme_index or options.plugins.default_layout):
        return read
    from mathblog.reading.plugins.after_reading import Candidate, apply_plugins

    candidates = {path: Candidate(file.meta, file.is_bare) for path, file in read.items() if file.meta is not None}
    files = [path for path, file in read.items() if file.is_static]
    names = {name.rpartition(".")[0] for name in layouts}
    decided = apply_plugins(candidates, files, names, options)
    after = dict(read)
    for path, meta in decided.items():
        digest, is_static = fingerprint(meta) if meta else "", read[path].is_static or not meta
        after[path] = replace(read[path], meta=meta, meta_digest=digest, is_static=is_static)
    return after


def _read_texts(
    snapshot: Snapshot, paths: list[str], folder: str, diagnostics: list[Diagnostic]
) -> dict[str, SourceText]:
    """Includes or layouts by their name below their folder."""
    from mathblog.reading.decode import decode

    texts = {}
    for path in paths:
        decoded = decode(path, data := snapshot.read(path))
        as_told = decoded.source is not None or b"\0" not in data  # a picture stops no build of Jekyll's
        diagnostics += (it if as_told else replace(it, severity=Severity.WARNING) for it in decoded.diagnostics)
        if decoded.source is not None:
            texts[path.removeprefix(folder.strip("/") + "/")] = decoded.source
    return texts


def read_layout_files(sources: Mapping[str, SourceText], diagnostics: list[Diagnostic]) -> Mapping[str, Layout]:
    """The site's layouts by their names."""
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
    found = build_data(texts, options)
    diagnostics += found.diagnostics
    return found.value if isinstance(found.value, Mapping) else {}
