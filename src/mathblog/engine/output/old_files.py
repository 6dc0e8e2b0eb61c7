"""Files of the last build that the new site has not: which they are, and how they go."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from mathblog.engine.folders.root import Folder


def is_kept(path: str, keep_files: Sequence[str]) -> bool:
    """Jekyll's `keep_files`: a path is kept with everything below it."""
    return any(path == kept or path.startswith(kept.rstrip("/") + "/") for kept in keep_files)


def in_the_way(stale: Iterable[str], wanted: AbstractSet[str]) -> list[str]:
    """Old files that stand where a folder of the new site belongs (`a` and now `a/index.html`), or in reverse."""
    stale = list(stale)
    if not stale:  # nearly always, and there are thousands of `wanted` ones
        return []
    folders = {folder for path in wanted for folder in folders_above(path)}
    return [path for path in stale if path in folders or not wanted.isdisjoint(folders_above(path))]


def folders_above(path: str) -> list[str]:
    """The folders on the way to a file, the outermost first."""
    parts = path.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts))]


def all_folders(paths: Iterable[str]) -> set[str]:
    """The folders of these files, and those above them."""
    return {"", *(folder for path in paths for folder in folders_above(path))}


def remove_files(folder: Folder, paths: Iterable[str]) -> list[str]:
    """Remove those of the files that are there, and folders that are empty then; which ones were removed.

    A file that only a link leads to is not there.
    """
    removed = []
    for path in paths:
        if not folder.remove(path):
            continue
        removed.append(path)
        for above in reversed(folders_above(path)):
            if not folder.remove_folder(above):
                break
    return removed
