"""The last build into a destination, as it is stored for the next one: which files stand, its result, the record of its site.

What a build of the whole site leaves is large, and is written by such builds only. One that changed the site writes what
it changed of it, together with what the builds between changed.
"""

import time
from collections.abc import Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from mathblog.core.dataclass import dataclass, field
from mathblog.core.digest import fingerprint
from mathblog.engine.cache.codec import DamagedError
from mathblog.engine.cache.shapes import Shape
from mathblog.engine.cache.store import Store
from mathblog.engine.incremental.stored import DELTA, PAGES, RESULT, SITE
from mathblog.engine.output.publish import Publication, Published
from mathblog.engine.request import BuildResult
from mathblog.engine.sources.snapshot import Snapshot

if TYPE_CHECKING:
    from mathblog.engine.incremental.build_record import BuildRecord, Delta

_STANDING, _RESULT, _PAGES, _RECORD, _DELTA = "", "/result", "/pages", "/record", "/delta"
_MOST = 50  # documents; where more changed, the whole site is looked at


class Edit(NamedTuple):
    """The record of the last build, the documents whose files were touched since, and those to look at in each pass."""

    record: "BuildRecord"
    changed: tuple[str, ...]
    passes: list[list[str]]
    valid_until: float | None


@cache
def _shape_of(part: str) -> Shape:
    """The stored form of each part of a build; that of the record is made where one is asked for."""
    if part in _SMALL:
        return _SMALL[part]
    from mathblog.engine.incremental.build_record import RECORD

    return RECORD


_SMALL: Mapping[str, Shape] = {_STANDING: SITE, _RESULT: RESULT, _PAGES: PAGES, _DELTA: DELTA}


@dataclass
class LastBuild:
    """Looks back from a build that begins. `circumstances` are all that a build depends on besides the source folder."""

    store: Store
    state: str
    snapshot: Snapshot
    circumstances: str
    _known: dict[str, Any] = field(default_factory=dict)

    def _get(self, part: str) -> Any:
        if part not in self._known:  # kept in memory: a preview asks at every save
            key = self.state + part
            self._known[part] = self.store.get_many([key], _shape_of(part)).get(key)
        return self._known[part]

    @cached_property
    def _signatures(self) -> dict[str, str]:
        return self.snapshot.signatures()

    @cached_property
    def _signature(self) -> str:
        """One word for the stamps of all files, and for what was wrong; '' where a stamp is unsure."""
        words = self._signatures
        listed = "\0".join(f"{path}\0{signature}" for path, signature in words.items())
        return fingerprint(listed, self.snapshot.diagnostics) if all(words.values()) else ""

    @cached_property
    def _delta(self) -> list[Any]:
        """Stamps, standing files and rows that were changed since the whole site was built."""
        found = self._get(_DELTA)
        return found[1:] if found is not None and found[0] == self._number else [{}, {}, b""]

    @property
    def _number(self) -> object:
        """Tells a build of the whole site from every other one."""
        standing = self._get(_STANDING)
        return standing[0] if standing else None

    @property
    def standing(self) -> Mapping[str, list[str]] | None:
        """The files that the last build published, as `Publication.standing` has them; None where nothing is known."""
        standing = self._get(_STANDING)
        return standing[1] | self._delta[1] if standing else None

    def result(self, publication: Publication) -> BuildResult | None:
        """The result of the last build, where everything it could have read is as it was and its files still stand."""
        record = self._get(_RESULT) if self._signature else None
        if record is None:
            return None
        known, valid_until, formulas, skipped, diagnostics = record
        if _is_over(valid_until) or known != [self._signature, self.circumstances] or not publication.all_stand:
            return None
        pages = self._get(_PAGES)
        if pages is None:
            return None
        published = Published(0, publication.size, 0)
        root = publication.root
        return BuildResult(diagnostics, pages, formulas, skipped, published, 0.0, root=root, valid_until=valid_until)

    def edit(self, publication: Publication) -> Edit | None:
        """Return the edit since the last build; None where more than texts of documents changed, as far as files tell."""
        found = self._recall()
        if found is None or _is_over(found[2]):
            return None
        record, stamps, valid_until = found
        changed = self._find_changed(stamps | self._delta[0], record)
        if changed is None or not publication.all_stand:
            return None
        return Edit(record, changed, record.passes_of(changed), valid_until)

    def edit_of(self, changed: tuple[str, ...]) -> Edit | None:
        """The edit that touched these files and no others; None where one of them is no text of a document.

        The clock is not read again: what was made of the time stays.
        """
        found = self._recall()
        if found is None or len(changed) > _MOST or not all(path in found[0].documents for path in changed):
            return None
        record, _, valid_until = found
        return Edit(record, changed, record.passes_of(changed), valid_until)

    def _recall(self) -> "tuple[BuildRecord, Mapping[str, str], float | None] | None":
        """The record of the last build, the stamps of its sources, and how long it is good for; None where it holds no longer."""
        record = self._get(_RECORD)
        if record is None or record[0] != self._number:
            return None
        _, around, valid_until, stamps, packed = record
        if around != self._around:
            return None
        from mathblog.engine.incremental.build_record import Delta, unpack

        try:
            return unpack(packed, Delta.unpack(self._delta[2])), stamps, valid_until
        except DamagedError:
            return None

    def _find_changed(self, stamps: Mapping[str, str], record: "BuildRecord") -> tuple[str, ...] | None:
        """The documents whose files were touched since those `stamps`; None where anything else was, or many of them."""
        now = self._signatures
        if stamps.keys() != now.keys():
            return None
        changed = tuple(path for path, signature in now.items() if stamps[path] != signature or not signature)
        return changed if len(changed) <= _MOST and all(path in record.documents for path in changed) else None

    def note(
        self, result: BuildResult, publication: Publication, record: "BuildRecord | None", delta: "Delta | None"
    ) -> None:
        """Keep what this build leaves for the next one."""
        sure = result.published is not None and bool(self._signature) and publication.is_sound
        known = [self._signature, self.circumstances] if sure else ["", ""]
        values = [known, result.valid_until, result.formulas, dict(result.skipped), result.diagnostics]
        self._put(_RESULT, values)
        if result.published is None:
            return  # what stands is still what an earlier build says
        if delta is not None:
            self._note_delta(publication, delta)
            return
        from mathblog.engine.incremental.build_record import pack

        number = time.time_ns()
        self._put(_STANDING, [number, publication.standing])
        self._put(_PAGES, list(result.pages))
        packed = [number, self._around, result.valid_until, self._signatures, pack(record)] if record else None
        self._put(_RECORD, packed)

    def _note_delta(self, publication: Publication, delta: "Delta") -> None:
        from mathblog.engine.incremental.build_record import Delta

        stamps, standing, rows = self._delta
        record = self._get(_RECORD)
        before, whole = record[3], self._get(_STANDING)[1]
        standing = standing | publication.standing
        stamps = {path: word for path, word in self._signatures.items() if before[path] != word}
        standing = {path: known for path, known in standing.items() if whole.get(path) != known}
        self._put(_DELTA, [self._number, stamps, standing, delta.over(Delta.unpack(rows)).packed()])

    def _put(self, part: str, value: object) -> None:
        self._known[part] = value
        self.store.put(self.state + part, value)

    @cached_property
    def _around(self) -> list[Any]:
        return [self.circumstances, self.snapshot.diagnostics]


def _is_over(valid_until: float | None) -> bool:
    return valid_until is not None and time.time() >= valid_until
