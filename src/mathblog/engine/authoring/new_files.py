"""New files of an author's: written where nothing stands, never over anything."""

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from mathblog.engine.folders.root import Folder
from mathblog.engine.problem import ENVIRONMENT, USAGE, BuildStopped


class Written(NamedTuple):
    """The paths that were written, and those of which a file stood there already."""

    new: tuple[str, ...]
    there: tuple[str, ...]


def zone_of_machine() -> str:
    """The name of this machine's time zone, such as `Asia/Seoul`; `UTC` where it does not tell."""
    from babel.localtime import get_localzone

    return getattr(get_localzone(), "key", "UTC").removeprefix("Etc/")


def workflows_of_jekyll(folder: Path) -> tuple[str, ...]:
    """The workflows of a blog that build it with Jekyll, by their paths in its folder; those that cannot be read are none."""
    with contextlib.suppress(OSError):
        paths = [it for it in sorted((folder / ".github" / "workflows").glob("*.y*ml")) if it.is_file()]
        return tuple(it.relative_to(folder).as_posix() for it in paths if b"jekyll" in it.read_bytes().lower())
    return ()


def write_new(folder: Path, files: Mapping[str, str | bytes], *, empty: bool = False) -> Written:
    """Write files below a folder, which is made where it is missing. With `empty` it has to be empty, but for what begins with a dot.

    Raises:
        BuildStopped: 2 for a folder that is none, or is not empty; 3 for one that cannot be written.

    """
    try:
        if folder.exists() and not folder.is_dir():
            message = f"`{folder}` is a file"
            raise BuildStopped(message, code=USAGE, hint="name a new folder")
        if empty and folder.is_dir() and any(not item.name.startswith(".") for item in folder.iterdir()):
            hint = "name a new folder; `--from-jekyll` adds what a blog in it lacks"
            message = f"`{folder}` is not empty"
            raise BuildStopped(message, code=USAGE, hint=hint)
        with Folder(Path(os.path.realpath(folder)), name=folder, make=True) as root:
            there = tuple(path for path in files if root.look(path) is not None)
            new = tuple(path for path in files if path not in there)
            for path in new:
                content = files[path]
                root.write(path, content if isinstance(content, bytes) else content.encode())
    except OSError as error:
        message = f"cannot write below `{folder}`: {(error.strerror or str(error)).lower()}"
        raise BuildStopped(message, code=ENVIRONMENT) from error
    return Written(new, there)
