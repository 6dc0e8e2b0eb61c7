"""The lists of kinds of facts: computed from their declarations."""

from collections.abc import Mapping

from mathblog.model.facts import kinds
from mathblog.model.facts.kind import FactKey, Kind, Origin

KINDS: Mapping[str, Kind[object]] = {value.name: value for value in vars(kinds).values() if isinstance(value, Kind)}
"""By their names, in the order of their declarations."""


def names_of(*origins: Origin) -> frozenset[str]:
    """The names of the kinds that follow from one of these."""
    return frozenset(kind.name for kind in KINDS.values() if kind.origin in origins)


OF_TEXTS = names_of(Origin.TEXT)
OF_FILES = names_of(Origin.FILE)
OF_CLOCK = names_of(Origin.CLOCK)


def name_fact(key: FactKey) -> str:
    """A fact in words, as what a page depends on."""
    return KINDS[key[0]].named.format(_rest(key))


def say_changed(key: FactKey) -> str:
    """Return the reason, in words, that a changed fact is for making a page again."""
    return KINDS[key[0]].changed.format(_rest(key))


def _rest(key: FactKey) -> str:
    return " ".join(filter(None, key[1:]))
