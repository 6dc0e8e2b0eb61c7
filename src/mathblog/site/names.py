"""Tags and categories -> words for their addresses, a different one for each."""

import unicodedata
from collections.abc import Iterable, Mapping
from itertools import chain, count

from mathblog.text.slugs import slugify

# what tells `C`, `C++`, `C#` and `R&D` apart, and is no part of a slug
_SPELLED = str.maketrans({"+": " plus ", "#": " sharp ", "&": " and ", "*": " star "})

_LONGEST = 80  # characters: a folder's name has room for 255 bytes, and Hangul takes three each


def assign_slugs(names: Iterable[str], mode: str = "default") -> Mapping[str, str]:
    """A slug for each name: Jekyll's `slugify` in some `mode`, and where two names have the same one, a longer one for the second.

    `C` -> `c`, `C++` -> `c-plus-plus`, `c` -> `c-2`. The answer depends on the set of names only, not on their order.
    """
    ordered = sorted(set(names), key=lambda name: (_slug(name, mode) != name.lower(), name))
    taken: dict[str, str] = {}
    for name in ordered:
        if slug := _slug(name, mode):
            taken.setdefault(slug, name)
    slugs = {name: slug for slug, name in taken.items()}
    for name in ordered:
        if name not in slugs:
            spelled = _slug(name.translate(_SPELLED), mode)
            base = _slug(name, mode) or spelled or "-".join(f"{ord(char):x}" for char in name) or "untitled"
            candidates = chain((spelled or base,), (f"{base}-{number}" for number in count(2)))
            slugs[name] = next(slug for slug in candidates if slug not in taken)
            taken[slugs[name]] = name
    return slugs


def _slug(name: str, mode: str) -> str:
    return unicodedata.normalize("NFC", slugify(name, mode))[:_LONGEST].strip("-")
