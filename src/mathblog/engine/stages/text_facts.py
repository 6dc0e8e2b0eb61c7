"""The facts that follow from the texts of documents, of which the store holds the values."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from typing import NamedTuple

from mathblog.core.digest import fingerprint
from mathblog.engine.cache.codec import decode
from mathblog.engine.cache.memo import COMPILE, Brief, Memo
from mathblog.engine.cache.shapes import shape_of
from mathblog.model.body import size_of
from mathblog.model.compiled import Compiled, Excerpt, Heading, Label
from mathblog.model.facts import kinds
from mathblog.model.facts.kind import Deferred, FactKey
from mathblog.model.facts.view import SiteFacts

_EXCERPT, _HEADINGS = shape_of(Excerpt), shape_of(tuple[Heading, ...])
_KEPT = 64  # compiled documents in memory: a page asks for its own several times, and for no more than a list holds
_KEPT_SIZE = 10_000_000  # characters of HTML of all of them, the last one aside
_KEPT_EXCERPTS = 1000  # of 3 to 12 kB: several lists show the same ones


class KnownText(NamedTuple):
    """A compiled document: the key of its run, the digests of its facts, and its labels, which are short."""

    path: str
    key: str
    digest: str
    excerpt: str
    headings: str
    labels: tuple[Label, ...]


def text_facts(texts: "StoredTexts") -> tuple[dict[FactKey, object], dict[FactKey, str]]:
    """The facts of texts and their digests."""
    values: dict[FactKey, object] = {}
    digests: dict[FactKey, str] = {}
    # not by the texts themselves: they would be in a circle, and a build looks for circles seldom
    excerpt_of = lru_cache(_KEPT_EXCERPTS)(texts.excerpt)
    for path, text in texts.known.items():
        compiled, excerpt = kinds.COMPILED.key(path), kinds.EXCERPT.key(path)
        digests[compiled], digests[excerpt] = text.digest, text.excerpt
        values[compiled] = Deferred(partial(texts.compiled, path), keep=False)
        labels, headings = kinds.LABELS.key(path), kinds.HEADINGS.key(path)
        values[labels] = text.labels
        digests[labels] = fingerprint(text.labels) if text.labels else ""
        digests[headings] = text.headings
        values[headings] = Deferred(partial(texts.headings, path), keep=False)
        values[excerpt] = Deferred(partial(excerpt_of, path), keep=False)
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


class StoredTexts:
    """Fetches what was compiled from the store, and keeps the documents that were asked for last: fewer where they are large.

    `lost` gives a document that the store has no longer.
    """

    def __init__(self, memo: Memo, known: Mapping[str, KnownText], lost: Callable[[str], Compiled]) -> None:
        self.known = known
        self._memo, self._lost = memo, lost
        self._kept: OrderedDict[str, Compiled] = OrderedDict()
        self._size = 0

    def compiled(self, path: str) -> Compiled:
        """A whole document."""
        if path in self._kept:
            self._kept.move_to_end(path)
            return self._kept[path]
        text = self.known[path]
        found: Compiled = self._memo.value(text.key, text.digest) or self._lost(path)
        self._kept[path] = found
        self._size += size_of(found.body)
        while len(self._kept) > 1 and (len(self._kept) > _KEPT or self._size > _KEPT_SIZE):
            self._size -= size_of(self._kept.popitem(last=False)[1].body)
        return found

    def excerpt(self, path: str) -> Excerpt:
        """The excerpt of a document, which is fetched without its body."""
        brief = self._brief(path)
        if brief is None or brief.of_excerpt != self.known[path].excerpt:
            return self.compiled(path).excerpt
        found: Excerpt = decode(brief.excerpt, _EXCERPT)
        return found

    def headings(self, path: str) -> tuple[Heading, ...]:
        """The same for its headings."""
        brief = self._brief(path)
        if brief is None or brief.of_headings != self.known[path].headings:
            return self.compiled(path).headings
        found: tuple[Heading, ...] = decode(brief.headings, _HEADINGS)
        return found

    def _brief(self, path: str) -> Brief | None:
        return None if path in self._kept else self._memo.brief(self.known[path].key)
