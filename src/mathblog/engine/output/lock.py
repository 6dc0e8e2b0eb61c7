"""One build at a time on one destination: a lock that ends with the process that holds it."""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mathblog.engine.problem import ENVIRONMENT, BuildStopped

LOCK = ".mathblog-lock"
PATIENCE = 10.0  # seconds to wait for another build
_PAUSE = 0.05


@contextmanager
def hold_lock(root: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of a destination, after at most `patience` seconds of waiting for another build.

    The operating system takes the lock from a process that ends, however it ends, so that none is ever stale; the
    number in the file is for the message only. The folder is made for the lock, and is gone with it where nothing else
    was put into it.

    Raises:
        BuildStopped: 3 where another build holds it, or the folder cannot be written.

    """
    made = [folder for folder in (root, *root.parents) if not folder.exists()]
    try:
        handle = _acquire(root, time.monotonic() + patience)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"cannot write `{error.filename or root}`: {reason}"
        raise BuildStopped(message, code=ENVIRONMENT) from error
    try:
        yield
    finally:
        with contextlib.suppress(OSError):  # Windows does not delete an open file: it stays, and says nothing
            (root / LOCK).unlink()
        os.close(handle)
        with contextlib.suppress(OSError):
            for folder in made:
                folder.rmdir()


def _acquire(root: Path, end: float) -> int:
    path = root / LOCK
    while True:
        root.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except FileNotFoundError:  # the other build ended just now, and took its empty folder away
            continue
        if _try(handle):
            if _is_same(handle, path):
                os.ftruncate(handle, 0)
                os.write(handle, str(os.getpid()).encode())
                return handle
        elif time.monotonic() >= end:
            os.close(handle)
            raise _busy(root)
        else:
            time.sleep(_PAUSE)
        os.close(handle)


def _is_same(handle: int, path: Path) -> bool:
    """Whether the locked file is still the one at `path`: its last holder deletes it."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False


def _busy(root: Path) -> BuildStopped:
    try:
        holder = f" (process {int((root / LOCK).read_bytes())})"
    except (OSError, ValueError):
        holder = ""
    message = f"another mathblog{holder} is building into `{root}`"
    return BuildStopped(message, code=ENVIRONMENT, hint="wait until it has ended, or name another `--destination`")


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
