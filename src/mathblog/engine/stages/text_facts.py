"""The facts that follow from the texts of documents, of which the store holds the values."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from mathblog.core.digest import fingerprint
from mathblog.engine.cache.memo import COMPILE, Memo
from mathblog.model.body import size_of
from mathblog.model.compiled import Compiled, Label
from mathblog.model.facts import kinds
from mathblog.model.facts.kind import Deferred, FactKey
from mathblog.model.facts.view import SiteFacts

_KEPT = 64  # compiled documents in memory: a page asks for its own several times, and for no more than a list holds
_KEPT_SIZE = 10_000_000  # characters of HTML of all of them, the last one aside


class KnownText(NamedTuple):
    """A compiled document: the key of its run, the digests of its facts, and its labels, which are short."""

    path: str
    key: str
    digest: str
    excerpt: str
    headings: str
    labels: tuple[Label, ...]


def text_facts(
    texts: Iterable[KnownText], value_of: Callable[[str], Compiled]
) -> tuple[dict[FactKey, object], dict[FactKey, str]]:
    """The facts of texts and their digests; `value_of` fetches a compiled document by its path."""
    values: dict[FactKey, object] = {}
    digests: dict[FactKey, str] = {}
    for text in texts:
        path = text.path
        compiled, excerpt = kinds.COMPILED.key(path), kinds.EXCERPT.key(path)
        digests[compiled], digests[excerpt] = text.digest, text.excerpt
        values[compiled] = Deferred(partial(value_of, path), keep=False)
        labels, headings = kinds.LABELS.key(path), kinds.HEADINGS.key(path)
        values[labels] = text.labels
        digests[labels] = fingerprint(text.labels) if text.labels else ""
        digests[headings] = text.headings
        values[headings] = Deferred(partial(_part_of, value_of, path, headings[0]), keep=False)
        values[excerpt] = Deferred(partial(_part_of, value_of, path, excerpt[0]))
    return values, digests


def known_texts(memo: Memo, facts: SiteFacts) -> Iterator[KnownText]:
    """The texts of a build whose documents are compiled."""
    for (stage, path), run in memo.asked.items():
        labels = facts.get(kinds.LABELS.key(path)) if stage == COMPILE else None
        if labels is not None:
            compiled, excerpt, headings = (
                facts.digest(kind.key(path)) for kind in (kinds.COMPILED, kinds.EXCERPT, kinds.HEADINGS)
            )
            yield KnownText(path, run.key, compiled, excerpt, headings, labels)  # type: ignore[arg-type]  # its kind says so


def fetch_texts(
    memo: Memo, texts: Mapping[str, KnownText], lost: Callable[[str], Compiled]
) -> Callable[[str], Compiled]:
    """A function that fetches compiled documents from the store; `lost` gives one that the store has no longer."""

    def value_of(path: str) -> Compiled:
        found: Compiled | None = memo.value(texts[path].key, texts[path].digest)
        return lost(path) if found is None else found

    return _Recent(value_of)


class _Recent:
    """A function from a path to a compiled document, which keeps those that were asked for last: fewer where they are large."""

    def __init__(self, value_of: Callable[[str], Compiled]) -> None:
        self._value_of = value_of
        self._kept: OrderedDict[str, Compiled] = OrderedDict()
        self._size = 0

    def __call__(self, path: str) -> Compiled:
        """The document at this path."""
        if path in self._kept:
            self._kept.move_to_end(path)
            return self._kept[path]
        found = self._kept[path] = self._value_of(path)
        self._size += size_of(found.body)
        while len(self._kept) > 1 and (len(self._kept) > _KEPT or self._size > _KEPT_SIZE):
            self._size -= size_of(self._kept.popitem(last=False)[1].body)
        return found


def _part_of(value_of: Callable[[str], Compiled], path: str, name: str) -> object:
    """A fact that is a field of the same name."""
    return getattr(value_of(path), name)
