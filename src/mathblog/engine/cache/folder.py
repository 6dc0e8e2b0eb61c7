"""Where the cache may be: checked before anything is read, as the destination is (ADR 29)."""

import errno
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG

from mathblog.core.patterns import lazy_pattern
from mathblog.engine.folders.manifest import MANIFEST
from mathblog.engine.folders.root import Folder
from mathblog.engine.problem import ENVIRONMENT, USAGE, BuildStopped
from mathblog.model.options import Config
from mathblog.text.urls import OWN_FILES

PREVIEW = "preview"
_IGNORE, _SIGNATURE = ".gitignore", b"*\n"
_STORE = lazy_pattern(r"store-[0-9a-f-]+\.sqlite3(-wal|-shm|-journal)?")
_PARTS = ("", "-wal", "-shm", "-journal")  # the files of SQLite


def check_cache(source: Path, config: Config) -> Path:
    """The folder of the cache, by a path without links.

    It is a folder of its own, below the source or, but for `safe`, at an absolute path that the configuration names: none that the
    site is read from or published to, and none with files of somebody else's. For what is in it is left out of the site,
    `clean` removes files from it, and a preview writes there.

    Raises:
        BuildStopped: 2 for another folder, 3 where it is a file or cannot be read.

    """
    named = source / config.output.cache_dir
    real = Path(os.path.realpath(named))
    if why := _danger(real, source, config):
        message = f"the cache folder `{config.output.cache_dir}` {why}"
        hint = "name a folder of its own in `_config.yml`, such as `cache_dir: .mathblog-cache`"
        raise BuildStopped(message, code=USAGE, hint=hint)
    if not real.exists():
        return real
    try:
        with Folder(real, name=named) as folder:
            names = folder.names()
            ours = {*own_files(folder), *([PREVIEW] if folder.look(f"{PREVIEW}/{MANIFEST}") else [])}
            others = sorted(set(names) - ours)
            is_ours = real.name.startswith(OWN_FILES) or any(map(_STORE.fullmatch, names))
    except OSError as error:
        message = f"cannot use the cache folder `{named}`: {(error.strerror or str(error)).lower()}"
        raise BuildStopped(message, code=ENVIRONMENT) from error
    if others and not is_ours:
        message = f"the cache folder `{config.output.cache_dir}` holds files that mathblog did not write, such as `{others[0]}`"
        hint = "name a folder of its own in `_config.yml`, such as `cache_dir: .mathblog-cache`"
        raise BuildStopped(message, code=USAGE, hint=hint)
    return real


def _danger(real: Path, folder: Path, config: Config) -> str:
    """Why the site in `folder` must not have its cache in `real`, '' where it may."""
    source, options, named = folder.resolve(), config.reading, config.output.cache_dir
    destination = Path(os.path.realpath(source / config.output.destination))
    names = (
        "_posts",
        "_drafts",
        "_theme",
        options.layouts_dir,
        options.includes_dir,
        options.data_dir,
        options.sass_dir,
    )
    read = {Path(os.path.normpath(source / name.strip("/"))): name for name in names}
    inside = next((name for place, name in read.items() if place != source and real.is_relative_to(place)), "")
    # outside of the source, an absolute path is meant
    is_outside = not real.is_relative_to(source)
    is_link = Path(os.path.normpath(folder.absolute() / named)).is_relative_to(os.path.normpath(folder.absolute()))
    dangers = (
        (real == source, "is the source folder"),
        (source.is_relative_to(real), "holds the source folder"),
        (real == Path.home().resolve(), "is your home folder"),
        (real == Path.cwd().resolve(), "is the current folder"),
        (real == destination, "is the destination"),
        (real.is_relative_to(destination) and not source.is_relative_to(destination), "lies inside the destination"),
        (bool(inside), f"lies inside `{inside}`"),
        (".git" in real.parts, "lies inside `.git`"),
        (is_outside and is_link, f"is a link, or lies behind one, that leads out of the source folder, to `{real}`"),
        (is_outside and (config.safe or not Path(named).is_absolute()), "lies outside of the source folder"),
    )
    return next((why for is_so, why in dangers if is_so), "")


def own_files(folder: Folder) -> Iterator[str]:
    """The files in a folder that are certainly the cache's."""
    for name in folder.names():
        if _STORE.fullmatch(name):
            yield name
        elif name == _IGNORE:
            with suppress(OSError):
                if folder.read(name) == _SIGNATURE:
                    yield name


def prepare_folder(folder: Path, store: str) -> None:
    """Make the folder of the cache, which git is told to ignore, ready for the file `store` of SQLite.

    SQLite opens it by its name and follows links: what is no plain file there is taken away first.

    Raises:
        OSError: where the folder is a link, or cannot be written.

    """
    with Folder(folder, make=True) as place:
        if not _is_plain(place, store):
            for part in _PARTS:
                place.clear(store + part)
        with suppress(FileExistsError):
            place.write(_IGNORE, _SIGNATURE)


def check_plain(folder: Path, store: str) -> None:
    """Look whether SQLite may open the file `store` to read it.

    Raises:
        OSError: where it is not there, or is no plain file.

    """
    with Folder(folder) as place:
        if not _is_plain(place, store):
            raise OSError(errno.EINVAL, "it is no plain file", store)


def _is_plain(folder: Folder, store: str) -> bool:
    """Whether all that there is of a file of SQLite's are plain files, and none is one of another name, too."""
    found = [stat for part in _PARTS if (stat := folder.look(store + part)) is not None]
    return all(S_ISREG(stat.st_mode) and stat.st_nlink == 1 for stat in found)
