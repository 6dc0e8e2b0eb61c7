"""`mathblog.lock`: which theme exactly a blog is built with. Its text, read and written."""

import re
import tomllib

from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern

LOCK = "mathblog.lock"
_HEAD = "# Written by mathblog: the theme that this blog is built with. Keep this file with the blog."
_DIGEST = lazy_pattern(r"[0-9a-f]{64}")
_PLAIN = lazy_pattern(r"[\w./@+-]{1,200}", re.ASCII)
_KEYS = ("gem", "version", "repository", "ref", "commit", "sha256")


@dataclass(frozen=True, slots=True)
class Locked:
    """A gem by `gem` and `version`, or a repository by `repository` (`owner/name`), `ref` and, where known, `commit`.

    `sha256` is that of the gem's file, or of a list of the files in the archive, which GitHub may pack anew.
    """

    gem: str = ""
    version: str = ""
    repository: str = ""
    ref: str = ""
    commit: str = ""
    sha256: str = ""


def read_lock(text: str) -> Locked:
    """The entry of a lock.

    Raises:
        ValueError: where it is not one of ours, or was damaged.

    """
    if not text.startswith(_HEAD):
        message = "it was not written by mathblog"
        raise ValueError(message)
    try:
        found = tomllib.loads(text).get("theme")
    except tomllib.TOMLDecodeError as error:
        message = f"it is damaged: {str(error)[:1].lower()}{str(error)[1:]}"
        raise ValueError(message) from error
    values = {key: found[key] for key in _KEYS if key in found} if isinstance(found, dict) else {}
    sound = all(isinstance(value, str) and _PLAIN.fullmatch(value) for value in values.values())
    if not sound or not _DIGEST.fullmatch(values.get("sha256", "")) or ("gem" in values) == ("repository" in values):
        message = "it is damaged: it does not name one theme with its checksum"
        raise ValueError(message)
    return Locked(**values)


def write_lock(locked: Locked) -> str:
    """The text of a lock."""
    lines = (f'{key} = "{value}"' for key in _KEYS if (value := getattr(locked, key)))
    return "\n".join((_HEAD, "", "[theme]", *lines, ""))
