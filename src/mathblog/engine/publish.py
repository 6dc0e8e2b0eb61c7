"""Write a finished site: new files whole or not at all, the manifest last, deletions only from the last manifest."""

import errno
import json
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mathblog.engine.destination import MANIFEST, Destination
from mathblog.engine.problem import ENVIRONMENT, BuildStopped
from mathblog.model.output import OutputFile

_TEMPORARY = ".mathblog-tmp-"


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did: numbers of files."""

    written: int
    unchanged: int
    removed: int


def publish(
    files: Sequence[OutputFile], destination: Destination, source: Path, keep_files: Sequence[str] = ()
) -> Published:
    """Bring the destination to exactly `files`, leaving alone what mathblog did not write and what `keep_files` names.

    A file is written beside its place and renamed into it, so that a reader of the folder sees the old file or the
    new one. Before the first rename the manifest claims old and new files; after the last it lists the new ones: a
    build killed at any moment leaves complete files that the next one owns.

    Raises:
        BuildStopped: 3 where the disk, a permission or a file of somebody else's is in the way.

    """
    wanted = {file.path for file in files}
    root = destination.root
    stale = sorted(path for path in destination.owned - wanted if not _is_kept(path, keep_files))
    try:
        root.mkdir(parents=True, exist_ok=True)
        if not destination.take_over:
            _refuse_foreign(files, destination, source)
        _write_manifest(root, destination.owned | wanted)
        removed = _remove(root, [path for path in stale if _is_in_the_way(path, wanted)])
        written = sum(_write(root, file, source) for file in files)
        removed += _remove(root, stale)
        _write_manifest(root, wanted)
    except OSError as error:
        raise _stopped(error, root) from error
    return Published(written, len(files) - written, removed)


def _refuse_foreign(files: Sequence[OutputFile], destination: Destination, source: Path) -> None:
    """Raise for the first file that stands where a page belongs and is neither ours nor the same."""
    for file in files:
        if file.path in destination.owned:
            continue
        path = destination.root / file.path
        if path.is_file() and not _is_current(path, file, source):
            message = f"`{path}` was not written by mathblog, and a page of the site belongs there"
            hint = "move it away, or add `--force` to overwrite it"
            raise BuildStopped(message, code=ENVIRONMENT, hint=hint)


def _is_kept(path: str, keep_files: Sequence[str]) -> bool:
    """Jekyll's `keep_files`: a path is kept with everything below it."""
    return any(path == kept or path.startswith(kept.rstrip("/") + "/") for kept in keep_files)


def _is_in_the_way(path: str, wanted: set[str]) -> bool:
    """Whether an old file stands where a folder of the new site belongs (`a` and now `a/index.html`), or in reverse."""
    return any(other.startswith(path + "/") or path.startswith(other + "/") for other in wanted)


def _write(root: Path, file: OutputFile, source: Path) -> bool:
    """Put one file in its place; False where it stood there already."""
    path = root / file.path
    if _is_current(path, file, source):
        return False
    temporary = path.with_name(_TEMPORARY + path.name[:100])
    try:
        handle = open(temporary, "wb")  # noqa: SIM115, PTH123 - opened twice at most; the folder is made only when missing
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = open(temporary, "wb")  # noqa: SIM115, PTH123
    try:
        with handle:
            if file.content is not None:
                handle.write(file.content)
            else:
                with (source / file.source).open("rb") as original:
                    shutil.copyfileobj(original, handle, 1 << 20)
        os.replace(temporary, path)  # noqa: PTH105 - Path.replace is slower and the same
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return True


def _is_current(path: Path, file: OutputFile, source: Path) -> bool:
    try:
        size = os.stat(path).st_size  # noqa: PTH116 - on the path of every page
    except OSError:
        return False
    if file.content is not None:
        return size == len(file.content) and path.read_bytes() == file.content
    original = source / file.source
    return size == original.stat().st_size and _same_bytes(path, original)


def _same_bytes(one: Path, other: Path) -> bool:
    with one.open("rb") as left, other.open("rb") as right:
        while chunk := left.read(1 << 20):
            if chunk != right.read(len(chunk)):
                return False
    return True


def _remove(root: Path, paths: Iterable[str]) -> int:
    removed = 0
    for path in paths:
        target = root / path
        if not target.is_file() and not target.is_symlink():
            continue
        target.unlink()
        removed += 1
        for folder in target.parents:
            if folder == root or not _remove_empty(folder):
                break
    return removed


def _remove_empty(folder: Path) -> bool:
    try:
        folder.rmdir()
    except OSError:
        return False
    return True


def _write_manifest(root: Path, paths: Iterable[str]) -> None:
    text = json.dumps({"files": sorted(paths)}, ensure_ascii=False, indent=0) + "\n"
    temporary = root / (_TEMPORARY + "manifest")
    with temporary.open("w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    temporary.replace(root / MANIFEST)


def _stopped(error: OSError, root: Path) -> BuildStopped:
    where = error.filename or root
    if error.errno == errno.ENOSPC:
        return BuildStopped(
            f"no space left on the disk for `{where}`", code=ENVIRONMENT, hint="free some, then build again"
        )
    reason = (error.strerror or str(error)).lower()
    return BuildStopped(
        f"cannot write `{where}`: {reason}", code=ENVIRONMENT, hint="the site that stood there is intact"
    )
