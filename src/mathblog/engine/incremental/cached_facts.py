"""The facts of a site of which nothing changed but texts: from the record of the last build, each when it is asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from mathblog.core.digest import fingerprint
from mathblog.engine.cache.codec import decode
from mathblog.engine.cache.shapes import shape_of
from mathblog.engine.incremental.build_record import BuildRecord, DocumentRow, word
from mathblog.model.compiled import Compiled, Excerpt
from mathblog.model.document import Meta
from mathblog.model.facts import catalogue, kinds
from mathblog.model.facts.kind import FactKey, Origin
from mathblog.model.facts.view import MISSING, SiteFacts
from mathblog.model.navigation import NavigationItem

_AROUND = catalogue.names_of(Origin.INPUTS, Origin.FILE)  # kinds of facts that no document has a part in

_GROUPS = shape_of(tuple[tuple[str, tuple[str, ...]], ...])


class FullBuildNeeded(BaseException):
    """The record cannot answer: the build must look at the whole site.

    Not an `Exception`, so that no template and no filter takes it for a fault of the author's.
    """


@dataclass
class RecordedSite:
    """What is remembered of a site, and functions that fetch the rest: metadata with its digest, compiled documents.

    `around` makes the facts that no document has a part in.
    """

    record: BuildRecord
    fetch_metas: Callable[[Sequence[str]], Mapping[str, tuple[Meta, str]]]
    fetch_compiled: Callable[[DocumentRow], Compiled | None]
    around: Callable[[], SiteFacts]
    _metas: dict[str, Meta] = field(default_factory=dict)

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
        self._answers: Mapping[str, Callable[[FactKey], object | None]] = {
            kinds.ADDRESS.name: self._address,
            kinds.CATEGORIES.name: self._groups,
            kinds.COMPILED.name: self._compiled,
            kinds.DOCUMENT.name: self._document,
            kinds.EXCERPT.name: self._excerpt,
            kinds.NAVIGATION.name: self._navigation,
            kinds.NEIGHBOURS.name: self._neighbours,
            kinds.PAGES.name: self._list,
            kinds.POSTS.name: self._list,
            kinds.TAGS.name: self._groups,
        }
        self._digesters: Mapping[str, Callable[[FactKey], str]] = {
            kinds.ADDRESS.name: self._digest_of_address,
            kinds.COMPILED.name: self._digest_of_compiled,
            kinds.DOCUMENT.name: self._digest_of_document,
            kinds.EXCERPT.name: self._digest_of_compiled,
            kinds.NEIGHBOURS.name: self._digest_of_neighbours,
        }

    def get(self, key: FactKey) -> object | None:
        """The value, or None where there is none."""
        if key in self._values:
            return super().get(key)
        recorded, kind = self._recorded, key[0]
        if self._is_around(key):
            return recorded.facts_around.get(key)
        if kind in self._answers:
            return self._answers[kind](key)
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
        if self._is_around(key):
            return self._recorded.facts_around.digest(key)
        if key[0] in self._digesters:
            return self._digesters[key[0]](key)
        digest = self._recorded.record.digests.get(word(key))
        if digest is None:
            raise FullBuildNeeded
        return digest

    def _is_around(self, key: FactKey) -> bool:
        """Whether no document has a part in a fact: also in the time as it was printed already, which tells how long it lasts."""
        return key[0] in _AROUND or (key[0] == kinds.NOW.name and word(key) in self._recorded.record.digests)

    def _row(self, key: FactKey) -> DocumentRow | None:
        """The row of a document, once it is compiled."""
        row = self._recorded.record.document(key[1])
        return row if row and row.pass_number < self._passes else None

    def _digest_of_compiled(self, key: FactKey) -> str:
        row = self._row(key)
        if row is None:
            return MISSING
        return row.excerpt if key[0] == kinds.EXCERPT.name else row.compiled

    def _digest_of_document(self, key: FactKey) -> str:
        row = self._recorded.record.document(key[1])
        return row.meta if row else MISSING

    def _digest_of_neighbours(self, key: FactKey) -> str:
        known: list[str] | None = self._recorded.record.neighbours.get(key[1])
        return known[1] if known else MISSING

    def _digest_of_address(self, key: FactKey) -> str:
        url = self._address(key)
        return MISSING if url is None else fingerprint(url)

    def _compiled(self, key: FactKey) -> Compiled | None:
        row = self._row(key)
        if row is None:
            return None
        compiled = self._recorded.fetch_compiled(row)
        if compiled is None:  # the store lost it
            raise FullBuildNeeded
        return compiled

    def _excerpt(self, key: FactKey) -> Excerpt | None:
        compiled = self._compiled(key)
        return Excerpt(compiled.excerpt, compiled.summary, compiled.uncut) if compiled else None

    def _document(self, key: FactKey) -> Meta | None:
        return self._recorded.metas([key[1]])[0] if key[1] in self._recorded.record.documents else None

    def _groups(self, key: FactKey) -> tuple[tuple[str, tuple[str, ...]], ...]:
        groups: tuple[tuple[str, tuple[str, ...]], ...] = decode(self._recorded.record.groups[key[0]], _GROUPS)
        return groups

    def _neighbours(self, key: FactKey) -> object | None:
        known = self._recorded.record.neighbours.get(key[1])
        return known[0] if known else None

    def _list(self, key: FactKey) -> tuple[Meta, ...]:
        record = self._recorded.record
        return self._recorded.metas(record.posts if key == kinds.POSTS.key else record.own_pages)

    def _address(self, key: FactKey) -> str | None:
        return self._recorded.record.addresses.get(word(key))

    def _navigation(self, _key: FactKey) -> tuple[NavigationItem, ...]:
        return tuple(NavigationItem(*item) for item in self._recorded.record.navigation)
