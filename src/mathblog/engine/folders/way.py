"""The way from a folder to a file below it: by handles of folders (`openat` and the like), and no step follows a link.

Windows has no handles of folders. There each folder on the way is looked at just before it is used: that stops a link that
stands there, and not somebody who puts one there in that very moment.
"""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

HAS_HANDLES = {os.open, os.mkdir, os.rename, os.rmdir, os.stat, os.unlink} <= os.supports_dir_fd
NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | NO_LINK
_STEP = _FOLDER | getattr(os, "O_PATH", 0)  # a folder that one may pass, and perhaps not list
_HELD = 64  # handles of folders that are kept
_NO_NAMES = ("", ".", "..")


class LinkError(OSError):
    """A link stands where a folder or a file of ours belongs; `filename` is the link."""

    def __init__(self, place: str) -> None:
        super().__init__(errno.ELOOP, "it is a link, and links are not followed here", place)


class Way:
    """The ways into one folder, which is held open. Without `handles` the folders on a way are looked at instead."""

    def __init__(self, real: str, *, make: bool, below: str = "", handles: bool = HAS_HANDLES) -> None:
        """Open the folder at a path that holds no link; with `make` it and those above it are made where they are missing.

        Where it lies `below` a folder, that one must be there: it was moved away if it is not, and may come back.

        Raises:
            OSError: LinkError for a link on the way, FileNotFoundError, or whatever else is in the way.

        """
        self._real = real
        self._held: dict[str, int] = {}  # by path, the one that was used last at the end; '' is the folder itself
        there = len(Path(below).parts) if below and Path(real).is_relative_to(below) else 0
        if not handles:
            if there:
                os.stat(below)  # noqa: PTH116
            if make:
                os.makedirs(real, exist_ok=True)  # noqa: PTH103 - strings throughout
            _check(real)
            return
        parts = Path(real).parts  # step by step from the root
        handle = os.open(parts[0], _STEP if parts[1:] else _FOLDER)
        for depth, name in enumerate(parts[1:], 2):
            flags = _STEP if depth < len(parts) else _FOLDER
            makes = make and depth > there
            try:
                inner = _open_step(name, handle, flags, os.path.join(*parts[:depth]), make=makes)  # noqa: PTH118
            except OSError as error:
                error.filename = error.filename if isinstance(error, LinkError) else real
                raise
            finally:
                os.close(handle)
            handle = inner
        self._held[""] = handle

    @property
    def handle(self) -> int | None:
        """That of the folder itself."""
        return self._held.get("")

    def close(self) -> None:
        """Let go of all folders."""
        while self._held:
            os.close(self._held.popitem()[1])

    def to(self, path: str, *, make: bool = False) -> tuple[str, int | None]:
        """The last step: a name, and the handle of its folder; without handles the whole path.

        Raises:
            OSError: as above, and for a path that leads out of the folder.

        """
        above, slash, name = path.rpartition("/")
        _refuse_no_name(name if above or not slash else "", path)
        if self._held:
            return name, self.enter(above, make=make)
        return f"{self._look_along(above, make=make)}/{name}", None

    def enter(self, path: str, *, make: bool = False) -> int:
        """The handle of a folder below this one; it may be closed when other folders are entered.

        Raises:
            OSError: as above.

        """
        held = self._held
        handle = held.pop(path, None)
        if handle is None:
            handle, above = held[""], ""
            for name in path.split("/"):
                _refuse_no_name(name, path)
                above = f"{above}/{name}" if above else name
                inner = held.pop(above, None)
                place = f"{self._real}/{above}"
                handle = _open_step(name, handle, _FOLDER, place, make=make) if inner is None else inner
                held[above] = handle
                self._let_go()
        held[path] = handle
        return handle

    def _let_go(self) -> None:
        """Close the handles that were used longest ago, where there are many."""
        if len(self._held) > _HELD:
            for known in [known for known in self._held if known][: _HELD // 2]:
                os.close(self._held.pop(known))

    def forget(self, path: str) -> None:
        """Let go of a folder that is removed, and of those in it."""
        for known in [known for known in self._held if known == path or known.startswith(f"{path}/")]:
            os.close(self._held.pop(known))

    def _look_along(self, path: str, *, make: bool) -> str:
        place = self._real
        for name in path.split("/") if path else ():
            _refuse_no_name(name, path)
            place = f"{place}/{name}"
            if make:
                with suppress(FileExistsError):
                    os.mkdir(place)  # noqa: PTH102 - strings throughout
            _check(place)
        return place


def is_link(found: os.stat_result) -> bool:
    """Also a junction of Windows, or whatever else stands for another place there."""
    return stat.S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", 0) != 0


def _open_step(name: str, handle: int, flags: int, place: str, *, make: bool) -> int:
    """Open a folder in the one that `handle` holds; a link is none."""
    try:
        if make:
            with suppress(FileExistsError):
                try:
                    return os.open(name, flags, dir_fd=handle)
                except FileNotFoundError:
                    os.mkdir(name, dir_fd=handle)
        return os.open(name, flags, dir_fd=handle)
    except OSError as error:
        may_be_link = error.errno in (errno.ENOTDIR, errno.ELOOP, getattr(errno, "EMLINK", 0))
        if may_be_link and is_link(os.stat(name, dir_fd=handle, follow_symlinks=False)):
            raise LinkError(place) from None
        error.filename = place
        raise


def _check(place: str) -> None:
    found = os.lstat(place)
    if is_link(found):
        raise LinkError(place)
    if not stat.S_ISDIR(found.st_mode):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), place)


def _refuse_no_name(name: str, path: str) -> None:
    if name in _NO_NAMES or (os.altsep and os.sep in name):
        raise OSError(errno.EINVAL, "it leads out of its folder", path)
