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
        hint = "make room for it, then build again: what was written is whole"
        if error.errno == errno.ENOSPC:
            message, hint = f"no space left on the disk for `{where}`", "free some, then build again"
        raise BuildStopped(message, code=ENVIRONMENT, hint=hint) from error


def is_current(folder: Folder, found: os.stat_result, file: OutputFile, source: Path) -> bool:
    """Whether a file has the bytes that it should have; a link, a pipe, a device has none."""
    if not stat.S_ISREG(found.st_mode):
        return False
    if file.content is not None:
        return found.st_size == len(file.content) and folder.read(file.path) == file.content
    original = source / file.source
    if found.st_size != original.stat().st_size:
        return False
    handle = folder.open(file.path)
    with os.fdopen(handle, "rb", buffering=0) as left, original.open("rb", buffering=0) as right:
        return is_same_data(left.fileno(), right.fileno())
