"""Opening a file below a folder that others write to: no link is followed on the way, and only a plain file is read."""

import errno
import os
import stat
from pathlib import Path

# what may be met where another file was listed: it was moved, replaced by a link, a folder, a pipe, a socket
MOVED = frozenset(
    (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.ENXIO, getattr(errno, "ESTALE", errno.ENOENT))
)
_MOST_OF_FILE = 4 << 20
LARGEST = 100 << 20  # bytes of a text: as GitHub takes files
_HAS_HANDLES = os.open in os.supports_dir_fd
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_READ = (
    os.O_RDONLY
    | _NO_LINK
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
    | os.O_CLOEXEC * (os.name == "posix")
)
_ENTER = os.O_RDONLY | _NO_LINK | getattr(os, "O_DIRECTORY", 0)


def read_plain(root: str, path: str) -> bytes:
    """The bytes of the file `path` below `root`, which holds no link itself (`os.path.realpath`).

    Raises:
        OSError: with a number of `MOVED` where a link, a folder, a pipe or nothing stands there; EFBIG for no text.

    """
    with os.fdopen(open_plain(root, path), "rb") as file:
        data = file.read(LARGEST + 1) if os.fstat(file.fileno()).st_size <= LARGEST else None
    if data is None or len(data) > LARGEST:
        raise OSError(errno.EFBIG, "it is too large to be a text", path)
    return data


def read_text(file: Path) -> str:
    """The text of a small file of the site's; '' for one that is not there, or is no plain file."""
    try:
        with os.fdopen(open_plain(str(file.parent), file.name), "rb") as opened:
            text = opened.read(_MOST_OF_FILE + 1)
    except (OSError, ValueError):
        return ""
    return "" if len(text) > _MOST_OF_FILE else text.decode("utf-8", "replace")


def open_plain(root: str, path: str) -> int:
    """A handle of the file; raises as `read_plain`."""
    if _HAS_HANDLES:  # each folder is opened from the handle of the one above, so that none can be exchanged meanwhile
        *folders, name = path.split("/")
        at = os.open(root, _ENTER & ~_NO_LINK)
        try:
            for folder in folders:
                inner = os.open(folder, _ENTER, dir_fd=at)
                os.close(at)
                at = inner
            handle = os.open(name, _READ, dir_fd=at)
        finally:
            os.close(at)
    else:  # on Windows by the whole path, which may hold no link
        whole = os.path.join(root, path)  # noqa: PTH118 - strings throughout
        handle = os.open(whole, _READ)
        if os.path.normcase(os.path.realpath(whole)) != os.path.normcase(os.path.normpath(whole)):
            os.close(handle)
            raise OSError(errno.ELOOP, "a link stands in its place", path)
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return handle
    os.close(handle)
    raise OSError(errno.ENXIO, "this is no plain file", path)
