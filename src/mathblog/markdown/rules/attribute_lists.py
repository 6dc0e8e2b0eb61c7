"""What an attribute list says: ids, classes, pairs of a name and a value, names of other lists (`extensions.rb`)."""

import re
from collections.abc import Mapping

from markdown_it.token import Token

_WORD = re.compile(
    r"#(?P<id>[^\s.#=]+)|\.(?P<cls>[^\s.#=]+)"
    r"|(?P<key>[\w:-]+)=(?:\"(?P<d>(?:\\[}\"]|[^\"}])*)\"|'(?P<s>(?:\\[}']|[^'}])*)')|(?P<ref>[\w-]+)"
)
_ESCAPE = re.compile(r"\\([}\"'])")
_DEEPEST = 8  # lists that name lists

Lists = Mapping[str, str]


def add(token: Token, content: str, named: Lists, depth: int = 0) -> None:
    """Give a token the attributes of a list; a second `id` replaces the first, classes add up.

    A name stands for the list defined as `{:name: …}`; whatever it means is kept in `meta["refs"]`, such as `toc`.
    """
    words = list(_WORD.finditer(content))
    for word in words:
        if word["ref"]:
            token.meta.setdefault("refs", []).append(word["ref"])
            if word["ref"] in named and depth < _DEEPEST:
                add(token, named[word["ref"]], named, depth + 1)
    for word in words:
        if word["id"]:
            token.attrSet("id", word["id"])
        elif word["cls"]:
            token.attrJoin("class", word["cls"])
        elif word["key"]:
            value = word["d"] if word["d"] is not None else word["s"]
            token.attrSet(word["key"], _ESCAPE.sub(r"\1", value))
