"""Write a finished site: new files whole or not at all, the manifest last, deletions only from the last manifest."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from mathblog.core.dataclass import dataclass
from mathblog.engine.folders.manifest import MANIFEST, format_manifest
from mathblog.engine.folders.root import Folder, remove_empty_folder
from mathblog.engine.folders.way import is_link
from mathblog.engine.output.destination import Destination
from mathblog.engine.output.old_files import all_folders, in_the_way, is_kept, remove_files
from mathblog.engine.output.staged import STAGING, StagingPlace, is_current, stopping
from mathblog.engine.problem import ENVIRONMENT, BuildStopped
from mathblog.engine.sources.snapshot import FileStamp, SourceChangedError, signature_of, stamp_of
from mathblog.model.output import HTML_EXTENSIONS, OutputFile

_CLAIMS, _LISTED = f"{STAGING}/claims.json", f"{STAGING}/manifest.json"


@dataclass(frozen=True, slots=True)
class Published:
    """The result of a publication: numbers of files."""

    written: int
    unchanged: int
    removed: int


class Publication:
    """A site on its way to its destination. Use it as a context manager.

    Files are staged in a folder of ours inside the destination while the site is made, so that a site of any size
    needs little memory; `commit` renames them into their places. Left without a commit, nothing has happened. Before
    the first rename the manifest claims old and new files, after the last it lists the new ones: a build killed at any
    moment leaves complete files that the next one owns. With `durable` a power cut does, too: a file is on the disk before
    a manifest names it.
    """

    def __init__(
        self,
        destination: Destination,
        source: Path,
        keep_files: Sequence[str] = (),
        standing: Mapping[str, Sequence[str]] | None = None,
        *,
        durable: bool = True,
    ) -> None:
        self.destination = destination  # `commit` replaces it: other files are ours then
        self._source = source
        self._keep_files = keep_files
        self._known = standing or {}  # by path: digest of the content, signature of the file
        self._durable = durable
        self._folder: Folder
        self._staged: dict[str, str] = {}
        self._copies: dict[str, tuple[Path, FileStamp]] = {}
        self._unchanged: set[str] = set()
        self._digests: dict[str, str] = {}
        self._keeps_rest = False
        # after `commit`: what `stands` will want to know at the next build, but of what `keep_rest` kept
        self.standing: dict[str, list[str]] = {}
        self._removed: list[str] = []
        self._free: set[str] = set()  # folders without a link on the way to them
        self._made_root = False
        self._names = count()

    def __enter__(self) -> Self:
        with stopping(self.destination.root):
            self._made_root = not self.destination.real.exists()
            self._folder = Folder(self.destination.real, name=self.destination.root, make=True, below=self._source)
            self._folder.clear(STAGING)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with stopping(self.destination.root):
            self._folder.clear(STAGING)
            self._folder.close()
            if self._made_root:
                remove_empty_folder(self.destination.real)

    def stands(self, path: str, digest: str) -> bool:
        """Whether a file with this digest was written by the last build and was not touched since."""
        known = self._known.get(path)
        return known is not None and known[0] == digest and known[1] == self._signature(path)

    def stage(self, file: OutputFile, digest: str, listed: FileStamp | None = None) -> None:
        """Take a file of the site; `digest` tells its content from every other. Its bytes need not be kept.

        A file that is copied has to be the one that was `listed`, also when it is copied: a link may have taken its place.

        Raises:
            BuildStopped: 3 where the disk, a permission or a file of somebody else's is in the way.

        """
        path = file.path
        with stopping(self.destination.root):
            self._digests[path] = digest
            found = self._folder.look(path) if self._is_free(path) else None
            if found is not None:
                if self.stands(path, digest) or is_current(self._folder, found, file, self._source):
                    self._unchanged.add(path)
                    return
                self._check_place(path, found)
            if file.content is None:
                original = self._source / file.source
                self._copies[path] = original, listed or stamp_of(original.stat())
                return
            self._staged[path] = self._next_name()
            self._folder.write(self._staged[path], file.content, early=self._durable)

    @property
    def place(self) -> StagingPlace:
        """Where another process of this build may write files for `take`."""
        return StagingPlace(self.destination.real, self.root, self._durable)

    def take(self, path: str, staged: str, digest: str) -> None:
        """Stage a file that another process wrote, by its name among the staged files; raises as `stage`."""
        with stopping(self.destination.root):
            if self._is_free(path) and self._folder.look(path) is None:
                self._digests[path], self._staged[path] = digest, staged
                return
            content = self._folder.read(staged)
            self._folder.remove(staged)
        self.stage(OutputFile(path, content, ""), digest)

    def _is_free(self, path: str) -> bool:
        """Whether there are only folders on the way to a file: looked at before anything is changed.

        False where what is there is an old file of ours, which goes.
        """
        above = path.rpartition("/")[0]
        if above in self._free:
            return True
        obstacle = self._folder.find_obstacle(path)
        if obstacle is None:
            self._free.add(above)
            return True
        if obstacle in self.destination.owned:
            return False
        found = self._folder.look(obstacle)
        what = "a link" if found is not None and is_link(found) else "a file"
        message = f"`{self.root / obstacle}` is {what}, and a folder of the site belongs there"
        raise BuildStopped(message, code=ENVIRONMENT, hint="move it away: nothing is written through it")

    def _check_place(self, path: str, found: os.stat_result) -> None:
        """Look whose it is what stands at the address of a page."""
        destination, place = self.destination, self.root / path
        if stat.S_ISDIR(found.st_mode):
            if not any(file.startswith(f"{path}/") for file in destination.owned):
                message = f"`{place}` is a folder, and a page of the site belongs there"
                raise BuildStopped(message, code=ENVIRONMENT, hint="move it away, then build again")
        elif path not in destination.owned and not destination.take_over:
            message = f"`{place}` was not written by mathblog, and a page of the site belongs there"
            hint = "move it away, or add `--force` to overwrite it"
            raise BuildStopped(message, code=ENVIRONMENT, hint=hint)

    @property
    def root(self) -> Path:
        """The folder that the site goes into."""
        return self.destination.root

    @property
    def is_sound(self) -> bool:
        """Whether nothing was wrong with the manifest."""
        return not self.destination.problems

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
        """Whether exactly the files of the last build stand, untouched, and the manifest says so."""
        return (
            self.is_sound
            and self._known.keys() == self.destination.owned
            and all(known[1] == self._signature(path) for path, known in self._known.items())
        )

    def keep(self, path: str, digest: str) -> None:
        """Note a file of the site of which `stands` is true."""
        self._unchanged.add(path)
        self._digests[path] = digest

    def files(self) -> frozenset[str]:
        """The paths of all files of the site so far."""
        self._note_rest()
        return frozenset((*self._staged, *self._copies, *self._unchanged))

    def pages(self) -> Iterator[tuple[str, str]]:
        """The HTML pages that were staged or kept, by their paths."""
        self._note_rest()
        for path in sorted({*self._staged, *self._unchanged}):
            if path.endswith(HTML_EXTENSIONS):
                yield path, self._folder.read(self._staged.get(path, path)).decode("utf-8", "replace")

    def rewrite(self, change: Callable[[str, bytes], bytes], extensions: tuple[str, ...]) -> None:
        """Take what `change` makes of the path and the bytes of each file with one of these extensions."""
        for path in sorted(path for path in self.files() if path.endswith(extensions)):
            is_copy = path in self._copies
            old = self._copies[path][0].read_bytes() if is_copy else self._folder.read(self._staged.get(path, path))
            if (new := change(path, old)) != old:
                (self._copies if is_copy else self._staged).pop(path, None)
                self._unchanged.discard(path)
                self.stage(OutputFile(path, new, ""), self._digests[path])

    def keep_rest(self) -> None:
        """Take all other files of the last build for the site's: they stand as it left them."""
        self._keeps_rest = True

    def _note_rest(self) -> None:
        """Note one by one what `keep_rest` kept, for who asks for all files."""
        if self._keeps_rest:
            self._keeps_rest = False
            rest = {path: known[0] for path, known in self._known.items() if path not in self._digests}
            self._unchanged.update(rest)
            self._digests.update(rest)

    def begin_again(self) -> None:
        """Forget what was staged and kept."""
        self._keeps_rest = False
        for taken in (self._staged, self._copies, self._unchanged, self._digests):
            taken.clear()

    def _stamp(self) -> dict[str, list[str]]:
        known, digests = self._known, self._digests
        kept = {
            path for path in digests if path in self._unchanged and path in known and known[path][0] == digests[path]
        }
        return {path: [it, known[path][1] if path in kept else self._signature(path)] for path, it in digests.items()}

    def commit(self) -> Published:
        """Bring the destination to exactly the files staged and kept.

        What mathblog did not write and what `keep_files` names is left alone.

        Raises:
            SourceChangedError: where a file was written to while it was copied; nothing has happened then.
            BuildStopped: 3 as for `stage`.

        """
        owned = self.destination.owned
        if self._keeps_rest and self.is_sound and self._known.keys() == owned and owned.issuperset(self._digests):
            wanted, stale, relist = owned, list[str](), False
        else:
            self._note_rest()
            wanted = frozenset((*self._staged, *self._copies, *self._unchanged))
            stale = sorted(path for path in owned - wanted if not is_kept(path, self._keep_files))
            relist = owned != wanted or not self.is_sound
        with stopping(self.root):
            for path, (original, stamp) in self._copies.items():
                self._staged[path] = self._next_name()
                if not stamp.is_of(self._folder.copy(original, self._staged[path])):
                    message = f"`{path}` changed while it was copied"
                    raise SourceChangedError(message)
            if relist:
                self._folder.write(_CLAIMS, format_manifest(owned | wanted))
                self._folder.write(_LISTED, format_manifest(wanted), durable=self._durable)
            self._sync([*self._staged.values(), *([_CLAIMS] if relist else [])])
            if relist:
                self._folder.move(_CLAIMS, MANIFEST)
                self._sync([""])
            self._removed += remove_files(self._folder, in_the_way(stale, wanted))
            for path, staged in self._staged.items():
                self._folder.move(staged, path)
            self._removed += remove_files(self._folder, stale)
            if relist:
                self._sync(
                    folder for folder in all_folders((*self._staged, *self._removed)) if self._folder.look(folder)
                )
                self._folder.move(_LISTED, MANIFEST)
        self.standing, self.destination = self._stamp(), replace(self.destination, owned=wanted)
        return Published(len(self._staged), len(wanted) - len(self._staged), len(self._removed))

    def _next_name(self) -> str:
        return f"{STAGING}/{next(self._names)}"

    def _sync(self, paths: Iterable[str]) -> None:
        """Wait for files and folders, in a publication that is to outlast a power cut."""
        if self._durable:
            self._folder.sync(list(paths))

    def _signature(self, path: str) -> str:
        found = self._folder.look(path)
        return "" if found is None else signature_of(found)
