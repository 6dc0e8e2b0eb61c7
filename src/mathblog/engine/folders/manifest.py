"""The manifest: which files of a destination mathblog wrote. It is believed for plain paths below the destination only."""

import json
import os
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from mathblog.engine.folders.root import Folder
from mathblog.text.urls import OWN_FILES

MANIFEST = ".mathblog-manifest.json"
_NO_NAMES = frozenset(("", ".", ".."))
_SHOWN = 60  # characters of an entry


class Manifest(NamedTuple):
    """The files that are ours (paths with `/`), and what was wrong with the list, '' where nothing was."""

    files: frozenset[str]
    problem: str = ""


def read_manifest(folder: Folder) -> Manifest | None:
    """The manifest of a folder; None where there is none.

    Somebody else may have written it. An entry that is no plain path of a file below the folder is not believed, and a
    manifest that is no plain file with a list of files owns nothing: so nothing is deleted for its sake.
    """
    if folder.look(MANIFEST) is None:
        return None
    try:
        return _parse(folder.read(MANIFEST))
    except OSError as error:
        return Manifest(frozenset(), f"it cannot be read: {(error.strerror or str(error)).lower()}")


@lru_cache(maxsize=4)  # a preview asks at every save
def _parse(data: bytes) -> Manifest:
    try:
        listed = json.loads(data)["files"]
    except (ValueError, KeyError, TypeError, RecursionError):
        listed = None
    if not isinstance(listed, list):
        return Manifest(frozenset(), "it holds no list of files")
    files = frozenset(name for name in listed if isinstance(name, str) and is_believed(name))
    if len(files) == len(listed):
        return Manifest(files)
    wrong = next((name for name in listed if not (isinstance(name, str) and is_believed(name))), None)
    example = "a file twice" if wrong is None else f"`{json.dumps(wrong)[:_SHOWN]}`"
    return Manifest(files, f"it names {example}, which mathblog never writes")


def is_believed(path: str) -> bool:
    """Whether mathblog may have written a file at this path: a plain one, below the destination, and no file of its own."""
    if not _NO_NAMES.isdisjoint(path.split("/")) or path.startswith(OWN_FILES) or "\\" in path or "\0" in path:
        return False
    if os.name == "nt" and ":" in path:  # a drive, or a stream
        return False
    try:
        path.encode()
    except UnicodeEncodeError:  # half a surrogate: no file has such a name
        return False
    return True


def format_manifest(paths: Iterable[str]) -> bytes:
    """The text of a manifest: of the files that the next build will believe to be ours.

    A static file with a backslash in its name is published and not owned, since it is a path on Windows.
    """
    return (json.dumps({"files": sorted(filter(is_believed, paths))}, ensure_ascii=False, indent=0) + "\n").encode()
