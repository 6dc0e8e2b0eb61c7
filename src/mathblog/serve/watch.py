"""Changes in the source folder: sets of changed paths, as soon as the file system tells."""

import os
import queue
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from watchfiles._rust_notify import RustNotify  # the documented backend of watchfiles: `watch` starts too late

from mathblog.core.patterns import lazy_pattern
from mathblog.engine.problem import ENVIRONMENT, BuildStopped

_LOOK = 500  # milliseconds between two looks whether the source folder is where it was
_ALL = "."  # the path of the source folder itself, where nobody knows what changed
_STEP = 5  # milliseconds without a change that end a set
_LONGEST = 100  # milliseconds after which a set ends anyway
_POLL = 300  # milliseconds between two looks where the file system does not tell
_NEVER = frozenset((".git", ".hg", ".svn", "node_modules", "__pycache__"))
# Vim's probe and swap files, Emacs' locks and autosaves, backups, GNOME's and JetBrains' temporary files, the Finder's
_TEMPORARY = lazy_pattern(
    r"4913|\..*\.sw[a-z]|\.#.*|#.*#|.*~|\.goutputstream-.*|.*___jb_(tmp|old)___|\.DS_Store|\.~lock\..*|.*\.tmp"
)
Wanted = Callable[[str], bool]


class Watch:
    """Owns the watcher of a folder. `wants(folder)`, by path relative to the root, says which folders are the site's.

    Only these are watched, each by itself: what a build writes, `node_modules` and `.git` cost nothing. `files` are
    single files outside the folder. Changes made after the context was entered are never missed: new folders are
    watched before their arrival is told, so that the build that follows sees all that is in them.
    """

    def __init__(self, root: Path, wants: Wanted, files: tuple[Path, ...] = (), *, polling: bool = False) -> None:
        self._root = os.path.realpath(root)
        self._files = frozenset(os.path.realpath(file) for file in files)
        self._polling = polling
        self._outputs = frozenset(map(_identity, (1, 2))) - {None}
        self.wants = wants
        self._folders: dict[str, int] = {}
        self._found: queue.SimpleQueue[frozenset[str] | Exception] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def __enter__(self) -> Self:
        self._notify = self._start()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop.set()
        self._thread.join(1)

    def wait(self, seconds: float) -> frozenset[str]:
        """Paths that changed since the last call, relative to the root; empty when `seconds` pass without any.

        Raises:
            BuildStopped: 3 where the system refuses to watch.

        """
        try:
            changed = self._take(seconds)
            while not self._found.empty():
                changed |= self._take(0)
        except queue.Empty:
            return frozenset()
        return changed

    def _take(self, seconds: float) -> frozenset[str]:
        found = self._found.get(timeout=seconds)
        if isinstance(found, Exception):
            raise found
        return found

    def _run(self) -> None:
        try:
            while not self._stop.is_set():
                found = self._notify.watch(_LONGEST, _STEP, _LOOK, self._stop)
                if self._has_moved():
                    self._wait_for_return()
                    continue
                if isinstance(found, str):
                    continue
                paths = {path for _, path in found}
                if any(path in self._folders or os.path.isdir(path) for path in paths):  # noqa: PTH112
                    self._notify = self._start()
                changed = frozenset(filter(None, map(self._name, paths)))
                if changed:
                    self._found.put(changed)
        except Exception as error:  # noqa: BLE001 - handed to the thread that waits
            self._found.put(error)

    def _has_moved(self) -> bool:
        """Whether the source folder is gone, or another one stands in its place: what is watched is not it any more."""
        try:
            return os.stat(self._root).st_ino != self._folders.get(self._root)  # noqa: PTH116
        except OSError:
            return True

    def _wait_for_return(self) -> None:
        """Watch the folder that stands in the place again, once there is one; all of it may be another one."""
        while not os.path.isdir(self._root):  # noqa: PTH112
            if self._stop.wait(_LOOK / 1000):
                return
        self._notify = self._start()
        self._found.put(frozenset((_ALL,)))

    def _start(self) -> RustNotify:
        """A watcher of all folders there are, also of those that are made while it starts."""
        while True:
            folders = dict(self._walk(self._root, ""))
            outside = {folder for folder in map(os.path.dirname, self._files) if os.path.isdir(folder)}  # noqa: PTH112
            try:
                notify = RustNotify(sorted({*folders, *outside}), False, self._polling, _POLL, False, True)  # noqa: FBT003
            except FileNotFoundError:  # one was removed meanwhile
                continue
            except OSError as error:
                message = f"cannot watch the source folder: {error}"
                hint = "on Linux, raise `fs.inotify.max_user_watches`, or try `--force_polling`"
                raise BuildStopped(message, code=ENVIRONMENT, hint=hint) from error
            self._folders = folders
            if dict(self._walk(self._root, "")) == folders:
                return notify

    def _walk(self, folder: str, prefix: str) -> Iterator[tuple[str, int]]:
        """The folders to watch, and what tells each from another one that takes its name."""
        try:
            yield folder, os.stat(folder).st_ino  # noqa: PTH116 - strings throughout, as the watcher gives them
            with os.scandir(folder) as entries:
                folders = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
        except OSError:
            return
        for name in folders:
            path = f"{prefix}{name}"
            if name not in _NEVER and self.wants(path):
                yield from self._walk(os.path.join(folder, name), f"{path}/")  # noqa: PTH118

    def _name(self, path: str) -> str:
        """The path relative to the root; '' for what cannot concern the site."""
        if path in self._files:
            return path
        folder, name = os.path.split(path)
        if folder not in self._folders or name in _NEVER or _TEMPORARY.fullmatch(name):
            return ""
        if self._outputs and _identity(path) in self._outputs:  # `mathblog serve > log`: what it tells is no change
            return ""
        relative = os.path.relpath(path, self._root).replace(os.sep, "/")
        is_folder = path in self._folders or os.path.isdir(path)  # noqa: PTH112
        return relative if not is_folder or self.wants(relative) else ""


def _identity(file: str | int) -> tuple[int, int] | None:
    """The device and the number of a plain file; None for anything else."""
    try:
        found = os.stat(file)  # noqa: PTH116 - strings throughout, as the watcher gives them
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None
