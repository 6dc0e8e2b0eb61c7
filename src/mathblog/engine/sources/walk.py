"""Walking a folder that somebody else wrote: which files there are, where links lead, what is left out and why.

One rule holds for every file that is read or published, of a site and of its theme: a link must end in the folder, and
neither in what version control keeps, nor in the destination or the cache.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from typing import TypeAlias

from mathblog.core.dataclass import dataclass, field
from mathblog.core.diagnostic import Diagnostic, in_file
from mathblog.core.printable import printable
from mathblog.core.stops import Stop
from mathblog.engine.problem import ENVIRONMENT, USAGE, BuildStopped
from mathblog.engine.sources.opening import MOVED

Wanted: TypeAlias = Callable[[str, bool], bool]
# `.git` is also a file: in a worktree, a submodule. All may hold tokens; names are compared without case, as some disks do
VERSION_CONTROL = frozenset((".git", ".hg", ".svn", ".bzr", "_darcs", ".jj"))
_LEFT_OUT = "it is left out of the site"
_MOST = 1_000_000  # files and folders: more are another folder than a blog's, or have no end
_MOST_BY_LINKS = 100_000  # files: links to folders that hold links to folders double at every step


class SourceChangedError(Exception):
    """A file is not what it was when the build began; the build must begin again."""


@dataclass(slots=True)
class Walk:
    """One walk below `root`, a path without links. `wanted(path, is_folder)` says what is listed.

    No link leads into one of the folders `closed`, given like all paths relative to `root`, with `/`. Afterwards `links`
    says of the files that were reached by links where they are, and `diagnostics` what was left out.
    """

    root: str
    wanted: Wanted
    closed: frozenset[str] = frozenset()
    links: dict[str, str] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _listed: int = 0
    _folders: dict[str, tuple[int, int]] = field(default_factory=dict)

    def files(self) -> Iterator[tuple[str, os.stat_result]]:
        """The files with what the system says of them, in no order.

        Raises:
            SourceChangedError: where a folder changed meanwhile, so that a file may be missing, or be there twice.
            BuildStopped: 2 where there are too many, 3 where a folder cannot be read.

        """
        waiting: list[tuple[str, str, tuple[str, ...]]] = [
            ("", self.root, (self.root,))
        ]  # a stack: folders may be deeper than calls may be
        while waiting:
            path, folder, above = waiting.pop()
            is_direct = self._below(folder) == path.rstrip("/")  # no link led here
            for entry in self._list(path, folder):
                name = path + entry.name
                if is_direct and (plain := self._look_at_plain(name, entry)):
                    yield name, plain
                    continue
                kind = self._judge(name, entry, above)
                if kind is None:
                    continue
                target, found = kind
                if found is None:
                    waiting.append((f"{name}/", target, (*above, target)))
                    continue
                place = self._below(target)
                if place != name:
                    self.links[name] = place
                    self._limit(name)
                yield name, found
        self._compare()

    def _list(self, path: str, place: str) -> list["os.DirEntry[str]"]:
        try:
            found = os.stat(place)  # noqa: PTH116 - strings throughout: this runs for every folder
            self._folders[place] = (found.st_ino, found.st_mtime_ns)
            with os.scandir(place) as entries:
                listed = list(entries)
        except OSError as error:
            raise _stopped(path.rstrip("/") or self.root, error) from error
        self._listed += len(listed)
        if self._listed > _MOST:
            message = f"`{printable(self.root)}` holds more than {_MOST:,} files and folders, such as those in `{printable(path)}`"
            raise BuildStopped(
                message,
                code=USAGE,
                hint="name the folder of your blog with `--source`, or leave folders out with `exclude:`",
            )
        return listed

    def _look_at_plain(self, path: str, entry: "os.DirEntry[str]") -> os.stat_result | None:
        """The status of a plain file that is wanted, as most are; None for all that `_judge` has to look at closer."""
        try:
            if not (entry.name.isascii() and entry.is_file(follow_symlinks=False) and self.wanted(path, False)):  # noqa: FBT003
                return None
            found = entry.stat()
        except OSError:
            return None
        return found if stat.S_ISREG(found.st_mode) and entry.name.lower() not in VERSION_CONTROL else None

    def _judge(
        self, path: str, entry: "os.DirEntry[str]", above: tuple[str, ...]
    ) -> tuple[str, os.stat_result | None] | None:
        """Where an entry is, and for a file what the system says of it; None for what is left out."""
        if not is_text(entry.name):
            shown = os.fsencode(path).decode(errors="replace")
            message = "the name of this file is not UTF-8"
            self.diagnostics.append(in_file(shown, message, code=Stop.FILE_NAME, hint="rename it"))
            return None
        try:
            is_folder = entry.is_dir()
        except OSError:  # a link to itself
            is_folder = False
        if not self.wanted(path, is_folder):
            return None
        target, problem = entry.path, ""
        if entry.is_symlink():
            target, problem = self._follow(entry.path, above)
        elif entry.name.lower() in VERSION_CONTROL:
            problem = f"`{entry.name}` belongs to version control"
        if problem:
            self._leave_out(path, problem)
            return None
        if is_folder:
            return target, None
        try:
            found = entry.stat()
        except OSError as error:
            raise _stopped(path, error) from error
        if not stat.S_ISREG(found.st_mode):  # to read a pipe would be to wait for its writer
            self._leave_out(path, "this is neither a file nor a folder")
            return None
        return target, found

    def _follow(self, link: str, above: tuple[str, ...]) -> tuple[str, str]:
        """Where a link leads, and why it is not followed; '' for one that is."""
        try:
            target = os.path.realpath(link)
        except OSError as error:
            if error.errno in {errno.EINVAL, *MOVED}:  # no link any more, but a file, or nothing
                message = f"`{link}` changed while the site was built"
                raise SourceChangedError(message) from error
            return link, f"the link cannot be read: {(error.strerror or str(error)).lower()}"
        return target, self._refuse_link(target, above)

    def _refuse_link(self, target: str, above: tuple[str, ...]) -> str:
        """Why a link that ends at `target` is not followed; '' for one that is."""
        if not os.path.exists(target):  # noqa: PTH110
            return "the link leads nowhere"
        if target in above:
            return "the link leads back to a folder above it"
        if not target.startswith(self.root.rstrip(os.sep) + os.sep):
            return "the link leads out of the site's folder"
        if not is_within(target, self.root):
            return "the link leads to what version control keeps"
        parts = self._below(target).split("/")
        if not self.closed.isdisjoint("/".join(parts[:depth]) for depth in range(1, len(parts) + 1)):
            return "the link leads into the destination or the cache"
        return ""

    def _below(self, place: str) -> str:
        """The path of a place below the root."""
        return place[len(self.root) + 1 :].replace(os.sep, "/")

    def _leave_out(self, path: str, problem: str) -> None:
        self.diagnostics.append(in_file(path, problem, code="link", hint=_LEFT_OUT))

    def _limit(self, path: str) -> None:
        if len(self.links) > _MOST_BY_LINKS:
            message = f"links lead to more than {_MOST_BY_LINKS:,} files, such as `{printable(path)}`"
            raise BuildStopped(message, code=ENVIRONMENT, hint="remove links to folders that hold links to folders")

    def _compare(self) -> None:
        for place, known in self._folders.items():
            try:
                found = os.stat(place)  # noqa: PTH116
            except OSError as error:
                raise _stopped(place, error) from error
            if known != (found.st_ino, found.st_mtime_ns):
                message = f"`{self._below(place) or place}` changed while the site was built"
                raise SourceChangedError(message)


def is_within(target: str, root: str) -> bool:
    """Whether a path is in a folder, and not of version control in it; both without links."""
    below = target.removeprefix(root.rstrip(os.sep) + os.sep)
    parts = below.replace(os.sep, "/").split("/")
    return below != target and VERSION_CONTROL.isdisjoint(part.lower() for part in parts)


def _stopped(path: str, error: OSError) -> Exception:
    """Return the exception for a file or folder that disappeared, or that cannot be read."""
    if error.errno in MOVED:
        return SourceChangedError(f"`{path}` was deleted while the site was built")
    reason = (error.strerror or str(error)).lower()
    return BuildStopped(f"cannot read `{path}`: {reason}", code=ENVIRONMENT)


def is_text(name: str) -> bool:
    """Whether a name could be decoded: Python stands surrogates for the bytes that could not."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
