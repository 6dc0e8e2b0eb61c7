"""Waiting until what was written is on the disk, so that it outlasts a power cut."""

import os
import sys
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ctypes

_AT_ONCE = 16  # files that are waited for together: a journal is written once for all of them


def sync_file_system(handle: int) -> bool:
    """Wait for all that was written to the file system of an open file, by Linux's `syncfs`; False where there is none.

    It takes a twentieth of the time of a call for each file (ADR 29).

    Raises:
        OSError: where something could not be written.

    """
    library = _c_library() if sys.platform == "linux" else None
    if library is None:
        return False
    if library.syncfs(handle) != 0:
        import ctypes

        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return True


def sync_each(handles: Iterable[int | None]) -> None:
    """Wait for single files, and close their handles.

    Raises:
        OSError: where one could not be opened or written.

    """
    from concurrent.futures import ThreadPoolExecutor
    from itertools import islice

    rest = iter(handles)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        while some := list(islice(rest, _AT_ONCE)):
            list(pool.map(_sync_one, some))


def _sync_one(handle: int | None) -> None:
    if handle is None:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@cache
def _c_library() -> "ctypes.CDLL | None":
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    return library if hasattr(library, "syncfs") else None
