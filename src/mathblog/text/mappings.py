"""Mappings of YAML, merged."""

from collections.abc import Mapping

from mathblog.model.values import Data, Value


def merge(below: Data, above: Data, *, empty_keeps: bool = True) -> dict[str, Value]:
    """Return `above` over `below`: mappings within are merged, too, all else is replaced.

    An empty value keeps what is below (Jekyll's `Utils.deep_merge_hashes`), unless `empty_keeps` is False.
    """
    merged = dict(below)
    for key, value in above.items():
        known = merged.get(key)
        if isinstance(known, Mapping) and isinstance(value, Mapping):
            merged[key] = merge(known, value, empty_keeps=empty_keeps)
        elif value is not None or key not in merged or not empty_keeps:
            merged[key] = value
    return merged
