"""The folder of files that wait for their places, and what stops a publication."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from mathblog.engine.problem import ENVIRONMENT, BuildStopped

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
