"""Theme files on disk: the layers of a theme, which are the site's overrides, the theme, and what it is based on."""

import difflib
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import mathblog
from mathblog.core.dataclass import dataclass, field
from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.digest import fingerprint
from mathblog.core.excerpt import location
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText, Span
from mathblog.engine.problem import USAGE, BuildStopped
from mathblog.engine.sources.snapshot import Snapshot, take_snapshot
from mathblog.model.options import MANIFEST, ThemeOptions
from mathblog.theme.sources import INCLUDES, LABELS, ThemeSources

OVERRIDES = "_theme"
_PACKAGE = Path(mathblog.__file__).parent
_SHIPPED = (_PACKAGE / "themes", _PACKAGE.parents[1] / "themes")
_FALLBACK = "default"
_THEMES = "themes"
_NAME = lazy_pattern(r"[\w-][\w.-]{0,99}")  # of a folder, and no way to one elsewhere
_MOST_LAYERS = 20
_HAS_BASE = lazy_pattern(rb"^base[ \t]*:", re.MULTILINE)


class Layer(NamedTuple):
    """One of the folders that a theme is made of: its `name` for people, and where it is in a snapshot ('' for all of it)."""

    name: str
    snapshot: Snapshot
    folder: str = ""

    def places(self) -> Iterator[tuple[str, str]]:
        """The files: their paths in the theme, and in the snapshot."""
        start = f"{self.folder}/" if self.folder else ""
        return ((path[len(start) :], path) for path in self.snapshot.files if path.startswith(start))


@dataclass(frozen=True, slots=True)
class ThemeFiles:
    """The files of a theme by their path in it. `missing` is the name that was asked for and not found, or ''.

    `layers` are the names of its layers, the uppermost first; `origins` say of each path which of them it is from.
    """

    sources: ThemeSources
    assets: Mapping[str, tuple[Path, str]]  # where each is, and its mark (`Snapshot.mark`)
    signature: str
    missing: str = ""
    near: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()
    layers: tuple[str, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)

    @property
    def templates(self) -> Mapping[str, SourceText]:
        """The templates by name."""
        return self.sources.templates

    @property
    def is_shipped(self) -> bool:
        """Whether it is one of mathblog's, and no file of it is the site's."""
        return not any(name == OVERRIDES or name.startswith(f"{_THEMES}/") for name in self.layers)


class ThemeFinder:
    """Finds themes, and reads the files of one again only when one of them was touched."""

    def __init__(self) -> None:
        self._last: ThemeFiles | None = None
        self._state: object = None  # of the files of `_last`, None where a stamp may stand for other bytes

    def find(self, name: str, source: Path, closed: frozenset[str] = frozenset()) -> ThemeFiles:
        """The theme `name`: from `themes/` in the site, else from mathblog, else mathblog's default one.

        A file of the site's `_theme` folder takes the place of the theme's of the same path, and one of the theme that
        of the theme that `base:` in its `theme.yml` names; the manifests are merged. Links end in the site, and not in
        the folders `closed` of it.

        Raises:
            BuildStopped: 2 for a template that is not UTF-8, 3 for a file that cannot be read.
            SourceChangedError: where a file was moved meanwhile.

        """
        folders = [source / _THEMES, *_SHIPPED]
        root = _find_folder(name, folders)
        missing = "" if root else name
        root = root or _find_folder(_FALLBACK, _SHIPPED) or _SHIPPED[0] / _FALLBACK
        own = Layer(OVERRIDES, _list_in_site(source, OVERRIDES, closed), OVERRIDES)
        below, problems = _stack(root, source, closed)
        layers, problems = (own, *below), tuple(dict.fromkeys((*own.snapshot.diagnostics, *problems)))
        signatures = [
            (layer, layer.snapshot.root, layer.snapshot.signatures(), layer.snapshot.links) for layer in layers
        ]
        state = [(layer.name, layer.folder, *found) for layer, *found in signatures], missing, problems
        if self._last is not None and state == self._state:
            return self._last
        is_sure = all(all(signatures.values()) for _, _, signatures, _ in signatures)
        self._state = state if is_sure else None
        places = {path: (layer, place) for layer in reversed(layers) for path, place in layer.places()}
        manifests = [layer for layer in reversed(layers) if _manifest(layer) in layer.snapshot.files]
        marks = {path: layer.snapshot.mark(place) for path, (layer, place) in places.items()}
        files = {path: str(layer.snapshot.locate(place)) for path, (layer, place) in places.items()}
        of_manifests = [(layer.name, layer.snapshot.mark(_manifest(layer))) for layer in manifests]
        listed = "\0".join(
            f"{path}\0{file}\0{marks[path]}" for path, file in files.items()
        )  # one text instead of hundreds
        signature = fingerprint(listed, of_manifests, missing, problems)
        if self._last is None or self._last.signature != signature:
            pages = {path for path in places if path.endswith(".html") and not path.startswith("assets/")}
            wanted = (path for path in places if path in pages or path.startswith(INCLUDES))
            templates = {path: _read(*places[path]) for path in wanted}
            self._last = ThemeFiles(
                ThemeSources(
                    templates,
                    tuple(_read(layer, _manifest(layer)) for layer in manifests),
                    {
                        path.removeprefix(LABELS).removesuffix(".yml").lower(): _read(*places[path])
                        for path in places
                        if path.startswith(LABELS) and path.endswith(".yml")
                    },
                ),
                {path: (Path(file), marks[path]) for path, file in files.items() if path.startswith("assets/")},
                signature,
                missing,
                _nearest(missing, folders) if missing else "",
                problems,
                tuple(layer.name for layer in layers if layer.folder != OVERRIDES or layer.snapshot.files),
                {path: layer.name for path, (layer, _) in places.items()},
            )
        return self._last


def is_own_theme(options: ThemeOptions, source: Path) -> bool:
    """Whether a theme is one of the site's or of mathblog's own, or a slip of the finger away from one of them."""
    if options.remote:
        return False
    folders = [source / _THEMES, *_SHIPPED]
    return _find_folder(options.name, folders) is not None or bool(_nearest(options.name, folders))


def read_file(path: str, name: str, source: Path) -> bytes | None:
    """A file of a theme as it is without the site's `_theme`; None where it has none of this path. Raises as `find`."""
    root = _find_folder(name, [source / _THEMES, *_SHIPPED])
    layers, _ = _stack(root, source, frozenset()) if root else ((), ())
    places = ((layer, f"{layer.folder}/{path}" if layer.folder else path) for layer in layers)
    return next((layer.snapshot.read(place) for layer, place in places if place in layer.snapshot.files), None)


def list_themes(source: Path) -> list[str]:
    """The names of the themes that a site may choose, those in its `themes/` and mathblog's own."""
    return _names_in([source / _THEMES, *_SHIPPED])


def _stack(root: Path, source: Path, closed: frozenset[str]) -> tuple[tuple[Layer, ...], tuple[Diagnostic, ...]]:
    """The theme in the folder `root`, then that which it is based on, and so on; and what is wrong with these words."""
    layers: list[Layer] = []
    folders = [root]
    problems: list[Diagnostic] = []
    while True:
        is_own = folders[-1].parent == source / _THEMES
        name = f"{_THEMES}/{folders[-1].name}" if is_own else ""
        layer = (
            Layer(name, _list_in_site(source, name, closed), name)
            if is_own
            else Layer(folders[-1].name, take_snapshot(folders[-1], lambda _path, _is_folder: True))
        )
        layers.append(layer)
        problems += layer.snapshot.diagnostics
        base, problem = _find_base(layer, [source / _THEMES, *_SHIPPED], folders)
        problems += problem
        if base is None:
            return tuple(layers), tuple(problems)
        folders.append(base)


def _find_base(
    layer: Layer, folders: Sequence[Path], above: Sequence[Path]
) -> tuple[Path | None, tuple[Diagnostic, ...]]:
    """The folder of the theme that one is based on, None for none; a theme above it is never its base."""
    path = _manifest(layer)
    if path not in layer.snapshot.files or not _HAS_BASE.search(layer.snapshot.read(path)):
        return None, ()
    from mathblog.text.yaml.data import load_yaml

    manifest = _read(layer, path)
    found = load_yaml(manifest, code="config")
    name = found.value.get("base") if isinstance(found.value, Mapping) else None
    if name is None:  # what is wrong with the file is said where all of it is read
        return None, ()
    span = found.spans.get(("base",), Span(0, 1))
    if not isinstance(name, str):
        message = "`base` has to be the name of a theme"
        return None, (at(manifest, span, message, code="config", hint="write `base: default`"),)
    chosen = [folder / name for folder in folders if _find_folder(name, [folder])]
    base = next((folder for folder in chosen if folder not in above), None)
    if base is not None and len(above) < _MOST_LAYERS:
        return base, ()
    if base is not None:
        message, hint = f"`base: {name}` is more than {_MOST_LAYERS} themes below", "name a theme with fewer below it"
    elif chosen:
        message, hint = f"`base: {name}` leads back to this theme", "a theme is not based on itself"
    else:
        near = _nearest(name, folders)
        message = f"there is no theme `{name}` to base this one on"
        hint = f"did you mean `{near}`?" if near else "`mathblog theme list` names the themes"
    return None, (at(manifest, span, message, code="config", hint=hint),)


def _find_folder(name: str, folders: Iterable[Path]) -> Path | None:
    """The first folder of this name that is a theme. A name that leads elsewhere, `../x`, is that of none."""
    if not _NAME.fullmatch(name):
        return None
    return next((folder / name for folder in folders if os.path.isfile(folder / name / MANIFEST)), None)  # noqa: PTH113 - no error


def _list_in_site(source: Path, folder: str, closed: frozenset[str]) -> Snapshot:
    """The files of one folder of the site."""

    def is_wanted(path: str, is_folder: bool) -> bool:  # noqa: FBT001 - a predicate of two facts
        return path == folder or path.startswith(f"{folder}/") or (is_folder and folder.startswith(f"{path}/"))

    return take_snapshot(source, is_wanted, closed)


def _manifest(layer: Layer) -> str:
    return f"{layer.folder}/{MANIFEST}" if layer.folder else MANIFEST


def _nearest(name: str, folders: Iterable[Path]) -> str:
    return next(iter(difflib.get_close_matches(name, _names_in(folders), 1)), "")


def _names_in(folders: Iterable[Path]) -> list[str]:
    return sorted({item.parent.name for folder in folders for item in folder.glob(f"*/{MANIFEST}")})


def _read(layer: Layer, place: str) -> SourceText:
    """A template, known to messages by its path in the site's folder, or in the theme's.

    Raises:
        BuildStopped: 2 for a template that is not UTF-8: no page could be laid out.

    """
    from mathblog.reading.decode import decode

    decoded = decode(place if layer.folder else f"{layer.name}/{place}", layer.snapshot.read(place))
    if decoded.source is not None:
        return decoded.source
    problem = decoded.diagnostics[0]
    message = f"{location(problem)}: {problem.message}"
    raise BuildStopped(message, code=USAGE, hint=problem.hint)
