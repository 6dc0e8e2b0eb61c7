"""Where the site may be written: checked before anything is read, so that a slip of the hand costs nothing."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from mathblog.engine.problem import ENVIRONMENT, USAGE, BuildStopped
from mathblog.engine.sources.snapshot import stamp_of
from mathblog.text.urls import OWN_FILES

MANIFEST = ".mathblog-manifest.json"


@dataclass(frozen=True, slots=True)
class Destination:
    """A folder that may be written to, and the files in it that mathblog wrote (paths with `/`, relative to it)."""

    root: Path
    owned: frozenset[str]
    take_over: bool = False


def open_destination(root: Path, source: Path, *, force: bool = False) -> Destination:
    """Check that `root` is a safe place for the site built from `source`, and read which files there are ours.

    A folder with files but without our manifest is somebody else's; `force` takes it over: files at the addresses of
    the site's pages are then overwritten, all others still stay.

    Raises:
        BuildStopped: 2 where the folder must not be used, 3 where it cannot be.

    """
    real, home = root.resolve(), Path.home().resolve()
    real_source = source.resolve()
    posts = real_source / "_posts"
    forbidden = (
        (real == real_source, "is the source folder"),
        (real_source.is_relative_to(real), "holds the source folder"),
        (real == Path(real.anchor), "is the root of the file system"),
        (real == home, "is your home folder"),
        (real == Path.cwd().resolve(), "is the current folder"),
        (real == posts or real.is_relative_to(posts), "lies inside `_posts`"),
    )
    for wrong, why in forbidden:
        if wrong:
            message = f"the destination `{root}` {why}"
            raise BuildStopped(message, code=USAGE, hint="name another folder with `--destination`, such as `_site`")
    if not root.exists():
        return Destination(root, frozenset())
    if not root.is_dir():
        message = f"the destination `{root}` is a file"
        raise BuildStopped(message, code=ENVIRONMENT, hint="remove it, or name another folder with `--destination`")
    owned = read_manifest(root / MANIFEST)
    if owned is None and not force and any(not item.name.startswith(OWN_FILES) for item in root.iterdir()):
        message = f"the destination `{root}` holds files that mathblog did not write"
        hint = "name an empty folder, or add `--force`: pages then replace files of the same name, all others stay"
        raise BuildStopped(message, code=USAGE, hint=hint)
    return Destination(root, owned or frozenset(), take_over=force)


def read_manifest(path: Path) -> frozenset[str] | None:
    """The files listed as ours; None where there is no manifest. A damaged one owns nothing, so nothing is deleted."""
    try:
        return _parse_manifest(path, stamp_of(path.stat()).signature)
    except FileNotFoundError:
        return None


@lru_cache(maxsize=4)
def _parse_manifest(path: Path, _signature: str) -> frozenset[str]:
    try:
        files = json.loads(path.read_text(encoding="utf-8"))["files"]
        return frozenset(name for name in files if isinstance(name, str) and is_inside(name))
    except (ValueError, KeyError, TypeError):
        return frozenset()


def is_inside(path: str) -> bool:
    """Whether a relative path stays below the folder it is joined to."""
    parts = path.split("/")
    return bool(path) and ".." not in parts and "" not in parts and "\\" not in path and "\0" not in path
