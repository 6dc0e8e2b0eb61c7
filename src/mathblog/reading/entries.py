"""The filter of entries of the source folder: Jekyll's `entry_filter.rb`."""

import fnmatch
import posixpath
import re
from collections.abc import Sequence
from functools import lru_cache

from mathblog.model.options import ReadingOptions

_SPECIAL = (".", "_", "#", "~")


def matches(patterns: Sequence[str], path: str, *, directory: bool = False) -> bool:
    """Whether a pattern is a glob that fits the path, a prefix of it, or `path/` for a folder.

    Globs are Ruby's `File.fnmatch` without flags: `*` crosses slashes.
    """
    for pattern in patterns:
        plain = pattern.lstrip("/").removeprefix("./")
        if not plain:
            continue
        if path.startswith(plain) or (directory and plain == f"{path}/"):
            return True
        if _glob(plain).match(path):
            return True
    return False


@lru_cache(maxsize=1024)
def _glob(pattern: str) -> re.Pattern[str]:
    return re.compile(fnmatch.translate(pattern.replace("[^", "[!")))


def accepts(entry: str, folder: str, options: ReadingOptions, *, directory: bool = False) -> bool:
    """Whether Jekyll keeps an entry of a folder: not excluded, not special (`. _ # ~` in front), no backup (`~` behind).

    `entry` is relative to `folder`, the place where the walk stands; an `include` pattern wins over all of this.
    """
    if entry.endswith("."):
        return False
    name = posixpath.basename(entry)
    if matches(options.include, entry, directory=directory) or matches(options.include, name, directory=directory):
        return True
    excluded = [pattern for pattern in options.exclude if pattern not in options.include]
    if matches(excluded, posixpath.join(folder, entry), directory=directory):
        return False
    return not (entry.startswith(_SPECIAL) or name.startswith(_SPECIAL) or entry.endswith("~"))
