"""Themes for people: which there are, and of one its settings, its files and the layers that these are from."""

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from mathblog.engine.problem import USAGE, BuildStopped
from mathblog.engine.request import BuildRequest
from mathblog.engine.sources.configuration import load_config
from mathblog.engine.sources.themes import ThemeFinder, list_themes, read_file
from mathblog.model.options import MANIFEST, Config
from mathblog.model.values import Data
from mathblog.text.yaml.data import load_yaml
from mathblog.theme.languages import is_language, suggest_code
from mathblog.theme.settings import Setting, read_settings, settle


class ThemeReport(NamedTuple):
    """A theme: the layers that it is made of, its settings, the values of the site's that count, and the layer of each file."""

    name: str
    about: str
    layers: tuple[str, ...]
    settings: Mapping[str, Setting]
    given: Data
    files: Mapping[str, str]


class ThemeNames(NamedTuple):
    """The themes by name, each with what it says of itself, and which of them the site uses, also where it is from elsewhere."""

    themes: Mapping[str, str]
    used: str


def name_themes(request: BuildRequest) -> ThemeNames:
    """The themes that a site may choose, those in its `themes/` and mathblog's own.

    Raises:
        BuildStopped: where the configuration cannot be read.

    """
    config = load_config(request).config
    themes = {name: _describe(name, config, request).about for name in list_themes(request.source)}
    return ThemeNames(themes, config.theme.remote or config.theme.name)


def require_theme(name: str, source: Path) -> None:
    """Stop where a site in the folder `source` cannot choose the theme.

    Raises:
        BuildStopped: 2, with the name that was meant.

    """
    known = list_themes(source)
    if name not in known:
        near = difflib.get_close_matches(name, known, 1)
        hint = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(f'`{item}`' for item in known)}"
        message = f"there is no theme `{name}` here"
        raise BuildStopped(message, code=USAGE, hint=hint)


def require_language(tag: str) -> None:
    """Stop where a blog would be in no language, for which a theme has words and dates.

    Raises:
        BuildStopped: 2, with the code that was meant.

    """
    if not is_language(tag):
        message = f"`{tag}` is no language"
        raise BuildStopped(message, code=USAGE, hint=suggest_code(tag))


def describe_theme(name: str, request: BuildRequest) -> ThemeReport:
    """A theme by its name, '' for the one that the site uses.

    Raises:
        BuildStopped: 2 where there is no such theme here.

    """
    config = load_config(request).config
    name = name or config.theme.remote or config.theme.name
    require_theme(name, request.source)
    return _describe(name, config, request)


def _describe(name: str, config: Config, request: BuildRequest) -> ThemeReport:
    files = ThemeFinder().find(name, request.source, request.never_read(config.output))
    loaded = [load_yaml(source, code="config").value for source in files.sources.manifests]
    manifests: list[Data] = [manifest for manifest in loaded if isinstance(manifest, Mapping)]
    about = next((str(manifest["about"]) for manifest in reversed(manifests) if manifest.get("about")), "")
    is_used = name == config.theme.name and not config.theme.remote
    declared = read_settings(manifests)
    values = settle(declared, config.theme.settings, config.theme.top, (), ()).values if is_used else {}
    given = {key: values[key] for key, setting in declared.items() if values and values[key] != setting.default}
    files_of = {path: layer for path, layer in sorted(files.origins.items()) if path != MANIFEST}
    return ThemeReport(name, about, files.layers, declared, given, files_of)


def read_theme_file(path: str, request: BuildRequest) -> bytes:
    """A file of the site's theme by its path in it, from the uppermost layer below the site's own `_theme`.

    Raises:
        BuildStopped: 2 where the theme has no such file, 3 where it cannot be read.

    """
    report = describe_theme("", request)
    found = read_file(path, report.name, request.source)
    if found is not None:
        return found
    near = difflib.get_close_matches(path, report.files, 1) or [
        name for name in report.files if name.endswith(f"/{path}")
    ]
    hint = f"did you mean `{near[0]}`?" if near else "`mathblog theme show` lists the files"
    message = f"the theme `{report.name}` has no file `{path}`"
    raise BuildStopped(message, code=USAGE, hint=hint)
