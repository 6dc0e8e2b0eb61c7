"""Where the site may be written: checked before anything is read, so that a slip of the hand costs nothing."""

import os
from pathlib import Path

from mathblog.core.dataclass import dataclass
from mathblog.core.diagnostic import Diagnostic, in_file
from mathblog.engine.folders.manifest import MANIFEST, read_manifest
from mathblog.engine.folders.root import Folder
from mathblog.engine.output.links import find_link_out, is_tracked
from mathblog.engine.problem import ENVIRONMENT, USAGE, BuildStopped
from mathblog.text.urls import OWN_FILES

_GIT = ".git"
# besides hidden folders (`~/.config/autostart`, `~/.ssh`): those in which systems look for programs and settings
_KEPT = ("AppData", "Library", "bin", "etc", "sbin", "site-packages")
_OF_SOURCES = ("_posts", "_drafts", "_includes", "_layouts", "_data", "_sass", "_plugins", "_theme", "_bibliography")
_LONGEST = 4000  # bytes of a path, below which files have room; systems take 4,096
_HINT = "name another folder with `--destination`, such as `_site`"


@dataclass(frozen=True, slots=True)
class Destination:
    """A folder that may be written to, and the files in it that mathblog wrote (paths with `/`, relative to it).

    `root` is its path as the author calls it, `real` the same without links. `problems` say what is wrong with the manifest.
    """

    root: Path
    real: Path
    owned: frozenset[str]
    take_over: bool = False
    problems: tuple[Diagnostic, ...] = ()


def find_destination(root: Path, source: Path, *, safe: bool = False, named: bool = False) -> Path:
    """Return the folder that `root` is or leads to: a link is followed once and here (ADR 29), below that folder none is.

    A link in the source folder that leads out of it is not followed where it came with the repository, nor with `safe`;
    then a folder outside must be `named` by the command line. Unless it is, folders whose files are run or trusted are refused.

    Raises:
        BuildStopped: 2 where it must not be followed.

    """
    if len(os.fsencode(root.absolute())) > _LONGEST:
        message = f"the path of the destination has more than {_LONGEST:,} bytes"
        raise BuildStopped(message, code=USAGE, hint="name a folder that is nearer")
    real = Path(os.path.realpath(root))
    hint = f"if the site belongs there, say so: `--destination {real}`"
    if link := find_link_out(root, source):
        what = f"the destination `{root}` is a link"
        if safe or is_tracked(link):
            came = "" if safe else " came with the repository and"
            message = f"{what} that{came} leads out of the source folder, to `{real}`"
            raise BuildStopped(message, code=USAGE, hint=hint)
        if not real.exists():
            message = f"{what} to `{real}`, which is not there"
            raise BuildStopped(message, code=USAGE, hint="make that folder, or remove the link")
    real_source = source.resolve()
    if named or real.is_relative_to(real_source):
        return real
    shared = {real_source, *real_source.parents}
    steps = [step for step in (real, *real.parents) if step not in shared]
    kept = next((step for step in steps if step.name.startswith(".") or step.name in _KEPT), None)
    if safe or kept:
        where = "outside of the source folder" if safe else f"in `{kept}`, where programs keep their own files"
        message = f"the destination `{root}` lies {where}"
        raise BuildStopped(message, code=USAGE, hint=hint)
    return real


def open_destination(root: Path, source: Path, real: Path, *, force: bool = False) -> Destination:
    """Check that `root` is a safe place for the site built from `source`, and read which files there are ours.

    `real` is the folder that it is or leads to. One with files but without our manifest is somebody else's; `force` takes
    it over: files at the addresses of the site's pages are then overwritten, all others still stay.

    Raises:
        BuildStopped: 2 where the folder must not be used, 3 where it cannot be.

    """
    real_source, home = source.resolve(), Path.home().resolve()
    below = real.relative_to(real_source) if real.is_relative_to(real_source) else Path()
    inside = next((part for part in below.parts if part in _OF_SOURCES), "")
    forbidden = (
        (real == real_source, "is the source folder"),
        (real_source.is_relative_to(real), "holds the source folder"),
        (real == Path(real.anchor), "is the root of the file system"),
        (real == home, "is your home folder"),
        (real == Path.cwd().resolve(), "is the current folder"),
        (bool(inside), f"lies inside `{inside}`"),
        (_GIT in real.parts, f"lies inside `{_GIT}`"),
    )
    if why := next((why for wrong, why in forbidden if wrong), ""):
        message = f"the destination `{root}` {why}"
        raise BuildStopped(message, code=USAGE, hint=_HINT)
    return read_destination(root, source, real, force=force)


def read_destination(root: Path, source: Path, real: Path, *, force: bool = False) -> Destination:
    """Read which files of a destination are ours, without a look at where it is; raises as `open_destination`."""
    if not real.exists():
        return Destination(root, real, frozenset())
    if not real.is_dir():
        message = f"the destination `{root}` is a file"
        raise BuildStopped(message, code=ENVIRONMENT, hint="remove it, or name another folder with `--destination`")
    try:
        with Folder(real, name=root) as folder:
            manifest, names = read_manifest(folder), folder.names()
    except OSError as error:
        message = f"cannot read `{error.filename or root}`: {(error.strerror or str(error)).lower()}"
        raise BuildStopped(message, code=ENVIRONMENT) from error
    if manifest is None:
        if not force and any(not name.startswith(OWN_FILES) for name in names):
            message = f"the destination `{root}` holds files that mathblog did not write"
            hint = "name an empty folder, or add `--force`: pages then replace files of the same name, all others stay"
            raise BuildStopped(message, code=USAGE, hint=hint)
        return Destination(root, real, frozenset(), take_over=force)
    file = root / MANIFEST
    shown = file.relative_to(source).as_posix() if file.is_relative_to(source) else str(file)
    problem = in_file(shown, manifest.problem, code="destination", hint="nothing is done for its sake")
    return Destination(root, real, manifest.files, force, (problem,) if manifest.problem else ())
