"""The labels of a page by their names, in all the spellings of 1.1: `eq:x`, `eq-x`, `eq_x` and `x` are one name."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from mathblog.core.patterns import lazy_pattern
from mathblog.model.compiled import Label
from mathblog.model.facts import kinds
from mathblog.model.facts.view import Facts

PREFIXES = {
    "eq": "equation", "thm": "theorem", "theorem": "theorem", "lem": "lemma", "lemma": "lemma", "prp": "proposition", "prop": "proposition",
    "cor": "corollary", "def": "definition", "defn": "definition", "exm": "example", "ex": "example", "rem": "remark", "rmk": "remark",
    "cnj": "conjecture", "conj": "conjecture", "exr": "exercise", "clm": "claim", "axm": "axiom", "asm": "assumption", "alg": "algorithm",
    "fig": "figure", "tbl": "table", "tab": "table", "sec": "section",
}  # fmt: skip
_PREFIX = lazy_pattern(rf"({'|'.join(sorted(PREFIXES, key=len, reverse=True))})[:_-] *(?=[^ ])")

_MOST_SUGGESTED = 20  # wrong names of a page with a hint each


def normal(name: str) -> str:
    """A name as it is compared: blanks at its ends do not count, and several are one."""
    return " ".join(name.split())


@lru_cache(maxsize=256)
def without_prefix(name: str) -> tuple[str, str]:
    """The prefix of a name, '' for none, and the rest: `eq:elbo` is `eq` and `elbo`."""
    found = _PREFIX.match(name)
    return (found[1], name[found.end() :]) if found else ("", name)


def without_spelling(name: str) -> str:
    """Return the form that all spellings of a name share, that of an id, too: `eq:two sets`, `eq-two-sets` and `two sets` are `two-sets`."""
    return "-".join(without_prefix(normal(name))[1].split())


def may_be_elsewhere(name: str) -> bool:
    """Whether a name may be that of a label in another post: `vae:elbo`, `vae:eq:elbo`. `eq:elbo` is one of this page."""
    slug, colon, label = name.partition(":")
    return bool(colon and slug and label) and (slug not in PREFIXES or ":" in label) and "," not in name


def find_label(facts: Facts, path: str, name: str) -> Label | None:
    """The label of a document that a reference finds by this name: the fact `LABEL`, of the fact `LABELS`."""
    labels: tuple[Label, ...] | None = facts.get(kinds.LABELS.key(path))  # type: ignore[assignment]  # the kind's type
    return _known_labels(labels).find(name) if labels else None


class Labels:
    """The labels of one page, the first of each name."""

    def __init__(self, labels: Iterable[Label] = ()) -> None:
        self._exact: dict[str, Label] = {}
        self._loose: dict[str, list[Label]] = {}
        self._compared = 0
        for label in labels:
            self.add(label)

    def __iter__(self) -> Iterator[Label]:
        """All of them in order."""
        return iter(self._exact.values())

    def add(self, label: Label) -> Label | None:
        """Add a label; return the one that has its name already, in whose place it does not come."""
        known = self._exact.setdefault(label.name, label)
        if known is not label:
            return known
        self._loose.setdefault(without_prefix(label.name)[1], []).append(label)
        return None

    def find(self, name: str) -> Label | None:
        """The label of a name, as it stands or without its prefix."""
        if found := self._exact.get(name) or self._exact.get(name := normal(name)):
            return found
        prefix, rest = without_prefix(name)
        return next((it for it in self._loose.get(rest, ()) if _fit(prefix, it)), None)

    def like(self, label: Label) -> Label | None:
        """Another label, before this one, that is the same but for its prefix."""
        prefix, rest = without_prefix(label.name)
        return next((it for it in self._loose.get(rest, ()) if it is not label and _fit(prefix, it)), None)

    def near(self, name: str) -> str:
        """A name that is nearly this one, '' where there is none; only the first wrong names are compared with all others."""
        import difflib

        self._compared += 1
        if self._compared > _MOST_SUGGESTED:
            return ""
        return next(iter(difflib.get_close_matches(normal(name), list(self._exact), 1, 0.6)), "")


@lru_cache(maxsize=512)
def _known_labels(labels: tuple[Label, ...]) -> Labels:
    """The labels of one document of many that refer to it; nobody adds to them."""
    return Labels(labels)


def _fit(prefix: str, label: Label) -> bool:
    own = without_prefix(label.name)[0]
    return not prefix or prefix == own or (not own and PREFIXES[prefix] == label.kind)
