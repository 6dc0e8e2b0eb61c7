"""Write a finished site: new files whole or not at all, the manifest last, deletions only from the last manifest."""

import errno
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from mathblog.engine.output.destination import MANIFEST, Destination
from mathblog.engine.problem import ENVIRONMENT, BuildStopped
from mathblog.engine.sources.snapshot import stamp_of
from mathblog.model.output import OutputFile

STAGING = ".mathblog-staging"


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did: numbers of files."""

    written: int
    unchanged: int
    removed: int


class Publication:
    """A site on its way to its destination.

    Files are staged in a folder of ours inside the destination while the site is made, so that a site of any size
    needs little memory; `commit` renames them into their places. Left without a commit, nothing has happened. Before
    the first rename the manifest claims old and new files, after the last it lists the new ones: a build killed at any
    moment leaves complete files that the next one owns.
    """

    def __init__(
        self,
        destination: Destination,
        source: Path,
        keep_files: Sequence[str] = (),
        standing: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._destination = destination
        self._root = str(destination.root)
        self._source = source
        self._keep_files = keep_files
        self._known = standing or {}  # by path: digest of the content, signature of the file
        self._staged: dict[str, str] = {}
        self._copies: dict[str, Path] = {}
        self._unchanged: set[str] = set()
        self._digests: dict[str, str] = {}
        self._removed: list[str] = []
        self._made_root = False

    def __enter__(self) -> Self:
        with _stopping(self._destination.root):
            self._made_root = not self._destination.root.exists()
            self._clear()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with _stopping(self._destination.root):
            self._clear()
            if self._made_root and self._destination.root.exists():
                _remove_empty(self._destination.root)

    def _place(self, path: str) -> str:
        """A file of the site on disk. A string: this is asked of every page, and a `Path` takes longer than the answer."""
        return f"{self._root}/{path}"

    def stands(self, path: str, digest: str) -> bool:
        """Whether a file with this digest was written by the last build and was not touched since."""
        known = self._known.get(path)
        return known is not None and known[0] == digest and known[1] == _signature(self._place(path))

    def stage(self, file: OutputFile, digest: str) -> None:
        """Take a file of the site; `digest` tells its content from every other. Its bytes need not be kept.

        Raises:
            BuildStopped: 3 where the disk, a permission or a file of somebody else's is in the way.

        """
        with _stopping(self._destination.root):
            self._digests[file.path] = digest
            place = self._place(file.path)
            if self.stands(file.path, digest) or _is_current(place, file, self._source):
                self._unchanged.add(file.path)
                return
            if file.path not in self._destination.owned and not self._destination.take_over and Path(place).is_file():
                message = f"`{Path(place)}` was not written by mathblog, and a page of the site belongs there"
                hint = "move it away, or add `--force` to overwrite it"
                raise BuildStopped(message, code=ENVIRONMENT, hint=hint)
            if file.content is None:
                self._copies[file.path] = self._source / file.source
                return
            self._staged[file.path] = self._next_name()
            _write(self._staged[file.path], file.content)

    @property
    def root(self) -> Path:
        """The folder that the site goes into."""
        return self._destination.root

    @property
    def size(self) -> int:
        """How many files the last build published."""
        return len(self._known)

    @property
    def changed(self) -> tuple[str, ...]:
        """After `commit`: the files that were written or removed."""
        return tuple(sorted({*self._staged, *self._removed}))

    @cached_property
    def all_stand(self) -> bool:
        """Whether exactly the files of the last build stand, untouched."""
        return self._known.keys() == self._destination.owned and all(
            known[1] == _signature(self._place(path)) for path, known in self._known.items()
        )

    def keep(self, path: str, digest: str) -> None:
        """Note a file of the site of which `stands` is true."""
        self._unchanged.add(path)
        self._digests[path] = digest

    def keep_rest(self) -> None:
        """Note all other files of the last build: they are the site's, and `all_stand` was true."""
        for path, known in self._known.items():
            if path not in self._digests:
                self.keep(path, known[0])

    def begin_again(self) -> None:
        """Forget what was staged and kept."""
        for taken in (self._staged, self._copies, self._unchanged, self._digests):
            taken.clear()

    def standing(self) -> dict[str, list[str]]:
        """After `commit`: what `stands` will want to know at the next build."""
        known = self._known
        return {
            path: [
                digest,
                known[path][1]
                if path in known and path in self._unchanged and known[path][0] == digest
                else _signature(self._place(path)),
            ]
            for path, digest in self._digests.items()
        }

    def commit(self) -> Published:
        """Bring the destination to exactly the files staged and kept.

        What mathblog did not write and what `keep_files` names is left alone.

        Raises:
            BuildStopped: 3 as for `stage`.

        """
        root, owned = self._destination.root, self._destination.owned
        wanted = {*self._staged, *self._copies, *self._unchanged}
        stale = sorted(path for path in owned - wanted if not _is_kept(path, self._keep_files))
        with _stopping(root):
            root.mkdir(parents=True, exist_ok=True)
            if owned != wanted:
                _write_manifest(root, owned | wanted)
            if stale:
                self._removed += remove_files(root, _in_the_way(stale, wanted))
            for path, original in self._copies.items():
                self._staged[path] = self._next_name()
                shutil.copyfile(original, self._staged[path])
            for path, staged in self._staged.items():
                _move(staged, self._place(path))
            self._removed += remove_files(root, stale)
            if owned != wanted:
                _write_manifest(root, wanted)
        return Published(len(self._staged), len(wanted) - len(self._staged), len(self._removed))

    def _next_name(self) -> str:
        if not self._staged:
            Path(self._place(STAGING)).mkdir(parents=True, exist_ok=True)
        return self._place(f"{STAGING}/{len(self._staged)}")

    def _clear(self) -> None:
        shutil.rmtree(self._destination.root / STAGING, ignore_errors=True)


@contextmanager
def _stopping(root: Path) -> Iterator[None]:
    """Turn what the operating system refuses into the end of the build."""
    try:
        yield
    except OSError as error:
        raise _stopped(error, root) from error


def _is_kept(path: str, keep_files: Sequence[str]) -> bool:
    """Jekyll's `keep_files`: a path is kept with everything below it."""
    return any(path == kept or path.startswith(kept.rstrip("/") + "/") for kept in keep_files)


def _in_the_way(stale: Iterable[str], wanted: set[str]) -> list[str]:
    """Old files that stand where a folder of the new site belongs (`a` and now `a/index.html`), or in reverse."""
    folders = {folder for path in wanted for folder in _folders(path)}
    return [path for path in stale if path in folders or not wanted.isdisjoint(_folders(path))]


def _folders(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts))]


def _signature(path: str) -> str:
    try:
        return stamp_of(os.stat(path)).signature  # noqa: PTH116 - once a page
    except OSError:
        return ""


def _write(path: str, content: bytes) -> None:
    with open(path, "wb", buffering=0) as handle:  # noqa: PTH123 - once a page; Path.open is slower
        rest = memoryview(content)
        while rest:  # a disk that fills up takes a part, and refuses the next
            rest = rest[handle.write(rest) :]


def _move(staged: str, place: str) -> None:
    try:
        os.replace(staged, place)  # noqa: PTH105 - once a page
    except FileNotFoundError:
        Path(place).parent.mkdir(parents=True, exist_ok=True)
        os.replace(staged, place)  # noqa: PTH105


def _is_current(path: str, file: OutputFile, source: Path) -> bool:
    try:
        size = os.stat(path).st_size  # noqa: PTH116 - on the path of every page
    except OSError:
        return False
    if file.content is not None:
        return size == len(file.content) and Path(path).read_bytes() == file.content
    original = source / file.source
    return size == original.stat().st_size and _same_bytes(Path(path), original)


def _same_bytes(one: Path, other: Path) -> bool:
    with one.open("rb") as left, other.open("rb") as right:
        while chunk := left.read(1 << 20):
            if chunk != right.read(len(chunk)):
                return False
    return True


def remove_files(root: Path, paths: Iterable[str]) -> list[str]:
    """Remove those of the files that are there, and folders that are empty then; which ones were removed."""
    removed = []
    for path in paths:
        target = root / path
        if not target.is_file() and not target.is_symlink():
            continue
        target.unlink()
        removed.append(path)
        for folder in target.parents:
            if folder == root or not _remove_empty(folder):
                break
    return removed


def _remove_empty(folder: Path) -> bool:
    try:
        folder.rmdir()
    except OSError:
        return False
    return True


def _write_manifest(root: Path, paths: Iterable[str]) -> None:
    """Replace the manifest as a whole. It is staged like all else, so that a killed build leaves nothing for good."""
    text = json.dumps({"files": sorted(paths)}, ensure_ascii=False, indent=0) + "\n"
    temporary = root / STAGING / MANIFEST
    temporary.parent.mkdir(exist_ok=True)
    with temporary.open("w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    temporary.replace(root / MANIFEST)


def _stopped(error: OSError, root: Path) -> BuildStopped:
    where = error.filename2 or error.filename or root
    if error.errno == errno.ENOSPC:
        hint = "free some, then build again"
        return BuildStopped(f"no space left on the disk for `{where}`", code=ENVIRONMENT, hint=hint)
    reason = (error.strerror or str(error)).lower()
    hint = "make room for it, then build again: what was written is whole"
    return BuildStopped(f"cannot write `{where}`: {reason}", code=ENVIRONMENT, hint=hint)
