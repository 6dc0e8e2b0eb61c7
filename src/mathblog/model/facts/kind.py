"""How a kind of fact is declared: its name, the type of its values, what they follow from, its words for `explain`."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, Generic, TypeAlias, TypeVar

from mathblog.core.dataclass import dataclass, field

FactKey: TypeAlias = tuple[str, ...]

T_co = TypeVar("T_co", covariant=True)


class Origin(Enum):
    """The source of the values of a kind: an edit of something else does not change them.

    A build of which nothing but texts changed goes by it (`engine/incremental`). METADATA is the front matter of all
    documents, and which files there are that have one. INPUTS are the configuration, the environment, and the files that
    are no documents.
    """

    TEXT = "a text"
    FILE = "a file"
    METADATA = "front matter"
    INPUTS = "inputs"
    CLOCK = "the clock"


class Deferred(Generic[T_co]):
    """A fact whose value is made when it is asked for, and then kept, unless it is large and made easily."""

    __slots__ = ("keep", "make")

    def __init__(self, make: Callable[[], T_co], *, keep: bool = True) -> None:
        self.make = make
        self.keep = keep


@dataclass(frozen=True, eq=False)
class Kind(Generic[T_co]):
    """A kind of fact whose values have the type `T_co`.

    `name` is the first word of the keys. `value` says what a value is, for `docs/architecture.md`. `changed` says, as a
    reason for making a page again, that a value changed, and `named` names it, as what a page depends on; `{}` stands
    for the other words of the key. `recorded` is the type of the values for the record of a build, which keeps them for a
    later one; None for those of which it keeps the digests alone.
    """

    name: str
    origin: Origin
    value: str
    named: str
    changed: str
    recorded: Any = field(default=None, kw_only=True)

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the words that follow the kind's name in a key."""
        return ()


@dataclass(frozen=True, eq=False)
class One(Kind[T_co]):
    """A kind of which a site has one fact: `view[POSTS]`. `default` stands for one that nobody made."""

    default: T_co

    @property
    def key(self) -> FactKey:
        """The key of the fact."""
        return (self.name,)

    def fact(self, value: T_co) -> dict[FactKey, object]:  # type: ignore[misc]  # no kind stands for another one here
        """The fact with this value."""
        return {(self.name,): value}


@dataclass(frozen=True, eq=False)
class Many(Kind[T_co]):
    """A kind of which a site has a fact for each word or words: `view.get(DOCUMENT, path)`, None where there is none."""

    words: tuple[str, ...]

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the words that follow the kind's name in a key."""
        return self.words

    def key(self, *words: str) -> FactKey:
        """The key of the fact for these words."""
        return (self.name, *words)

    def facts(self, values: Mapping[str, T_co | Deferred[T_co | None]]) -> dict[FactKey, object]:
        """The facts with these values, each by the word behind the kind's name."""
        return {(self.name, word): value for word, value in values.items()}
