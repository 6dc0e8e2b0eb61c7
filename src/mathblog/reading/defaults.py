"""Front matter defaults: which of the configuration's `defaults:` apply to a file (`frontmatter_defaults.rb`)."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from mathblog.model.document import PAGES
from mathblog.model.options import FrontMatterDefault
from mathblog.model.values import Data
from mathblog.text.mappings import merge


def find_defaults(path: str, kind: str, defaults: Sequence[FrontMatterDefault], collections_dir: str = "") -> Data:
    """The values that hold for a file before its own front matter.

    `kind` is `PAGES` or a collection's label (drafts are `posts`, as in Jekyll). A longer scope path wins over a shorter one,
    with equal length a scope with a type, then the later one; mappings are merged.
    """
    kind = "pages" if kind == PAGES else kind
    merged: Data = {}
    strongest = (-1, False)
    container = f"{collections_dir}/" if collections_dir else "/"
    place = path.removeprefix(container)
    for default in defaults:
        scope = default.path if container == "/" else default.path.removeprefix(container)
        if "*" in default.path:
            # Jekyll globs on disk and takes what it finds as prefixes: a file or one of the folders it lies in has to fit
            pattern = _glob(default.path.strip("/"))
            ends = (*(at for at, char in enumerate(path) if char == "/"), len(path))
            fits = any(pattern.match(path, 0, end) for end in ends)
        else:
            fits = place.startswith(scope)
        if default.type not in ("", kind) or not fits:
            continue
        trimmed = default.path[1:].removesuffix("/") if default.path.startswith("/") else default.path
        strength = (len(trimmed), bool(default.type))
        if strength >= strongest:
            merged = merge(merged, default.values)
            strongest = strength
        else:
            merged = merge(default.values, merged)
    return merged


def list_unlisted(files: Iterable[str], defaults: Sequence[FrontMatterDefault], collections_dir: str = "") -> list[str]:
    """The static files that `defaults:` keep out of the sitemap. Scopes with a type do not fit files (`static_file.rb`)."""
    if not any("sitemap" in default.values for default in defaults):
        return []
    return [path for path in files if find_defaults(path, "", defaults, collections_dir).get("sitemap") is False]


@lru_cache(maxsize=256)
def _glob(scope: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*/|\*+|\?)", scope)
    regex = {"**/": "(?:[^/.][^/]*/)*", "?": "[^/]"}
    return re.compile(
        "".join("[^/]*" if set(part) == {"*"} else regex.get(part) or re.escape(part) for part in parts) + r"\Z"
    )
