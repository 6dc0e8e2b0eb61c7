"""Theme files on disk: the site's own theme folder, the themes that came with mathblog, the site's overrides."""

import difflib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import mathblog
from mathblog.core.digest import fingerprint
from mathblog.core.excerpt import location
from mathblog.core.source import SourceText
from mathblog.engine.problem import USAGE, BuildStopped
from mathblog.engine.sources.snapshot import mark_file
from mathblog.model.options import MANIFEST, OWN_MANIFEST, ThemeOptions

OVERRIDES = "_theme"
_PACKAGE = Path(mathblog.__file__).parent
_SHIPPED = (_PACKAGE / "themes", _PACKAGE.parents[1] / "themes")
_FALLBACK = "default"


@dataclass(frozen=True, slots=True)
class ThemeFiles:
    """The files of a theme by their path in it. `missing` is the name that was asked for and not found, or ''."""

    templates: Mapping[str, SourceText]
    assets: Mapping[str, Path]
    signature: str
    missing: str = ""
    near: str = ""


class ThemeFinder:
    """Finds themes, and reads the files of one again only when one of them was touched."""

    def __init__(self) -> None:
        self._last: ThemeFiles | None = None

    def find(self, name: str, source: Path) -> ThemeFiles:
        """The theme `name`: from `themes/` in the site, else from mathblog, else mathblog's default one.

        A file of the same path below the site's `_theme` folder takes the place of the theme's; `theme.yml` is added to it.
        """
        folders = [source / "themes", *_SHIPPED]
        root = next((folder / name for folder in folders if (folder / name / "theme.yml").is_file()), None)
        missing = "" if root else name
        if root is None:
            root = next(folder / _FALLBACK for folder in _SHIPPED if (folder / _FALLBACK / "theme.yml").is_file())
        own = _list(source / OVERRIDES)
        if MANIFEST in own:
            own[OWN_MANIFEST] = own.pop(MANIFEST)
        files = {**_list(root), **own}
        stamps = {path: mark_file(Path(file)) for path, file in files.items()}
        signature = fingerprint(files, stamps, missing)
        if self._last is None or self._last.signature != signature:
            templates = {path: _read(path, Path(file), source) for path, file in files.items() if not _is_asset(path)}
            assets = {path: Path(file) for path, file in files.items() if _is_asset(path)}
            near = _nearest(missing, folders) if missing else ""
            self._last = ThemeFiles(templates, assets, signature, missing, near)
        return self._last


def is_own_theme(options: ThemeOptions, source: Path) -> bool:
    """Whether a theme is one of the site's or of mathblog's own, or a slip of the finger away from one of them."""
    if options.remote:
        return False
    folders = [source / "themes", *_SHIPPED]
    return any((folder / options.name / "theme.yml").is_file() for folder in folders) or bool(
        _nearest(options.name, folders)
    )


def _nearest(name: str, folders: Iterable[Path]) -> str:
    names = sorted({item.parent.name for folder in folders for item in folder.glob("*/theme.yml")})
    return next(iter(difflib.get_close_matches(name, names, 1)), "")


def _read(path: str, file: Path, source: Path) -> SourceText:
    """A template, known to messages by its path in the site's folder, or in the theme's.

    Raises:
        BuildStopped: 2 for a template that is not UTF-8: no page could be laid out.

    """
    from mathblog.reading.decode import decode

    shown = file.relative_to(source).as_posix() if file.is_relative_to(source) else f"theme/{path}"
    decoded = decode(shown, file.read_bytes())
    if decoded.source is not None:
        return decoded.source
    problem = decoded.diagnostics[0]
    message = f"{location(problem)}: {problem.message}"
    raise BuildStopped(message, code=USAGE, hint=problem.hint)


def _is_asset(path: str) -> bool:
    return path.startswith("assets/")


def _list(root: Path) -> dict[str, str]:
    """The files below a folder: where they are, by their path in it."""
    found = (f"{folder}/{name}" for folder, _, names in os.walk(root) for name in names)
    return {file[len(str(root)) + 1 :].replace(os.sep, "/"): file for file in sorted(found)}
