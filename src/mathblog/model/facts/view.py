"""The view of the site that a stage is given; every question is recorded with the digest of its answer."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Protocol, TypeAlias, TypeVar

from mathblog.core.digest import fingerprint
from mathblog.model.facts.catalogue import OF_CLOCK
from mathblog.model.facts.kind import Deferred, FactKey, Many, One
from mathblog.model.shown import Shown

Reads: TypeAlias = Mapping[FactKey, str]

_TEXTS = frozenset(("compiled", "excerpt"))
MISSING = "-"  # the digest of a fact that does not exist: its absence is an answer, too

T = TypeVar("T")


class Facts(Protocol):
    """Answers by key."""

    def get(self, key: FactKey) -> object | None:
        """The value, or None where there is none."""

    def digest(self, key: FactKey) -> str:
        """The digest of the value, `MISSING` where there is none."""


class SiteFacts:
    """The facts of one build, over a mapping. Values are frozen; digests are computed when first asked for.

    Keys are tuples of words; `kinds` declares all. `families` are facts `(family, word)` whose words only
    those who ask know: a function each from the word to the value. `derived` are those that follow from others of these
    facts: a function each from the facts and the words to the value, asked anew when others are put over these.
    """

    def __init__(
        self,
        values: Mapping[FactKey, object],
        digests: Mapping[FactKey, str] | None = None,
        families: Mapping[str, Callable[[str], object]] | None = None,
        derived: Mapping[str, Callable[..., object]] | None = None,
    ) -> None:
        self._values = dict(values)
        self._digests = dict(digests or {})
        self._families = dict(families or {})
        self._derived = dict(derived or {})
        self._last_derived: tuple[FactKey, object] | None = None  # who asks for a digest asks for the value next

    def get(self, key: FactKey) -> object | None:
        """The value, or None where there is none."""
        value = self._values.get(key)
        if value is None and key[0] in self._families:
            value = self._values[key] = self._families[key[0]](key[1])
        elif value is None and key[0] in self._derived:
            last = self._last_derived
            if last is None or last[0] != key:
                last = self._last_derived = key, self._derived[key[0]](self, *key[1:])
            value = last[1]
        if not isinstance(value, Deferred):
            return value
        made: object = value.make()
        if value.keep:
            self._values[key] = made
        return made

    def digest(self, key: FactKey) -> str:
        """The digest of the value, `MISSING` where there is none."""
        known = self._digests.get(key)
        if known is None:
            value = self.get(key)
            known = self._digests[key] = MISSING if value is None else fingerprint(value)
        return known

    def first_change(self, reads: Iterable[tuple[FactKey, str]]) -> FactKey | None:
        """The first of some recorded reads whose answer is another one now: asked for every page of a site at once."""
        known = self._digests
        for key, digest in reads:
            if known.get(key) != digest and self.digest(key) != digest:
                return key
        return None

    def asked_of_clock(self) -> frozenset[FactKey]:
        """Return the facts of the clock that were read, by a stage or by the memo of one."""
        return frozenset(key for key in self._digests if key[0] in OF_CLOCK)

    def asked(self) -> Mapping[FactKey, str]:
        """The digests that are known: of all facts that were asked for, and of some others."""
        return self._digests

    def has_any(self, kind: Many[T]) -> bool:
        """Whether there is a fact of a kind."""
        return any(key[0] == kind.name for key in self._values)

    def all_keys(self) -> Iterable[FactKey]:
        """The keys of all facts."""
        return self._values.keys()

    def extend(self, values: Mapping[FactKey, object], digests: Mapping[FactKey, str] | None = None) -> "SiteFacts":
        """These facts and more; a new answer replaces an old one."""
        kept = {
            key: digest for key, digest in self._digests.items() if key not in values and key[0] not in self._derived
        }
        return SiteFacts({**self._values, **values}, {**kept, **(digests or {})}, self._families, self._derived)

    def without(self, kinds: Collection[str]) -> "SiteFacts":
        """These facts but those of some kinds, named here, that others put over them."""
        values = {key: value for key, value in self._values.items() if key[0] not in kinds}
        digests = {key: digest for key, digest in self._digests.items() if key[0] not in kinds}
        return SiteFacts(values, digests, self._families, self._derived)


class FactView:
    """Facts as one stage run sees them: whatever it asks is noted in `reads`.

    `shown` says how its templates see formulas in the texts of documents.
    """

    def __init__(self, facts: Facts, shown: Shown | None = None) -> None:
        self._facts = facts
        self.shown = Shown() if shown is None else shown
        self.reads: dict[FactKey, str] = {}
        # makes of a text of a document what the page shows of it
        self.finish: Callable[[FactView, str, object], object] | None = None
        self._last: tuple[FactKey, object] | None = None  # text: a layout asks for its page's again and again

    def said(self, path: str, text: str) -> str:
        """A text in the front matter of a document as the page shows it: with the numbers that it refers to."""
        return str(self.finish(self, path, text)) if "ref{" in text and self.finish else text

    def get(self, kind: Many[T], *words: str) -> T | None:
        """The fact of a kind for these words, or None where there is none; either way the question is recorded."""
        return self._answer((kind.name, *words))  # type: ignore[return-value]  # who made the fact checked its type

    def __getitem__(self, kind: One[T]) -> T:
        """The fact of a kind of which a site has one, the kind's default where nobody made it; the question is recorded."""
        value = self._answer((kind.name,))
        return kind.default if value is None else value  # type: ignore[return-value]  # who made the fact checked its type

    def digest(self, kind: Many[T], *words: str) -> str:
        """The digest of a fact, for who makes nothing new of a value that has not changed; the question is recorded."""
        key = (kind.name, *words)
        if key not in self.reads:
            self.reads[key] = self._facts.digest(key)
        return self.reads[key]

    def _answer(self, key: FactKey) -> object | None:
        if self._last is not None and self._last[0] == key:
            return self._last[1]
        if key not in self.reads:
            self.reads[key] = self._facts.digest(key)
        value = self._facts.get(key)
        if key[0] in _TEXTS:
            value = self.finish(self, key[1], value) if self.finish else value
            self._last = (key, value)
        return value
