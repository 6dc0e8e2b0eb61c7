"""The source folder at one moment: which files there are. Their bytes are read when asked for."""

import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from mathblog.core.dataclass import dataclass, field
from mathblog.core.diagnostic import Diagnostic
from mathblog.core.digest import fingerprint
from mathblog.engine.folders.copying import digest_data
from mathblog.engine.problem import ENVIRONMENT, USAGE, BuildStopped
from mathblog.engine.sources.opening import LARGEST, MOVED, open_plain
from mathblog.engine.sources.walk import SourceChangedError, Walk, Wanted

__all__ = [
    "FileStamp",
    "Snapshot",
    "SourceChangedError",
    "Wanted",
    "mark_file",
    "signature_of",
    "stamp_of",
    "take_snapshot",
]
_GRAIN = 50_000_000  # nanoseconds: the clocks of file systems tick every 1 to 10 ms


@dataclass(frozen=True, slots=True)
class FileStamp:
    """The status of a file that was not read: enough to notice that it was written again."""

    size: int
    modified: int  # nanoseconds
    changed: int  # nanoseconds; the file system sets it, so that no program can keep it back
    inode: int

    @property
    def signature(self) -> str:
        """The stamp as one word, to be compared."""
        return f"{self.size}.{self.modified}.{self.changed}.{self.inode}"

    def is_of(self, stat: os.stat_result) -> bool:
        """Whether a file that was opened is the one of the stamp. Windows' lists of folders tell less than its files do."""
        other = stamp_of(stat)
        if os.name == "nt":
            return (self.size, self.modified) == (other.size, other.modified)
        return self == other


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The files below a folder by their relative path with `/`, sorted, and what was wrong with some.

    `links` says of those that were reached by links where they are below the folder, `elsewhere` of those that a theme
    lends where they are on the disk. `texts` are of files that count as they are in an editor.
    """

    root: Path
    files: dict[str, FileStamp]
    diagnostics: tuple[Diagnostic, ...]
    taken: int  # nanoseconds, before the first file was looked at
    elsewhere: Mapping[str, Path] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(stamp.size for stamp in self.files.values())

    def locate(self, path: str) -> Path:
        """Where one of the files is on the disk."""
        return self.elsewhere.get(path) or self.root / self.links.get(path, path)

    def is_unsure(self, stamp: FileStamp) -> bool:
        """Whether a file was so young that it could be written again and keep its stamp."""
        return _is_unsure(stamp, self.taken)

    def look_again(self, paths: Iterable[str]) -> "tuple[Snapshot, tuple[str, ...]] | None":
        """The snapshot with new stamps of those of the paths that are files of it, and which these are; all else as it was found.

        None where one of them came or went, is no plain file, was reached by a link, or is lent: all must be listed then.
        Which stamps are unsure is still judged by the time of the list: nobody looked at the other files since.
        """
        files, found = dict(self.files), list[str]()
        for path in sorted(paths):
            if path not in files:
                if os.path.lexists(self.root / path):
                    return None
                continue  # somebody's temporary file, which is gone
            if path in self.links or path in self.elsewhere or path in self.texts:
                return None
            try:
                with os.fdopen(self._open(path), "rb", buffering=0) as file:
                    files[path] = stamp_of(os.fstat(file.fileno()))
            except (SourceChangedError, BuildStopped):
                return None
            found.append(path)
        return replace(self, files=files), tuple(found)

    def signatures(self) -> dict[str, str]:
        """A word for the stamp of each file; '' where it is unsure."""
        sure = self.taken - _GRAIN  # nothing is called but the signature: this runs for every file of every build
        return {
            path: stamp.signature if stamp.modified <= sure and stamp.changed <= sure else ""
            for path, stamp in self.files.items()
        }

    def mark(self, path: str) -> str:
        """A word for what is in one of the files: its stamp, and its bytes where the stamp alone may stand for others.

        Raises:
            SourceChangedError, BuildStopped: as `read`.

        """
        stamp = self.files[path]
        if path in self.texts or not self.is_unsure(stamp):
            return stamp.signature
        with os.fdopen(self._open(path), "rb", buffering=0) as file:
            return f"{stamp.signature} {digest_data(file.fileno())}"

    def read(self, path: str) -> bytes:
        """The bytes of one of the files. No link is followed that was not there when the files were listed.

        Raises:
            SourceChangedError: where it is gone, or something else has taken its place.
            BuildStopped: 2 where it is too large to be a text, 3 where it cannot be read.

        """
        if path in self.texts:
            return self.texts[path]
        with os.fdopen(self._open(path), "rb") as file:
            data = file.read(LARGEST + 1) if os.fstat(file.fileno()).st_size <= LARGEST else None
        if data is None or len(data) > LARGEST:
            message = f"`{path}` is too large to be a text: more than {LARGEST >> 20} MB"
            hint = "name it in `exclude:` of `_config.yml`; without front matter a page is copied as it is, whatever its size"
            raise BuildStopped(message, code=USAGE, hint=hint)
        return data

    def begin(self, path: str, length: int) -> bytes:
        """The first bytes of one of the files; raises as `read`."""
        if path in self.texts:
            return self.texts[path][:length]
        with os.fdopen(self._open(path), "rb", buffering=0) as file:
            return file.read(length)

    def stream(self, path: str) -> BinaryIO:
        """One of the files, open; raises as `read`."""
        return os.fdopen(self._open(path), "rb")

    def _open(self, path: str) -> int:
        lent = self.elsewhere.get(path)
        root, below = (str(lent.parent), lent.name) if lent else (str(self.root), self.links.get(path, path))
        try:
            return open_plain(root, below)
        except OSError as error:
            if error.errno in MOVED:
                message = f"`{path}` was deleted while the site was built"
                raise SourceChangedError(message) from error
            message = f"cannot read `{path}`: {(error.strerror or str(error)).lower()}"
            raise BuildStopped(message, code=ENVIRONMENT) from error


def take_snapshot(root: Path, wanted: Wanted, closed: frozenset[str] = frozenset()) -> Snapshot:
    """List the files below `root` for which `wanted(path, is_folder)` says yes.

    A name that is not UTF-8 is an error, for no address can be made of it. Links that stay below `root` are followed;
    one that leaves it, ends nowhere, in version control, in a folder of `closed` or leads back to a folder above is left
    out with a warning, and so are pipes, sockets and devices.

    Raises:
        SourceChangedError: where the folder was written to meanwhile.
        BuildStopped: 3 where a folder cannot be read.

    """
    taken = time.time_ns()
    walk = Walk(os.path.realpath(root), wanted, closed)
    found = {path: stamp_of(stat) for path, stat in walk.files()}
    return Snapshot(root, dict(sorted(found.items())), tuple(walk.diagnostics), taken, links=walk.links)


def with_texts(snapshot: Snapshot, texts: Mapping[str, bytes]) -> Snapshot:
    """The same with texts of an editor, each with a stamp that only this text has; a file that is not listed stays so."""
    if not texts:
        return snapshot
    files = dict(snapshot.files)
    texts = {path: it for path, it in texts.items() if path in files or not (snapshot.root / path).exists()}
    for path, data in texts.items():
        modified = files[path].modified if path in files else 0
        files[path] = FileStamp(len(data), modified, 0, int(fingerprint(data)[:15], 16))
    return replace(snapshot, files=dict(sorted(files.items())), texts=texts)


def stamp_of(stat: os.stat_result) -> FileStamp:
    """The stamp of a file that was looked at."""
    return FileStamp(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


def signature_of(stat: os.stat_result) -> str:
    """The signature of the stamp of a file that was looked at, without the stamp: a build asks for those of all published files."""
    return f"{stat.st_size}.{stat.st_mtime_ns}.{stat.st_ctime_ns}.{stat.st_ino}"


def mark_file(path: Path) -> str:
    """`Snapshot.mark` for a file of mathblog's own."""
    now = time.time_ns()
    stamp = stamp_of(path.stat())
    if not _is_unsure(stamp, now):
        return stamp.signature
    with path.open("rb", buffering=0) as file:
        return f"{stamp.signature} {digest_data(file.fileno())}"


def _is_unsure(stamp: FileStamp, seen: int) -> bool:
    return seen - max(stamp.modified, stamp.changed) < _GRAIN
