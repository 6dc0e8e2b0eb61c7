"""A folder that is written to: whatever stands in it, nothing outside of it is opened, written, replaced or removed.

A file is always a new one, which is renamed into its place. So what a link leads to, or what has another name elsewhere (a
hard link), is never written to.
"""

import errno
import os
import stat
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from mathblog.engine.folders.copying import copy_data, write_all
from mathblog.engine.folders.durability import sync_each, sync_file_system
from mathblog.engine.folders.way import HAS_HANDLES, NO_LINK, LinkError, Way, is_link

_BINARY = getattr(os, "O_BINARY", 0)
_READ = os.O_RDONLY | _BINARY | getattr(os, "O_NONBLOCK", 0)  # to open a pipe is not to wait for its writer
_UPDATE = (os.O_RDWR if sys.platform == "win32" else os.O_RDONLY) | NO_LINK | _BINARY  # Windows syncs what it may write
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINK | _BINARY
_LOCK = os.O_RDWR | os.O_CREAT | NO_LINK | _BINARY | getattr(os, "O_NONBLOCK", 0)


class Folder:
    """A folder, held open. Paths in it are relative, with `/`. Errors are OSErrors that name the whole path."""

    def __init__(
        self,
        real: Path,
        *,
        name: Path | None = None,
        make: bool = False,
        below: Path | None = None,
        handles: bool = HAS_HANDLES,
    ) -> None:
        """Open the folder at `real`, a path that holds no link (`os.path.realpath`); `name` is what messages call it.

        With `make` it and those above it are made where they are missing, but not the folder `below` which it lies.

        Raises:
            OSError: LinkError for a link on the way, FileNotFoundError, or whatever else is in the way.

        """
        self.path = name or real
        self._real = str(real)
        self._way = Way(self._real, make=make, below=os.path.realpath(below) if below else "", handles=handles)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the folder."""
        self._way.close()

    # looking

    def look(self, path: str) -> os.stat_result | None:
        """Return the status of a file, or of a link itself; None where nothing is.

        It only looks, and at every page, so it goes by the whole path: where a folder on it is a link, what is said may be
        of a file elsewhere.
        """
        try:
            return os.lstat(f"{self._real}/{path}")
        except (OSError, ValueError):
            return None

    def find_obstacle(self, path: str) -> str | None:
        """The first thing on the way to `path` that is no folder, such as a link."""
        parts = path.split("/")
        for depth in range(1, len(parts)):
            found = self.look(way := "/".join(parts[:depth]))
            if found is None:
                return None
            if not stat.S_ISDIR(found.st_mode) or is_link(found):
                return way
        return None

    def names(self) -> list[str]:
        """Return the names of all that stands in the folder."""
        return os.listdir(self._real if self._way.handle is None else self._way.handle)  # noqa: PTH208 - may be a handle

    def read(self, path: str) -> bytes:
        """The bytes of a plain file."""
        with os.fdopen(self.open(path), "rb") as file:
            return file.read()

    def open(self, path: str) -> int:
        """A handle to read a plain file with; a pipe, a device, a link is refused."""
        with self._naming(path):
            name, at = self._way.to(path)
            return _plain(os.open(name, _READ | NO_LINK, dir_fd=at))

    def open_lock(self, path: str) -> int:
        """A handle of a file that is made where it is missing, and not changed; a pipe, a device, a link is refused."""
        with self._naming(path):
            name, at = self._way.to(path)
            return _plain(os.open(name, _LOCK, 0o644, dir_fd=at))

    # writing

    def write(self, path: str, content: bytes, *, durable: bool = False, early: bool = False) -> None:
        """Write a new file, and the folders that it needs.

        With `durable` it is on the disk afterwards. With `early` the system begins to put it there, where it can be told to,
        so that `sync` has less to wait for.
        """
        with self._naming(path):
            handle = self._create(path)
            try:
                write_all(handle, content)
                if durable:
                    os.fsync(handle)
                elif early and hasattr(os, "posix_fadvise"):
                    os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(handle)

    def copy(self, original: Path, path: str) -> os.stat_result:
        """Write a new file with the bytes of a file elsewhere, which is never held in memory; what the system says of that one.

        Links to it are followed, and what was copied is what the answer is about: the caller sees whether it is another file.
        """
        source = _plain(os.open(original, _READ))
        try:
            with self._naming(path):
                target = self._create(path)
                try:
                    copy_data(source, target)
                finally:
                    os.close(target)
            return os.fstat(source)
        finally:
            os.close(source)

    def move(self, path: str, place: str) -> None:
        """Rename a file into its place, with the folders that it needs. What stood there, a link too, is replaced."""
        with self._naming(place):
            name, at = self._way.to(place, make=True)
            old, above = self._way.to(path)
            os.replace(old, name, src_dir_fd=above, dst_dir_fd=at)

    def replace(self, path: str, content: bytes, mode: int = 0o644) -> None:
        """Write a file beside the old one, durable, and put it in its place."""
        above, slash, name = path.rpartition("/")
        beside = f"{above}{slash}.mathblog-{os.getpid()}-{name[:40]}"
        self.remove(beside)
        try:
            self.write(beside, content, durable=True)
            if sys.platform != "win32":
                handle = self.open(beside)
                os.fchmod(handle, mode)
                os.close(handle)
            self.move(beside, path)
        except BaseException:
            with suppress(OSError):
                self.remove(beside)
            raise

    # removing

    def remove(self, path: str) -> bool:
        """Remove a file, or a link itself; False where there is none, or where the way to it leads through a link."""
        try:
            with self._naming(path):
                name, at = self._way.to(path)
                found = os.stat(name, dir_fd=at, follow_symlinks=False)
                if stat.S_ISDIR(found.st_mode) and not is_link(found):
                    return False
                os.unlink(name, dir_fd=at)
        except (FileNotFoundError, NotADirectoryError, LinkError):
            return False
        return True

    def remove_folder(self, path: str) -> bool:
        """Remove a folder that is empty; False where it is not."""
        try:
            name, at = self._way.to(path)
            os.rmdir(name, dir_fd=at)
        except OSError:
            return False
        self._way.forget(path)
        return True

    def clear(self, path: str) -> None:
        """Remove whatever stands at a path, with all that is in it, as far as it can be removed."""
        if self.remove(path) or self.look(path) is None:
            return
        import shutil

        self._way.forget(path)
        with suppress(OSError):
            name, at = self._way.to(path)
            shutil.rmtree(name, ignore_errors=True, dir_fd=at)

    # durability

    def sync(self, paths: Collection[str]) -> None:
        """Wait until these files and folders are on the disk; '' is the folder itself."""
        handle = self._way.handle
        if paths and not (handle is not None and sync_file_system(handle)):
            sync_each(self._open_to_sync(path) for path in paths)

    def _open_to_sync(self, path: str) -> int | None:
        handle = self._way.handle
        if not path:
            return None if handle is None else os.dup(handle)
        with self._naming(path):
            name, at = self._way.to(path)
            if sys.platform == "win32" and os.path.isdir(name):  # noqa: PTH112 - there are no handles of folders
                return None
            return os.open(name, _UPDATE, dir_fd=at)

    def _create(self, path: str) -> int:
        name, at = self._way.to(path, make=True)
        return os.open(name, _NEW, 0o666, dir_fd=at)

    @contextmanager
    def _naming(self, path: str) -> Iterator[None]:
        """Errors name the whole path, as the author calls it."""
        try:
            yield
        except OSError as error:
            if error.errno == errno.ELOOP and not isinstance(error, LinkError):
                raise LinkError(str(self.path / path)) from None
            where = error.filename if isinstance(error.filename, str) else ""
            inside = where.removeprefix(f"{self._real}/") if where.startswith(f"{self._real}/") else path
            error.filename, error.filename2 = str(self.path / inside), None
            raise


def remove_empty_folder(real: Path) -> None:
    """Remove a folder that is empty, by a path that holds no link."""
    with suppress(OSError), Folder(real.parent) as above:
        above.remove_folder(real.name)


def _plain(handle: int) -> int:
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return handle
    os.close(handle)
    raise OSError(errno.EINVAL, "it is no plain file")
