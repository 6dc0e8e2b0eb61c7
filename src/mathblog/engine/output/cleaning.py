"""Removing what mathblog wrote: the files of the last manifest and those of the cache, nobody else's."""

import os
from pathlib import Path

from mathblog.core.dataclass import dataclass
from mathblog.engine.cache.folder import PREVIEW, check_cache, own_files
from mathblog.engine.folders.manifest import MANIFEST
from mathblog.engine.folders.root import Folder, remove_empty_folder
from mathblog.engine.output.destination import find_destination, open_destination
from mathblog.engine.output.lock import hold_lock
from mathblog.engine.output.old_files import remove_files
from mathblog.engine.output.staged import STAGING
from mathblog.engine.problem import ENVIRONMENT, BuildStopped
from mathblog.engine.request import BuildRequest
from mathblog.engine.sources.configuration import load_config


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
    cache = check_cache(request.source, config)
    try:
        pages, cached = _clean_site(root, request.source, named=request.named), 0
        if cache.is_dir():
            cached = _clean_site(cache / PREVIEW, cache, cache / PREVIEW)
            with Folder(cache) as folder:
                cached += sum(folder.remove(name) for name in own_files(folder))
            remove_empty_folder(cache)
        return Cleaned(root, request.source / config.output.cache_dir, pages, cached, _count(root) + _count(cache))
    except OSError as error:
        message = f"cannot remove `{error.filename}`: {(error.strerror or str(error)).lower()}"
        raise BuildStopped(message, code=ENVIRONMENT) from error


def _clean_site(root: Path, source: Path, real: Path | None = None, *, named: bool = False) -> int:
    if not os.path.lexists(root / MANIFEST):
        return 0
    real = real or find_destination(root, source, named=named)
    open_destination(root, source, real)  # a wrong one is refused before it is locked
    with hold_lock(real), Folder(real, name=root) as folder:
        removed = remove_files(folder, sorted(open_destination(root, source, real).owned))
        folder.remove(MANIFEST)
        folder.clear(STAGING)
    if not root.is_symlink():
        remove_empty_folder(real)
    return len(removed)


def _count(root: Path) -> int:
    """Files that are still there."""
    return sum(1 for path in root.rglob("*") if path.is_file()) if root.is_dir() else 0
