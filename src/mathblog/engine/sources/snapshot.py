"""The source folder at one moment: which files there are. Their bytes are read when asked for."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from mathblog.core.diagnostic import Diagnostic, in_file
from mathblog.core.digest import fingerprint
from mathblog.core.stops import Stop
from mathblog.engine.problem import ENVIRONMENT, BuildStopped

_LEFT_OUT = "it is left out of the site"
_GRAIN = 50_000_000  # nanoseconds: the clocks of file systems tick every 1 to 10 ms

Wanted: TypeAlias = Callable[[str, bool], bool]


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What the file system says of a file without reading it: enough to notice that it was written again."""

    size: int
    modified: int  # nanoseconds
    changed: int  # nanoseconds; the file system sets it, so that no program can keep it back
    inode: int

    @property
    def signature(self) -> str:
        """The stamp as one word, to be compared."""
        return f"{self.size}.{self.modified}.{self.changed}.{self.inode}"


class SourceChangedError(Exception):
    """A file is not what it was when the build began; the build must begin again."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The files below a folder by their relative path with `/`, sorted, and what was wrong with some.

    `elsewhere` says of those that a theme lends where they are.
    """

    root: Path
    files: dict[str, FileStamp]
    diagnostics: tuple[Diagnostic, ...]
    taken: int  # nanoseconds, before the first file was looked at
    elsewhere: Mapping[str, Path] = field(default_factory=dict)

    def locate(self, path: str) -> Path:
        """Where one of the files is on the disk."""
        return self.elsewhere.get(path) or self.root / path

    def is_unsure(self, stamp: FileStamp) -> bool:
        """Whether a file was so young that it could be written again and keep its stamp."""
        return _is_unsure(stamp, self.taken)

    def signatures(self) -> dict[str, str]:
        """A word for the stamp of each file; '' where it is unsure."""
        return {path: "" if self.is_unsure(stamp) else stamp.signature for path, stamp in self.files.items()}

    def mark(self, path: str) -> str:
        """A word for what is in one of the files: its stamp, and its bytes where the stamp alone may stand for others."""
        return _mark(self.locate(path), self.files[path], self.taken)

    def read(self, path: str) -> bytes:
        """The bytes of one of the files.

        Raises:
            SourceChangedError: where it is gone.
            BuildStopped: 3 where it cannot be read.

        """
        try:
            return self.locate(path).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
            message = f"`{path}` was deleted while the site was built"
            raise SourceChangedError(message) from error
        except OSError as error:
            message = f"cannot read `{path}`: {(error.strerror or str(error)).lower()}"
            raise BuildStopped(message, code=ENVIRONMENT) from error


def take_snapshot(root: Path, wanted: Wanted) -> Snapshot:
    """List the files below `root` for which `wanted(path, is_folder)` says yes.

    A name that is not UTF-8 is an error, for no address can be made of it. Links that stay below `root` are followed;
    one that leaves it, ends nowhere or leads back to a folder above is left out with a warning, and so are pipes,
    sockets and devices.
    """
    taken = time.time_ns()
    diagnostics: list[Diagnostic] = []
    real_root = os.path.realpath(root)
    found = dict(_walk(real_root, "", wanted, (real_root,), diagnostics))
    return Snapshot(root, dict(sorted(found.items())), tuple(diagnostics), taken)


def _walk(
    folder: str, prefix: str, wanted: Wanted, above: tuple[str, ...], diagnostics: list[Diagnostic]
) -> Iterator[tuple[str, FileStamp]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = prefix + entry.name
            if not _is_text(entry.name):
                message = "the name of this file is not UTF-8"
                shown = os.fsencode(path).decode(errors="replace")
                diagnostics.append(in_file(shown, message, code=Stop.FILE_NAME, hint="rename it"))
                continue
            is_folder = _is_folder(entry)
            if not wanted(path, is_folder):
                continue
            target = entry.path
            if entry.is_symlink():
                target = os.path.realpath(entry.path)
                problem = _refuse_link(target, above)
                if problem:
                    diagnostics.append(in_file(path, problem, code="link", hint=_LEFT_OUT))
                    continue
            if is_folder:
                yield from _walk(target, path + "/", wanted, (*above, target), diagnostics)
            elif entry.is_file():
                yield path, stamp_of(entry.stat())
            else:  # to read a pipe would be to wait for its writer
                message = "this is neither a file nor a folder"
                diagnostics.append(in_file(path, message, code="link", hint=_LEFT_OUT))


def _is_text(name: str) -> bool:
    """Whether a name could be decoded: Python stands surrogates for the bytes that could not."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def stamp_of(stat: os.stat_result) -> FileStamp:
    """The stamp of a file that was looked at."""
    return FileStamp(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


def mark_file(path: Path) -> str:
    """`Snapshot.mark` for a file outside the source folder."""
    now = time.time_ns()
    return _mark(path, stamp_of(path.stat()), now)


def _mark(path: Path, stamp: FileStamp, seen: int) -> str:
    return f"{stamp.signature} {fingerprint(path.read_bytes())}" if _is_unsure(stamp, seen) else stamp.signature


def _is_unsure(stamp: FileStamp, seen: int) -> bool:
    return seen - max(stamp.modified, stamp.changed) < _GRAIN


def _refuse_link(target: str, above: tuple[str, ...]) -> str:
    if not os.path.exists(target):  # noqa: PTH110 - strings throughout: this runs for every entry
        return "the link leads nowhere"
    if os.path.commonpath((target, above[0])) != above[0]:
        return "the link leads out of the site's folder"
    return "the link leads back to a folder above it" if target in above else ""
