"""The kinds of facts about bibliographies, which `kinds` lists with all others."""

from mathblog.model.citations.reference import Reference
from mathblog.model.facts.kind import Many, One, Origin

BIBLIOGRAPHIES = One[tuple[str, ...]](
    "bibliographies",
    Origin.INPUTS,
    "the paths of the site's `.bib` files",
    named="which `.bib` files there are",
    changed="a `.bib` file came or went",
    default=(),
)
REFERENCE_KEYS = Many[tuple[str, ...]](
    "reference_keys",
    Origin.INPUTS,
    "the keys of the entries of a `.bib` file in their order",
    named="which entries `{}` has",
    changed="an entry of `{}` came or went",
    words=("path",),
)
REFERENCE = Many[Reference](
    "reference",
    Origin.INPUTS,
    "an entry of a `.bib` file",
    named="in a `.bib` file the entry `{}`",
    changed="in a `.bib` file the entry `{}` changed",
    words=("path", "key"),
)
