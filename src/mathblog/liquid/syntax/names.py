"""Which words are tags: known without loading the engine, so that texts without them never do."""

from collections.abc import Mapping
from functools import lru_cache

from mathblog.core.dataclass import dataclass
from mathblog.extend.extensions import Extensions

OPAQUE = frozenset({"raw", "comment"})  # their content is not Liquid
OPAQUE_CLOSERS = {f"end{name}": name for name in OPAQUE}


@dataclass(frozen=True, slots=True)
class TagWords:
    """The words of tags: `blocks` with the tags that may stand between their opener and their `end…`.

    `inner` are those that mean nothing outside of a block, `single` those that stand alone, `known` all there are.
    """

    blocks: Mapping[str, frozenset[str]]
    closers: Mapping[str, str]
    inner: frozenset[str]
    single: frozenset[str]
    known: frozenset[str]


@lru_cache(maxsize=4)
def words_of(extensions: Extensions) -> TagWords:
    """Return the words of the tags that there are."""
    tags = extensions.tags.values()
    blocks = {tag.word: frozenset(tag.inner) for tag in tags if tag.inner is not None}
    closers = {f"end{word}": word for word in blocks}
    single = frozenset(tag.word for tag in tags if tag.inner is None)
    inner = frozenset().union(*blocks.values()) - single
    known = frozenset((*blocks, *closers, *inner, *single, *OPAQUE, *OPAQUE_CLOSERS))
    return TagWords(blocks, closers, inner, single, known)


# tags of Jekyll's plugins and of other Liquids that are not here, and what to say about them
ABSENT = {
    "avatar": "jekyll-avatar is not built in: write an `<img>`",
    "liquid": "Jekyll does not have it: write one `{% … %}` for each line",
    "render": "Jekyll does not have it: write `{% include file.html name=value %}`",
}

# names that stand for something in every text (`forloop` only in a loop, `include` only in an include)
ROOTS = frozenset({"site", "page", "jekyll", "include", "layout", "forloop", "tablerowloop"})
