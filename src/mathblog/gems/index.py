"""The answer of a gem server to `/info/NAME`: one line a version (RubyGems' compact index)."""

from collections.abc import Mapping

from mathblog.core.patterns import lazy_pattern
from mathblog.gems.versions import is_version

_SUM = lazy_pattern(r"\bchecksum:([0-9a-f]{64})\b")
_OF_PLATFORM = "-"


def read_index(text: str) -> Mapping[str, str]:
    """The versions that a server has, each with the SHA-256 of its file, '' where none is given.

    A gem for one platform only is left out: themes are plain files.
    """
    found = {}
    for line in text.splitlines():
        version, _, rest = line.partition(" ")
        if is_version(version) and _OF_PLATFORM not in version:
            checksum = _SUM.search(rest)
            found[version] = checksum[1] if checksum else ""
    return found
