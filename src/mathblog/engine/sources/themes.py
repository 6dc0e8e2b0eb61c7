"""Theme files on disk: the site's own theme folder, the themes that came with mathblog, the site's overrides."""

import difflib
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import mathblog
from mathblog.core.diagnostic import Diagnostic
from mathblog.core.digest import fingerprint
from mathblog.core.excerpt import location
from mathblog.core.source import SourceText
from mathblog.engine.problem import USAGE, BuildStopped
from mathblog.engine.sources.snapshot import Snapshot, take_snapshot
from mathblog.model.options import MANIFEST, OWN_MANIFEST, ThemeOptions

OVERRIDES = "_theme"
_PACKAGE = Path(mathblog.__file__).parent
_SHIPPED = (_PACKAGE / "themes", _PACKAGE.parents[1] / "themes")
_FALLBACK = "default"
_THEMES = "themes"
_NAME = re.compile(r"[\w-][\w.-]{0,99}")  # of a folder, and no way to one elsewhere


@dataclass(frozen=True, slots=True)
class ThemeFiles:
    """The files of a theme by their path in it. `missing` is the name that was asked for and not found, or ''."""

    templates: Mapping[str, SourceText]
    assets: Mapping[str, tuple[Path, str]]  # where each is, and its mark (`Snapshot.mark`)
    signature: str
    missing: str = ""
    near: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()


class ThemeFinder:
    """Finds themes, and reads the files of one again only when one of them was touched."""

    def __init__(self) -> None:
        self._last: ThemeFiles | None = None

    def find(self, name: str, source: Path, closed: frozenset[str] = frozenset()) -> ThemeFiles:
        """The theme `name`: from `themes/` in the site, else from mathblog, else mathblog's default one.

        A file of the same path below the site's `_theme` folder takes the place of the theme's; `theme.yml` is added to
        it. Links end in the site, and not in the folders `closed` of it.

        Raises:
            BuildStopped: 2 for a template that is not UTF-8, 3 for a file that cannot be read.
            SourceChangedError: where a file was moved meanwhile.

        """
        folders = [source / _THEMES, *_SHIPPED]
        root = _find_folder(name, folders)
        missing = "" if root else name
        own = f"{_THEMES}/{name}" if root == folders[0] / name else ""
        site = _list_in_site(source, own, closed)
        places = {path: (site, place) for path, place in _below(site, OVERRIDES)}
        if MANIFEST in places:
            places[OWN_MANIFEST] = places.pop(MANIFEST)
        if own:
            places = {path: (site, place) for path, place in _below(site, own)} | places
        else:
            root = root or _find_folder(_FALLBACK, _SHIPPED) or _SHIPPED[0] / _FALLBACK
            shipped = take_snapshot(root, lambda _path, _is_folder: True)
            places = {path: (shipped, path) for path in shipped.files} | places
        marks = {path: snapshot.mark(place) for path, (snapshot, place) in places.items()}
        files = {path: str(snapshot.locate(place)) for path, (snapshot, place) in places.items()}
        signature = fingerprint(files, marks, missing, site.diagnostics)
        if self._last is None or self._last.signature != signature:
            templates = {path: _read(path, *place) for path, place in places.items() if not _is_asset(path)}
            assets = {path: (Path(file), marks[path]) for path, file in files.items() if _is_asset(path)}
            near = _nearest(missing, folders) if missing else ""
            self._last = ThemeFiles(templates, assets, signature, missing, near, site.diagnostics)
        return self._last


def is_own_theme(options: ThemeOptions, source: Path) -> bool:
    """Whether a theme is one of the site's or of mathblog's own, or a slip of the finger away from one of them."""
    if options.remote:
        return False
    folders = [source / _THEMES, *_SHIPPED]
    return _find_folder(options.name, folders) is not None or bool(_nearest(options.name, folders))


def _find_folder(name: str, folders: Iterable[Path]) -> Path | None:
    """The first folder of this name that is a theme. A name that leads elsewhere, `../x`, is that of none."""
    if not _NAME.fullmatch(name):
        return None
    return next((folder / name for folder in folders if os.path.isfile(folder / name / "theme.yml")), None)  # noqa: PTH113 - no error


def _list_in_site(source: Path, theme: str, closed: frozenset[str]) -> Snapshot:
    """The files of the site's `_theme`, and those of the folder `theme` of it, '' for none."""
    wanted = (OVERRIDES, theme or OVERRIDES)

    def is_wanted(path: str, is_folder: bool) -> bool:  # noqa: FBT001 - a predicate of two facts
        return any(
            path == name or path.startswith(f"{name}/") or (is_folder and name.startswith(f"{path}/"))
            for name in wanted
        )

    return take_snapshot(source, is_wanted, closed)


def _below(snapshot: Snapshot, folder: str) -> Iterable[tuple[str, str]]:
    """The files below a folder of the site: their paths in it, and in the site."""
    return ((path[len(folder) + 1 :], path) for path in snapshot.files if path.startswith(f"{folder}/"))


def _nearest(name: str, folders: Iterable[Path]) -> str:
    names = sorted({item.parent.name for folder in folders for item in folder.glob("*/theme.yml")})
    return next(iter(difflib.get_close_matches(name, names, 1)), "")


def _read(path: str, snapshot: Snapshot, place: str) -> SourceText:
    """A template, known to messages by its path in the site's folder, or in the theme's.

    Raises:
        BuildStopped: 2 for a template that is not UTF-8: no page could be laid out.

    """
    from mathblog.reading.decode import decode

    decoded = decode(f"theme/{path}" if place == path else place, snapshot.read(place))
    if decoded.source is not None:
        return decoded.source
    problem = decoded.diagnostics[0]
    message = f"{location(problem)}: {problem.message}"
    raise BuildStopped(message, code=USAGE, hint=problem.hint)


def _is_asset(path: str) -> bool:
    return path.startswith("assets/")
