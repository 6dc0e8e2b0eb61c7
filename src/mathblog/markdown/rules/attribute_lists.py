"""The content of an attribute list: ids, classes, pairs of a name and a value, names of other lists (`extensions.rb`)."""

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from markdown_it.token import Token

from mathblog.core.patterns import lazy_pattern

_WORD = lazy_pattern(
    r"#(?P<id>[^\s.#=]+)|\.(?P<cls>[^\s.#=]+)"
    r"|(?P<key>[\w:-]+)=(?:\"(?P<d>(?:\\[}\"]|[^\"}])*)\"|'(?P<s>(?:\\[}']|[^'}])*)')|(?P<ref>[\w-]+)"
)
_ESCAPE = lazy_pattern(r"\\([}\"'])")
_MOST = 100  # words of a list that another names: it may be named often

Lists = Mapping[str, str]


def add(token: Token, content: str, named: Lists) -> None:
    """Give a token the attributes of a list; a second `id` replaces the first, classes add up.

    A name stands for the list defined as `{:name: …}`, each once; whatever it means is kept in `meta["refs"]`, such as `toc`.
    """
    words = list(_WORD.finditer(content))
    _resolve(token, words, named, set())
    _set(token, words)


def _resolve(token: Token, words: Sequence[re.Match[str]], named: Lists, seen: set[str]) -> None:
    for name in [word["ref"] for word in words if word["ref"]]:
        token.meta.setdefault("refs", []).append(name)
        if name in named and name not in seen and len(seen) < _MOST:
            seen.add(name)
            inner = list(islice(_WORD.finditer(named[name]), _MOST))
            _resolve(token, inner, named, seen)
            _set(token, inner)


def _set(token: Token, words: Sequence[re.Match[str]]) -> None:
    classes = [word["cls"] for word in words if word["cls"]]
    for word in words:
        if word["id"]:
            token.attrSet("id", word["id"])
        elif word["cls"] and classes:
            token.attrJoin("class", " ".join(classes))
            classes = []
        elif word["key"]:
            value = word["d"] if word["d"] is not None else word["s"]
            token.attrSet(word["key"], _ESCAPE.sub(r"\1", value))
