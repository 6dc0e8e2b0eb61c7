"""The `.bib` files of the source folder: parsed, or known to the store by their stamps, else by their texts."""

from collections.abc import Iterable
from typing import NamedTuple

from mathblog.core.diagnostic import Diagnostic
from mathblog.core.digest import fingerprint
from mathblog.engine.cache.shapes import row
from mathblog.engine.sources.documents import DocumentReader
from mathblog.engine.sources.snapshot import Snapshot
from mathblog.model.citations.reference import Reference
from mathblog.reading.naming import Kind, Place


class _Known(NamedTuple):
    """The stored form of a file: its stamp, the digest of its bytes, its entries, and what was wrong."""

    signature: str
    digest: str
    references: tuple[Reference, ...]
    diagnostics: tuple[Diagnostic, ...]


_KNOWN = row(_Known)


def read_bibliographies(
    documents: DocumentReader, places: Iterable[Place], diagnostics: list[Diagnostic]
) -> dict[str, tuple[Reference, ...]]:
    """The entries of each file by its path; what is wrong with one is added to the `diagnostics`."""
    found: dict[str, tuple[Reference, ...]] = {}
    paths = [place.path for place in places if place.kind is Kind.BIBLIOGRAPHY]
    snapshot, store = documents.snapshot, documents.store
    keys = {path: f"{documents.context}.bib.{path}" for path in paths}
    known = store.get_many(keys.values(), _KNOWN) if keys else {}
    for path, key in keys.items():
        entry = known.get(key)
        stamp = snapshot.files[path]
        if entry is None or entry[0] != stamp.signature or not entry[0]:
            entry = _read(snapshot, path, entry)
            store.put(key, ["" if snapshot.is_unsure(stamp) else stamp.signature, *entry[1:]])
        found[path] = entry[2]
        diagnostics += entry[3]
    return found


def _read(snapshot: Snapshot, path: str, known: list[object] | None) -> _Known:
    data = snapshot.read(path)
    digest = fingerprint(data)
    if known is not None and known[1] == digest:
        return _Known(*known)  # type: ignore[arg-type]  # its shape was checked
    from mathblog.citations.reading import read_bibliography
    from mathblog.reading.decode import decode

    decoded = decode(path, data)
    if decoded.source is None:
        return _Known("", digest, (), decoded.diagnostics)
    bibliography = read_bibliography(decoded.source)
    return _Known("", digest, bibliography.references, (*decoded.diagnostics, *bibliography.diagnostics))
