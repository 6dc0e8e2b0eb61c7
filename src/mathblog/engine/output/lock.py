"""One build at a time on one destination: a lock that ends with the process that holds it."""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mathblog.engine.folders.root import Folder, remove_empty_folder
from mathblog.engine.folders.way import LinkError
from mathblog.engine.problem import ENVIRONMENT, BuildStopped

LOCK = ".mathblog-lock"
PATIENCE = 10.0  # seconds to wait for another build
_PAUSE = 0.05


@contextmanager
def hold_lock(root: Path, source: Path | None = None, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of a destination, after at most `patience` seconds of waiting for another build.

    Where it lies below `source`, the folder of the site, that one is never made.

    The operating system takes the lock from a process that ends, however it ends, so that none is ever stale; the
    number in the file is for the message only. The folder is made for the lock, and is gone with it where nothing else
    was put into it. `root` is a path without links, and a lock that is one is not followed.

    Raises:
        BuildStopped: 3 where another build holds it, or the folder cannot be written.

    """
    made = [folder for folder in (root, *root.parents) if not folder.exists()]
    try:
        folder, handle = _acquire(root, source, time.monotonic() + patience)
    except LinkError as error:
        message = f"`{error.filename}` is a link, which mathblog never makes"
        raise BuildStopped(message, code=ENVIRONMENT, hint="remove the link") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"cannot write `{error.filename or root}`: {reason}"
        raise BuildStopped(message, code=ENVIRONMENT) from error
    try:
        yield
    finally:
        with contextlib.suppress(OSError):  # Windows does not delete an open file: it stays, and says nothing
            folder.remove(LOCK)
        os.close(handle)
        folder.close()
        for empty in made:
            remove_empty_folder(empty)


def _acquire(root: Path, source: Path | None, end: float) -> tuple[Folder, int]:
    while True:
        folder = Folder(root, make=True, below=source)
        try:
            handle = folder.open_lock(LOCK)
        except BaseException as error:
            folder.close()
            if isinstance(error, FileNotFoundError):  # the other build ended just now, and took its empty folder away
                continue
            raise
        if _try(handle):
            # its last holder deletes it: it may no longer be the file in the folder
            here, there = os.fstat(handle), folder.look(LOCK)
            if there is not None and os.path.samestat(here, there):
                if here.st_nlink <= 1:
                    os.ftruncate(handle, 0)
                    os.write(handle, str(os.getpid()).encode())
                    return folder, handle
                folder.remove(LOCK)  # one with another name (a hard link) is not written to: a new one is made
        elif time.monotonic() < end:
            time.sleep(_PAUSE)
        else:
            holder = ""
            with contextlib.suppress(OSError, ValueError):
                holder = f" (process {int(folder.read(LOCK))})"
            os.close(handle)
            folder.close()
            message = f"another mathblog{holder} is building into `{folder.path}`"
            hint = "wait until it has ended, or name another `--destination`"
            raise BuildStopped(message, code=ENVIRONMENT, hint=hint)
        os.close(handle)
        folder.close()


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 20  # a byte behind the number, which others must be able to read

    def _try(handle: int) -> bool:
        try:
            os.lseek(handle, _FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        os.lseek(handle, 0, os.SEEK_SET)
        return True
else:
    import fcntl

    def _try(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
