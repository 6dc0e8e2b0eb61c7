"""Removing what mathblog wrote: the files of the last manifest and those of the cache, nobody else's."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from mathblog.engine.output.destination import MANIFEST, open_destination
from mathblog.engine.output.lock import hold_lock
from mathblog.engine.output.publish import STAGING, remove_files
from mathblog.engine.problem import ENVIRONMENT, BuildStopped
from mathblog.engine.request import BuildRequest
from mathblog.engine.sources.configuration import load_config

_PREVIEW = "preview"
_CACHE_FILE = re.compile(r"store-[0-9a-f-]+\.sqlite3(-wal|-shm|-journal)?|\.gitignore")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The folders that were cleaned, how many files of each were removed, and how many of somebody else's stay."""

    destination: Path
    cache: Path
    pages: int
    cached: int
    left: int


def clean(request: BuildRequest) -> Cleaned:
    """Remove the published site and the cache of a blog.

    Raises:
        BuildStopped: 2 for a source or a destination that cannot be used, 3 where a file cannot be removed.

    """
    config, _ = load_config(request)
    root = request.source / config.output.destination
    cache = request.source / config.output.cache_dir
    try:
        return Cleaned(
            root, cache, _clean_site(root, request.source), _clean_cache(cache), _count(root) + _count(cache)
        )
    except OSError as error:
        message = f"cannot remove `{error.filename}`: {(error.strerror or str(error)).lower()}"
        raise BuildStopped(message, code=ENVIRONMENT) from error


def _clean_site(root: Path, source: Path) -> int:
    if not (root / MANIFEST).is_file():
        return 0
    with hold_lock(root):
        removed = remove_files(root, sorted(open_destination(root, source).owned))
        (root / MANIFEST).unlink()
        shutil.rmtree(root / STAGING, ignore_errors=True)
    if not any(root.iterdir()):
        root.rmdir()
    return len(removed)


def _clean_cache(cache: Path) -> int:
    if not cache.is_dir():
        return 0
    number = _clean_site(cache / _PREVIEW, cache)
    for path in [path for path in cache.iterdir() if _CACHE_FILE.fullmatch(path.name) and path.is_file()]:
        path.unlink()
        number += 1
    if not any(cache.iterdir()):
        cache.rmdir()
    return number


def _count(root: Path) -> int:
    """Files that are still there."""
    return sum(1 for path in root.rglob("*") if path.is_file()) if root.is_dir() else 0
