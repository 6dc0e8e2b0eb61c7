"""A stage's result is used again exactly when its inputs and everything it read about the site are what they were."""

from collections.abc import Hashable, Mapping
from typing import Any, NamedTuple, TypeVar

from mathblog.engine.store import Store
from mathblog.model.facts import FactKey, Facts, Reads

Name = TypeVar("Name", bound=Hashable)

_VALUE = "/value"  # the key of a large value, beside that of its trace


class Trace(NamedTuple):
    """What is kept of one run of a stage: the digest of its result, and the small part of it that every build needs."""

    digest: str
    light: Any


class Lookup(NamedTuple):
    """The traces that still hold, by name, and for every other name why it must run: '' where it never ran."""

    hits: dict[Any, Trace]
    misses: dict[Any, str]


class Memo:
    """Results of stages in a store, with the reads that each of them made."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def look_up(self, keys: Mapping[Name, str], facts: Facts) -> Lookup:
        """Which of the stage runs `keys` need not be done: those whose recorded reads have today's digests."""
        known = self.store.get_many(keys.values())
        hits: dict[Any, Trace] = {}
        misses: dict[Any, str] = {}
        for name, key in keys.items():
            entry = known.get(key)
            if entry is None:
                misses[name] = ""
                continue
            reads, digest, light = entry
            changed = first_change(reads, facts)
            if changed is None:
                hits[name] = Trace(digest, light)
            else:
                misses[name] = " ".join(changed)
        return Lookup(hits, misses)

    def record(self, key: str, reads: Reads, trace: Trace) -> None:
        """Keep the result of a run."""
        flat = [[*fact, digest] for fact, digest in sorted(reads.items())]
        self.store.put(key, [flat, trace.digest, trace.light])

    def record_encoded(self, key: str, reads: Reads, trace: Trace, data: bytes) -> None:
        """Keep the result of a run, and the large part of it, which is fetched only when it is needed."""
        self.record(key, reads, trace)
        self.store.put_encoded(key + _VALUE, data)

    def value(self, key: str) -> Any:
        """The large part of a result, None where it was lost: the stage must then run again."""
        return self.store.get(key + _VALUE)

    def reads(self, key: str) -> list[tuple[FactKey, str]]:
        """What a recorded run asked about the site, and the digests of the answers."""
        entry = self.store.get(key)
        return [(tuple(read[:-1]), read[-1]) for read in entry[0]] if entry else []


def first_change(reads: list[list[str]], facts: Facts) -> FactKey | None:
    """The first recorded read whose answer is another one now."""
    for read in reads:
        key = tuple(read[:-1])
        if facts.digest(key) != read[-1]:
            return key
    return None
