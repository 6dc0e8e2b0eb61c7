"""A stage's result is used again exactly when its inputs and everything it read about the site are what they were."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, NamedTuple

from mathblog.core.diagnostic import Diagnostic
from mathblog.engine.cache.shapes import Shape, SitePath, are_reads, row, shape_of
from mathblog.engine.cache.store import VALUE, Store
from mathblog.model.compiled import Compiled, FileBeside, Label
from mathblog.model.facts.catalogue import OF_CLOCK
from mathblog.model.facts.kind import FactKey
from mathblog.model.facts.view import Reads, SiteFacts

COMPILE, LAYOUT, GENERATE = "compile", "layout", "generate"  # the stages


class _File(NamedTuple):
    path: SitePath
    digest: str


_LIGHT: Mapping[str, Any] = {
    COMPILE: tuple[
        str, str, tuple[Label, ...], int, bool, tuple[Diagnostic, ...], tuple[FileBeside, ...], tuple[str, ...]
    ],
    LAYOUT: tuple[Diagnostic, ...],
    GENERATE: list[Annotated[list[str], row(_File)]],
}


class _Entry(NamedTuple):
    """The stored form of a run: its reads, each the words of a fact and a digest, and its trace."""

    reads: Annotated[list[list[str]], are_reads]
    digest: str
    light: Any


def _of_stage(light: Shape) -> Shape:
    return lambda entries: _ENTRY(entries) and light([entry[2] for entry in entries])


class _Large(NamedTuple):
    """The stored form of the large part of a compilation."""

    digest: str
    value: Compiled


class Brief(NamedTuple):
    """The stored form of what lists and the search show of a compiled document: excerpt and headings, each encoded, after the digests of both."""

    of_excerpt: str
    of_headings: str
    excerpt: bytes
    headings: bytes


class Trace(NamedTuple):
    """The trace of one run of a stage: the digest of its result, and the small part of it that every build needs."""

    digest: str
    summary: Any


class Lookup(NamedTuple):
    """The traces that still hold, by name, and for every other name the fact that changed: () where it never ran.

    `stale` are the traces that hold no longer.
    """

    hits: dict[str, Trace]
    misses: dict[str, FactKey]
    stale: dict[str, Trace]


class AskedRun(NamedTuple):
    """A run that was looked up: its key, and the fact that changed; () for a run that was never done, None for a hit."""

    key: str
    reason: FactKey | None


_ENTRY, _VALUE, _BRIEF = row(_Entry), row(_Large), row(Brief)
_SHORT = "/brief"  # the key of a `Brief`, beside that of the run
_ENTRIES: Mapping[str, Shape] = {stage: _of_stage(shape_of(light)) for stage, light in _LIGHT.items()}


class Memo:
    """Results of stages in a store, with the reads that each of them made.

    `asked` are the runs that this build looked up, by stage and name; `clock` is what they read of the time.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.asked: dict[tuple[str, str], AskedRun] = {}
        self.clock: set[FactKey] = set()

    def look_up(self, stage: str, keys: Mapping[str, str], facts: SiteFacts) -> Lookup:
        """Which of the runs `keys` of a stage need not be done: those whose recorded reads have today's digests."""
        known = self.store.get_many(keys.values(), _ENTRIES[stage])
        hits: dict[str, Trace] = {}
        misses: dict[str, FactKey] = {}
        stale: dict[str, Trace] = {}
        for name, key in keys.items():
            entry = known.get(key)
            if entry is None:
                misses[name] = ()
                self.asked[stage, name] = AskedRun(key, ())
                continue
            reads, digest, summary = entry
            if isinstance(reads, list):  # as it came from the disk
                entry[0] = reads = _read_back(reads)
            changed = facts.first_change(reads)
            self.asked[stage, name] = AskedRun(key, changed)
            if changed is None:
                hits[name] = Trace(digest, summary)
            else:
                misses[name] = changed
                stale[name] = Trace(digest, summary)
        self.clock |= facts.asked_of_clock()
        return Lookup(hits, misses, stale)

    def record(self, key: str, reads: Reads, trace: Trace) -> None:
        """Keep the result of a run."""
        self.clock.update(fact for fact in reads if fact[0] in OF_CLOCK)
        self.store.put(key, [[[*fact, digest] for fact, digest in sorted(reads.items())], trace.digest, trace.summary])

    def record_encoded(self, key: str, reads: Reads, trace: Trace, data: bytes) -> None:
        """Keep the result of a run, and the large part of it, which is fetched only when it is needed.

        `data` are the encoded pair of the trace's digest and the large part.
        """
        self.record(key, reads, trace)
        self.store.put_encoded(key + VALUE, data)

    def value(self, key: str, digest: str) -> Any:
        """The large part of the result with this digest, None where it was lost: the stage must then run again.

        Another build over the same store may have put the value of another run there since the trace was looked up.
        """
        found = self.store.get(key + VALUE, _VALUE)
        return found[1] if found is not None and found[0] == digest else None

    def keep_brief(self, key: str, data: bytes) -> None:
        """Keep the encoded `Brief` of a compilation."""
        self.store.put_encoded(key + _SHORT, data)

    def brief(self, key: str) -> Brief | None:
        """The `Brief` of the compilation that was kept last; None where it was lost."""
        found = self.store.get(key + _SHORT, _BRIEF)
        return Brief(*found) if found is not None else None

    def reads(self, key: str) -> list[tuple[FactKey, str]]:
        """Return the facts that a recorded run read, with the digests of their values."""
        entry = self.store.get(key, _ENTRY)
        return list(_read_back(entry[0])) if entry else []


def _read_back(reads: Iterable[list[str] | tuple[FactKey, str]]) -> tuple[tuple[FactKey, str], ...]:
    """Recorded reads as they are compared: those that come from the disk are lists of words with the digest last."""
    return tuple((tuple(read[:-1]), read[-1]) if isinstance(read, list) else read for read in reads)
