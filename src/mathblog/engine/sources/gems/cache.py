"""Where themes are kept that were fetched: a folder of the user's, outside every site."""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from urllib.parse import urlsplit

from mathblog.core.dataclass import dataclass
from mathblog.core.digest import fingerprint
from mathblog.engine.cache.shapes import shape_of
from mathblog.engine.sources.gems.hosts import FetchError, Hosts
from mathblog.engine.user_folders import user_cache_folder
from mathblog.gems.versions import compare, newest
from mathblog.gems.wanted import ArchiveWanted, GemWanted
from mathblog.model.gem import GemTheme

FOLDER = "MATHBLOG_THEMES"  # the environment variable that names another folder
_FORMAT = 1
_RECORD, _FILES = "theme.json", "files"


@dataclass(frozen=True, slots=True)
class Stored:
    """A theme in the cache: its files below `root`. `ref` and `commit` are those of a repository, '' for a gem."""

    root: Path
    theme: GemTheme
    ref: str = ""
    commit: str = ""
    left_out: int = 0


_STORED = shape_of(Stored)


def find_stored(wanted: GemWanted | ArchiveWanted, hosts: Hosts) -> Stored | None:
    """The theme as it is in the cache, None where it is not there; of several versions that are allowed the newest.

    Raises:
        FetchError: where there is no cache.

    """
    if isinstance(wanted, ArchiveWanted):
        found = list_stored(folder_of_archive(wanted, hosts))
        if wanted.sha256:
            return next((stored for stored in found if stored.theme.digest == wanted.sha256), None)
        return next((stored for stored in found if stored.ref == wanted.ref), None)
    known = [
        stored
        for stored in list_stored(folder_of_gem(wanted, hosts))
        if wanted.sha256 in ("", stored.theme.digest) and wanted.version in ("", stored.theme.version)
    ]
    version = newest((stored.theme.version for stored in known), () if wanted.version else wanted.requirements)
    exact = wanted.version or version
    return next((stored for stored in known if exact and compare(stored.theme.version, exact) == 0), None)


def folder_of_gem(wanted: GemWanted, hosts: Hosts) -> Path:
    """Where the versions of a gem are kept; FetchError where there is no cache."""
    return cache_folder(hosts.gems, "gems", wanted.name)


def folder_of_archive(wanted: ArchiveWanted, hosts: Hosts) -> Path:
    """The same for the archives of a repository."""
    return cache_folder(hosts.archives, "archives", wanted.owner.lower(), wanted.repository.lower())


def cache_folder(host: str, *parts: str) -> Path:
    """Where themes from a host are kept: what one host sent is never taken for another's.

    The folder of all themes is the one that is asked for, else where this system keeps caches.

    Raises:
        FetchError: where the user has no home.

    """
    try:
        named = os.environ.get(FOLDER)
        root = Path(named).absolute() if named else user_cache_folder() / "themes"
    except RuntimeError as error:
        message = f"there is no folder to keep it in: set `{FOLDER}`"
        raise FetchError(message) from error
    name = re.sub(r"[^a-z0-9.-]", "-", urlsplit(host).netloc.lower())
    return root.joinpath(f"{name}-{fingerprint(host)[:8]}", *parts)


def list_stored(folder: Path) -> Iterator[Stored]:
    """The themes in a folder of the cache, the one that was fetched last first."""
    records = [(record.stat().st_mtime_ns, record) for record in folder.glob(f"*/{_RECORD}")]
    for _, record in sorted(records, reverse=True):
        try:
            found = json.loads(record.read_text(encoding="utf-8"))
            if found.pop("format") != _FORMAT:  # written by another mathblog
                continue
            theme = found.pop("theme")
            theme["dependencies"] = tuple((name, requirement) for name, requirement in theme["dependencies"])
            stored = Stored(record.parent / _FILES, GemTheme(**theme), **found)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OSError):  # as good as not there
            continue
        if stored.root.is_dir() and _STORED([stored]):
            yield stored


def store(folder: Path, name: Callable[[Stored], str], fill: Callable[[Path], Stored]) -> Stored:
    """Add a theme to a folder of the cache, whole or not at all.

    `fill` writes its files into an empty folder and says what they are, `name` what the theme is called in the cache.

    Raises:
        FetchError: what `fill` raises, or where the disk is in the way.

    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=folder, prefix=".new-"))
        try:
            (made / _FILES).mkdir()
            stored = fill(made / _FILES)
            values = {key: value for key, value in asdict(stored).items() if key != "root"}
            (made / _RECORD).write_text(json.dumps({"format": _FORMAT, **values}), encoding="utf-8")
            place = folder / name(stored)
            _put(made, place)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        message = f"cannot write `{error.filename or folder}`: {(error.strerror or str(error)).lower()}"
        raise FetchError(message) from error
    return Stored(place / _FILES, stored.theme, stored.ref, stored.commit, stored.left_out)


def _put(made: Path, place: Path) -> None:
    """Put a whole folder into its place, beside another build that does the same: what stood there has the same files."""
    if place.exists():
        (made / _RECORD).replace(place / _RECORD) if (place / _FILES).is_dir() else shutil.rmtree(place)
    if not place.exists():
        try:
            made.rename(place)
        except OSError:
            if not (place / _RECORD).is_file():
                raise
