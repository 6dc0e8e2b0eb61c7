"""Kinds of statements: theorems, lemmas, definitions, proofs, and what a site says about them (`theorems:`)."""

from functools import cached_property, lru_cache
from typing import NamedTuple

from mathblog.core.dataclass import dataclass
from mathblog.model.statements.names import kind_of_name

PROOF = "proof"
DECLARED = "declared"  # the counters of a text with `\newtheorem`
STYLES = ("plain", "definition", "remark")  # amsthm's


class StatementKind(NamedTuple):
    """A kind of statements. Its class is `name`; `aliases` are other words for it, the first is the prefix of its labels.

    `style` is one of amsthm's: `plain`, `definition` or `remark`. `title` is the name that a site gave to a kind of its own.
    Where a text declares its kinds, `counter` is the kind whose counter it has, '' for its own, which begins anew `within` what it names.
    """

    name: str
    aliases: tuple[str, ...] = ()
    style: str = "plain"
    numbered: bool = True
    title: str = ""
    counter: str = ""
    within: str = ""

    @property
    def prefix(self) -> str:
        """The beginning of labels and ids: `thm` of `thm-euler`."""
        return self.aliases[0] if self.aliases else self.name


KINDS = (
    StatementKind("theorem", ("thm",)),
    StatementKind("lemma", ("lem",)),
    StatementKind("proposition", ("prp", "prop")),
    StatementKind("corollary", ("cor",)),
    StatementKind("conjecture", ("cnj", "conj")),
    StatementKind("claim", ("clm",)),
    StatementKind("fact"),
    StatementKind("definition", ("def", "defn"), "definition"),
    StatementKind("example", ("exm", "ex"), "definition"),
    StatementKind("exercise", ("exr",), "definition"),
    StatementKind("problem", ("prb",), "definition"),
    StatementKind("axiom", ("axm",), "definition"),
    StatementKind("assumption", ("asm",), "definition"),
    StatementKind("algorithm", ("alg",), "definition"),
    StatementKind("remark", ("rem", "rmk"), "remark"),
    StatementKind("notation", (), "remark"),
    StatementKind("solution", ("sol",), "remark", numbered=False),
    StatementKind(PROOF, ("pf",), "remark", numbered=False),
)
CALLOUTS = ("note", "tip", "important", "warning", "caution")  # GitHub's


@dataclass(frozen=True)
class StatementOptions:
    """How a site has its statements. `everywhere` says that elements of HTML and paragraphs with a class of a kind are some, too.

    `counter` is `shared` by all kinds, each kind's `own`, that of `equation`s, or `declared` by the kinds; with `within: section` numbers begin anew
    with each. `names` are triples of a language, '' for any, a kind and its name.
    """

    kinds: tuple[StatementKind, ...] = KINDS
    everywhere: bool = False
    counter: str = "shared"
    within: str = ""
    names: tuple[tuple[str, str, str], ...] = ()

    def find(self, word: str) -> StatementKind | None:
        """The kind of a word, in whatever case: `theorem`, `Thm`, None where there is none."""
        return _by_word(self.kinds).get(word.lower())

    def find_by_name(self, word: str) -> StatementKind | None:
        """The same, and that of a name in any language: `정리`, `Beweis`."""
        return self.find(word) or self.find(kind_of_name(word))

    def of_label(self, label: str) -> StatementKind | None:
        """The kind that the prefix of a label names: `thm-euler`, `lem:a`."""
        prefix, mark, _ = label.replace(":", "-", 1).replace("_", "-", 1).partition("-")
        kind = self.find(prefix) if mark else None
        return kind if kind is None or prefix in kind.aliases else None

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All words that name a kind."""
        return tuple(_by_word(self.kinds))


@lru_cache(maxsize=8)
def _by_word(kinds: tuple[StatementKind, ...]) -> dict[str, StatementKind]:
    return {word.lower(): kind for kind in kinds for word in (*kind.aliases, kind.name)}
