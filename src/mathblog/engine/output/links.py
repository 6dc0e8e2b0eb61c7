"""Links on the way to the destination: which is the site's own, and whether it came with the repository."""

import os
import re
from pathlib import Path

from mathblog.core.patterns import lazy_pattern

_POINTER = lazy_pattern(r"gitdir: (.+)")
_LONGEST = 4096  # bytes of a path
_NEWEST = 3  # the version of git's index that can be searched


def find_link_out(root: Path, source: Path) -> Path | None:
    """The link in the source folder that leads the way to `root` out of it; None where none does."""
    home, found = source.resolve(), None
    absolute = root.absolute()
    place = Path(absolute.anchor)
    for part in absolute.parts[1:]:
        step = place / part
        if step.is_symlink():
            found = step if found is None and place.is_relative_to(home) else found
            step = Path(os.path.realpath(step))
        place = step
    return None if place.is_relative_to(home) else found


def is_tracked(link: Path) -> bool:
    """Whether git keeps a link, which a clone of the repository then brings: it stands in the index of its folder's repository.

    An index that cannot be searched, of a newer version, is taken to hold it.
    """
    for folder in link.parents:
        place = folder / ".git"
        try:
            if place.is_file():  # in a second work tree and in a submodule
                with place.open(encoding="utf-8", errors="replace") as file:
                    pointer = _POINTER.match(file.read(_LONGEST))
                place = place.parent / pointer[1].strip() if pointer else place
            index = (place / "index").read_bytes()
        except OSError:
            continue
        if int.from_bytes(index[4:8], "big") > _NEWEST:  # paths are shortened there
            return True
        path = re.escape(os.fsencode(link.relative_to(folder).as_posix()))
        # the entry of a link (gitformat-index): its mode, 12 bytes, SHA-1 or SHA-256, flags, the path
        entry = rb"\0\0\xa0\0.{12}(?:.{20}|.{32})(?:..|....)" + path + rb"\0"
        return re.search(entry, index, re.DOTALL) is not None
    return False
