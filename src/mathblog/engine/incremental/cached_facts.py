"""The facts of a site of which nothing changed but texts: from the record of the last build, each when it is asked for."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from mathblog.core.dataclass import dataclass, field
from mathblog.core.digest import fingerprint
from mathblog.engine.incremental.build_record import BuildRecord, DocumentRow
from mathblog.engine.incremental.packed_facts import RECORDED, holds_documents, unpack_facts, word
from mathblog.model.compiled import Compiled, Label
from mathblog.model.document import Meta
from mathblog.model.facts import catalogue, kinds
from mathblog.model.facts.kind import FactKey, Origin
from mathblog.model.facts.view import MISSING, SiteFacts
from mathblog.pipeline.numbering.labels import find_label

_AROUND = catalogue.names_of(Origin.INPUTS, Origin.FILE)  # kinds of facts that no document has a part in


class FullBuildNeeded(BaseException):
    """The record cannot answer: the build must look at the whole site.

    Not an `Exception`, so that no template and no filter takes it for a fault of the author's.
    """


@dataclass
class RecordedSite:
    """The recorded site, and functions that fetch the rest: metadata with its digest, compiled documents.

    `around` makes the facts that no document has a part in.
    """

    record: BuildRecord
    fetch_metas: Callable[[Sequence[str]], Mapping[str, tuple[Meta, str]]]
    fetch_compiled: Callable[[DocumentRow], Compiled | None]
    around: Callable[[], SiteFacts]
    _metas: dict[str, Meta] = field(default_factory=dict)
    _values: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    _labels: dict[str, tuple[Label, ...]] = field(default_factory=dict)

    @cached_property
    def facts_around(self) -> SiteFacts:
        """The facts that no document has a part in."""
        return self.around()

    def metas(self, paths: Sequence[str]) -> tuple[Meta, ...]:
        """The metadata of documents as the record knows them.

        Raises:
            FullBuildNeeded: where the store has lost one, or another one stands there.

        """
        missing = [path for path in paths if path not in self._metas]
        for path, (meta, digest) in self.fetch_metas(missing).items() if missing else ():
            row = self.record.document(path)
            if row is not None and row.meta == digest:
                self._metas[path] = meta
        if not all(path in self._metas for path in missing):
            raise FullBuildNeeded
        return tuple(self._metas[path] for path in paths)

    def values(self, name: str) -> Mapping[str, Any]:
        """The facts of a recorded kind by the words behind its name, paths for documents; unpacked at the first question."""
        if name not in self._values:
            self._values[name] = unpack_facts(name, self.record.values[name])
        return self._values[name]

    def of_text(self, row: DocumentRow, path: str, name: str) -> object:
        """A fact of a kind that is `Compiled`, or one of its fields; labels are kept, since many pages ask for them.

        Raises:
            FullBuildNeeded: where the store has lost it.

        """
        if name == kinds.LABELS.name and path in self._labels:
            return self._labels[path]
        compiled = self.fetch_compiled(row)
        if compiled is None:
            raise FullBuildNeeded
        if name == kinds.LABELS.name:
            return self._labels.setdefault(path, compiled.labels)
        return compiled if name == kinds.COMPILED.name else getattr(compiled, name)


class CachedFacts(SiteFacts):
    """Facts out of a `RecordedSite` when `passes` passes of documents are compiled, and newer ones over them."""

    def __init__(
        self,
        recorded: RecordedSite,
        passes: int = 0,
        values: Mapping[FactKey, object] | None = None,
        digests: Mapping[FactKey, str] | None = None,
    ) -> None:
        super().__init__(values or {}, digests)
        self._recorded = recorded
        self._passes = passes

    def get(self, key: FactKey) -> object | None:
        """The value, or None where there is none."""
        if key in self._values:
            return super().get(key)
        recorded, name = self._recorded, key[0]
        if self._is_around(key):
            return recorded.facts_around.get(key)
        if name == kinds.DOCUMENT.name:
            return recorded.metas([key[1]])[0] if key[1] in recorded.record.documents else None
        if name == kinds.LABEL.name:
            return find_label(self, *key[1:])
        if name in catalogue.OF_TEXTS:
            row = self._row(key[1])
            return recorded.of_text(row, key[1], name) if row else None
        if name in RECORDED:
            words, known = word(key[1:]), recorded.values(name)
            if name == kinds.NAMED.name and words not in known:  # nobody asked the last build for it
                raise FullBuildNeeded
            value: object | None = known.get(words)
            return recorded.metas(value) if holds_documents(name) and isinstance(value, tuple) else value
        if recorded.record.digests.get(word(key)) == MISSING:
            return None
        raise FullBuildNeeded

    def digest(self, key: FactKey) -> str:
        """The digest of the value, `MISSING` where there is none."""
        known = self._digests.get(key)
        if known is None:
            known = self._digests[key] = self._recall(key)
        return known

    def _recall(self, key: FactKey) -> str:
        recorded, name = self._recorded, key[0]
        if self._is_around(key):
            return recorded.facts_around.digest(key)
        if name == kinds.DOCUMENT.name:
            row = recorded.record.document(key[1])
            return row.meta if row else MISSING
        if name == kinds.LABEL.name:
            label = self.get(key)
            return MISSING if label is None else fingerprint(label)
        if name in catalogue.OF_TEXTS:
            row = self._row(key[1])
            return str(getattr(row, name)) if row else MISSING
        digest = recorded.record.digests.get(word(key))
        if digest is not None:
            return digest
        if name not in RECORDED:
            raise FullBuildNeeded
        value = self.get(key)
        return MISSING if value is None else fingerprint(value)

    def _is_around(self, key: FactKey) -> bool:
        """Whether no document has a part in a fact: also in the time as it was printed already, which tells how long it lasts."""
        return key[0] in _AROUND or (key[0] == kinds.NOW.name and word(key) in self._recorded.record.digests)

    def _row(self, path: str) -> DocumentRow | None:
        """The row of a document, once it is compiled."""
        row = self._recorded.record.document(path)
        return row if row and row.pass_number < self._passes else None
