"""The folder of files that wait for their places, and what stops a publication."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from mathblog.engine.folders.copying import is_same_data
from mathblog.engine.folders.root import Folder
from mathblog.engine.problem import ENVIRONMENT, BuildStopped
from mathblog.model.output import OutputFile

STAGING = ".mathblog-staging"
_NEXT_STEPS = {
    errno.ENOSPC: "free some",
    errno.EDQUOT: "free some",
    errno.EFBIG: "raise the limit (`ulimit -f`)",
    errno.EMFILE: "raise the limit (`ulimit -n`)",
    errno.EXDEV: "publish to a folder that is on one disk with all that it holds, and copy it from there",
    errno.EBUSY: "end what uses it (a mount, another program)",
    errno.EROFS: "publish to a disk that can be written to",
    errno.EACCES: "give yourself the right to write there",
    errno.EPERM: "give yourself the right to write there",
}


class StagingPlace(NamedTuple):
    """Where another process of this build writes files: the destination, what messages call it, and whether files are put on the disk early."""

    real: Path
    root: Path
    durable: bool


@contextmanager
def stopping(root: Path) -> Iterator[None]:
    """Turn what the operating system refuses into the end of the build."""
    try:
        yield
    except OSError as error:
        where = error.filename2 or error.filename or root
        message = f"cannot write `{where}`: {(error.strerror or str(error)).lower()}"
        if error.errno == errno.ENOSPC:
            message = f"no space left on the disk for `{where}`"
        hint = f"{_NEXT_STEPS.get(error.errno or 0, 'make room for it')}, then build again: what was written is whole"
        raise BuildStopped(message, code=ENVIRONMENT, hint=hint) from error


def is_current(folder: Folder, found: os.stat_result, file: OutputFile, source: Path) -> bool:
    """Whether a file has the bytes that it should have; a link, a pipe, a device has none."""
    if not stat.S_ISREG(found.st_mode):
        return False
    original = source / file.source
    size = original.stat().st_size if file.content is None else len(file.content)
    if found.st_size != size:
        return False
    try:
        handle = folder.open(file.path)
    except PermissionError:  # it is replaced, which takes no right to it
        return False
    if file.content is not None:
        with os.fdopen(handle, "rb") as standing:
            return standing.read() == file.content
    with os.fdopen(handle, "rb", buffering=0) as left, original.open("rb", buffering=0) as right:
        return is_same_data(left.fileno(), right.fileno())
