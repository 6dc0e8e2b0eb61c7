"""The `.bib` files of the source folder: parsed, or known to the store by their stamps, else by their texts."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import NamedTuple

from mathblog.core.diagnostic import Diagnostic
from mathblog.core.digest import fingerprint
from mathblog.engine.cache.codec import decode, encode
from mathblog.engine.cache.shapes import row, shape_of
from mathblog.engine.sources.documents import DocumentReader
from mathblog.engine.sources.snapshot import Snapshot
from mathblog.model.citations.reference import Reference, StoredReference
from mathblog.reading.naming import FileKind, FilePlace


class _Known(NamedTuple):
    """The stored form of a file: its stamp, the digest of its bytes, its entries by their keys, packed, and what was wrong.

    A build unpacks the entries that somebody asks for, of thousands.
    """

    signature: str
    digest: str
    references: Mapping[str, bytes]
    diagnostics: tuple[Diagnostic, ...]


_KNOWN = row(_Known)
_REFERENCE = shape_of(Reference)


def read_bibliographies(
    documents: DocumentReader, places: Iterable[FilePlace], diagnostics: list[Diagnostic]
) -> dict[str, Mapping[str, StoredReference]]:
    """The entries of each file by their keys; what is wrong with a file is added to the `diagnostics`."""
    found: dict[str, Mapping[str, StoredReference]] = {}
    paths = [place.path for place in places if place.kind is FileKind.BIBLIOGRAPHY]
    snapshot, store = documents.snapshot, documents.store
    keys = {path: f"{documents.context}.bib.{path}" for path in paths}
    known = store.get_many(keys.values(), _KNOWN) if keys else {}
    for path, key in keys.items():
        entry = known.get(key)
        stamp, fresh = snapshot.files[path], None
        if entry is None or entry[0] != stamp.signature or not entry[0]:
            entry, fresh = _read(snapshot, path, entry)
            store.put(key, ["" if snapshot.is_unsure(stamp) else stamp.signature, *entry[1:]])
        found[path] = {
            name: StoredReference(
                fingerprint(packed), partial(fresh.__getitem__, name) if fresh else partial(decode, packed, _REFERENCE)
            )
            for name, packed in entry[2].items()
        }
        diagnostics += entry[3]
    return found


def _read(snapshot: Snapshot, path: str, known: list[object] | None) -> tuple[_Known, Mapping[str, Reference] | None]:
    """The stored form of a file, and its entries where they were read just now."""
    data = snapshot.read(path)
    digest = fingerprint(data)
    if known is not None and known[1] == digest:
        return _Known(*known), None  # type: ignore[arg-type]  # its shape was checked
    from mathblog.citations.reading import read_bibliography
    from mathblog.reading.decode import decode as decode_text

    decoded = decode_text(path, data)
    if decoded.source is None:
        return _Known("", digest, {}, decoded.diagnostics), None
    bibliography = read_bibliography(decoded.source)
    fresh = {reference.key: reference for reference in bibliography.references}
    packed = {key: encode(reference) for key, reference in fresh.items()}
    return _Known("", digest, packed, (*decoded.diagnostics, *bibliography.diagnostics)), fresh
