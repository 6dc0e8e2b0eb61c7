"""The theme's own words in the language of the page."""

from collections.abc import Mapping
from functools import cache

from mathblog.model.values import Data

DEFAULT_LANGUAGE = "en"
_TRADITIONAL = frozenset({"zh-tw", "zh-hk", "zh-mo", "zh-hant"})


def labels_for(lang: str, tables: Data, own: Data) -> dict[str, object]:
    """The words for `lang`: the author's own over those of the language over English.

    `tables` are the theme's, by language. `zh-HK` takes `zh-hant`, else `zh`; a language without a table is English.
    """
    words: dict[str, object] = {}
    for name in reversed(fallbacks(lang)):
        table = tables.get(name)
        if isinstance(table, Mapping):
            words |= table
    return {**words, **own}


@cache
def fallbacks(lang: str) -> tuple[str, ...]:
    """The tables to look into, the most exact one first."""
    name = lang.lower().replace("_", "-")
    names = [name]
    if any(name == tag or name.startswith(f"{tag}-") for tag in _TRADITIONAL):
        names.append("zh-hant")
    names += [name.partition("-")[0], DEFAULT_LANGUAGE]
    return tuple(dict.fromkeys(names))
