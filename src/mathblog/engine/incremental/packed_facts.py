"""The facts that the record of a build keeps with their values: packed by their kinds, as the catalogue declares them."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from mathblog.engine.cache.codec import decode, encode
from mathblog.engine.cache.shapes import SitePath, shape_of
from mathblog.model.facts import kinds
from mathblog.model.facts.catalogue import KINDS
from mathblog.model.facts.kind import FactKey
from mathblog.model.facts.view import SiteFacts

RECORDED = frozenset(name for name, kind in KINDS.items() if kind.recorded is not None)
_BETWEEN = "\0"  # stands between the words of a fact's key


def word(key: FactKey) -> str:
    """The key of a fact as one word."""
    return _BETWEEN.join(key)


def key_of(word: str) -> FactKey:
    """The key of a fact that is one word."""
    return tuple(word.split(_BETWEEN))


def have_values(values: Sequence[Mapping[str, bytes]]) -> bool:
    """Whether each of these mappings holds something for every kind that is recorded."""
    return all(value.keys() == RECORDED for value in values)


def pack_facts(facts: SiteFacts) -> dict[str, bytes]:
    """The recorded facts of a site by their kinds. Documents are kept by their paths."""
    found: dict[str, dict[str, object]] = {name: {} for name in sorted(RECORDED)}
    for key in facts.all_keys():
        if key[0] in RECORDED:
            value: Any = facts.get(key)
            own = tuple(meta.path for meta in value) if holds_documents(key[0]) else value
            found[key[0]][word(key[1:])] = own
    return {name: encode(values) for name, values in found.items()}


@lru_cache(maxsize=len(RECORDED))  # a preview asks at every save for those of the same record
def unpack_facts(name: str, packed: bytes) -> Mapping[str, Any]:
    """The values of the facts of a kind by the words behind its name, paths for documents.

    Raises:
        DamagedError: where the bytes are not what was packed.

    """
    hint = tuple[SitePath, ...] if holds_documents(name) else KINDS[name].recorded
    values: Mapping[str, Any] = decode(packed, shape_of(dict[str, hint]))  # type: ignore[valid-type]  # known when it runs
    return values


def holds_documents(name: str) -> bool:
    """Whether the values of a kind are documents."""
    return bool(KINDS[name].recorded == kinds.Metas)
