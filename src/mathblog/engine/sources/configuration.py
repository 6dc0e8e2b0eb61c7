"""Finding and reading the configuration files."""

import json
import os
from collections.abc import Container
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import mathblog
from mathblog.config.parse import ParsedConfig, parse_config
from mathblog.config.plugins import Lent
from mathblog.config.settings import COMMAND_LINE
from mathblog.core.diagnostic import Diagnostic, at, in_file
from mathblog.core.digest import fingerprint
from mathblog.core.source import SourceText
from mathblog.engine.problem import ENVIRONMENT, USAGE, BuildStopped
from mathblog.engine.request import BuildRequest
from mathblog.engine.sources.blog_folder import CONFIG_NAMES, find_blog_below, require_content, require_folder
from mathblog.engine.sources.opening import read_plain, read_text
from mathblog.engine.sources.walk import is_within
from mathblog.gems.gemfile import GEMFILE, plugin_gems
from mathblog.model.options import Config
from mathblog.model.values import Data

if TYPE_CHECKING:
    from mathblog.engine.sources.gems.find import SiteTheme
    from mathblog.engine.sources.snapshot import Snapshot
    from mathblog.theme.load import Theme


class ConfigFiles(NamedTuple):
    """The texts of the configuration files, from left to right, what could not be read, and the text of `Gemfile`."""

    sources: tuple[SourceText, ...]
    diagnostics: tuple[Diagnostic, ...]
    gemfile: SourceText | None = None


def follow_source(request: BuildRequest) -> BuildRequest:
    """The request for the folder that `source:` in the configuration names; that of the configuration where it names none.

    It is for a command line without `--source`, which counts more. The files of the configuration and the destination stay
    where they are, the destination beside the configuration (Jekyll's `Configuration#config_files`, `Site#dest`).

    Raises:
        BuildStopped: as `read_config_files`; 2 for a folder outside of the configuration's.

    """
    root = request.source
    if not any(
        "source" in file.text for file in read_config_files(request).sources
    ):  # most configurations are read once
        return request
    config = load_config(request).config
    named = config.value("source")
    if not isinstance(named, str):
        return request
    here = Path(os.path.realpath(root))
    try:
        there = Path(os.path.realpath(root / named))
    except ValueError as error:  # a zero byte
        message = f"`source: {named}` is the name of no folder"
        raise BuildStopped(message, code=USAGE, hint="name the folder of your blog with `--source`") from error
    if here == there:
        return request
    if not there.is_relative_to(here):
        message = f"`source: {named}` leads out of the folder of the configuration"
        raise BuildStopped(message, code=USAGE, hint="name the folder of your blog with `--source`")
    destination = str((root / config.output.destination).absolute())
    return replace(
        request,
        source=root / named,
        config_files=tuple(str(path.absolute()) for path in config_paths(request)),
        overrides={"destination": destination, **request.overrides},
    )


def load_config(request: BuildRequest, theme: "SiteTheme | None" = None) -> ParsedConfig:
    """The configuration of a blog, made of its files, what its `theme` lends, and the command line.

    Raises:
        BuildStopped: as `read_config_files`.

    """
    return _parse(request, read_config_files(request), theme)


class Configurations:
    """The configuration of a blog's builds: the same value, whose digest is known, while its files are what they were."""

    def __init__(self) -> None:
        self._last: tuple[BuildRequest, ConfigFiles, ParsedConfig] | None = None
        self._digest: tuple[Config, str] | None = None

    def load(self, request: BuildRequest) -> ParsedConfig:
        """The configuration without what a theme lends; raises as `load_config`."""
        files, last = read_config_files(request), self._last
        if last is None or last[0] is not request or last[1] != files:
            last = self._last = request, files, _parse(request, files, None)
        return last[2]

    def digest(self, config: Config) -> str:
        """The digest of a configuration, which is kept for the last one."""
        if self._digest is None or self._digest[0] is not config:
            self._digest = config, fingerprint(config)
        return self._digest[1]


def _parse(request: BuildRequest, files: ConfigFiles, theme: "SiteTheme | None") -> ParsedConfig:
    lent = Lent(theme.theme, theme.config) if theme else Lent()
    if gemfile := files.gemfile:
        lent = lent._replace(bundled={name: (gemfile, span) for name, span in plugin_gems(gemfile.text).items()})
    parsed = parse_config(files.sources, request.overrides, lent, installed=_installed_plugins)
    keys = front_matter_schema() if request.lints else {}
    check = replace(parsed.config.check, lints=request.lints, style=request.style, front_matter=keys)
    config = replace(parsed.config, check=check)
    missing: tuple[Diagnostic, ...] = ()
    if config.search.full or config.generators.cards.wanted:
        from mathblog.engine.programs.wanted import with_extras  # takes a while to load, and few sites ask

        config, missing = with_extras(config, request)
    if config.diagrams.languages and not config.safe:
        from mathblog.engine.programs.diagrams import programs_of

        config = replace(config, diagrams=replace(config.diagrams, programs=programs_of(config.diagrams)))
    problems = (*files.diagnostics, *parsed.diagnostics, *missing)
    if config.reading.time is not None:
        from mathblog.config.sources import merge_sources
        from mathblog.pipeline.clock import check_time

        places = merge_sources(files.sources, request.overrides).places
        problems = (*problems, *check_time(config.reading, places.get(("time",))))
    if theme is None:
        return ParsedConfig(config, problems)
    config = replace(config, theme=replace(config.theme, absent=theme.absent))
    return ParsedConfig(config, (*problems, *theme.diagnostics))


def _installed_plugins() -> Container[str]:
    from mathblog.engine.sources.installed import installed_plugins  # takes a while to load, and few sites ask

    return installed_plugins()


def front_matter_schema() -> Data:
    """The keys of front matter with their JSON schemas, which the package carries."""
    schema: Data = json.loads(schema_text("front-matter"))["properties"]
    return schema


def schema_text(name: str) -> str:
    """The JSON schema of `config` or `front-matter`, which the package carries."""
    return (Path(mathblog.__file__).parent / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")


def report_settings(
    theme: "Theme | None", config: Config, snapshot: "Snapshot", request: BuildRequest
) -> tuple[Diagnostic, ...]:
    """Warnings about the site's settings of its theme, each at its place in the configuration.

    Where pages are made by other layouts the settings are theirs, and nothing is said.
    """
    if theme is None or not theme.wrong:
        return ()
    folder = f"{config.reading.layouts_dir}/"
    has_layouts = any(path.startswith(folder) for path in snapshot.files)
    if config.theme.gem or theme.absent or (has_layouts and "theme" not in config.raw):
        return ()
    from mathblog.config.sources import merge_sources

    merged = merge_sources(read_config_files(request).sources, request.overrides)
    problems = []
    for wrong in theme.wrong:
        place = (merged.keys if wrong.is_unknown else merged.places).get(wrong.key) or merged.keys.get(wrong.key)
        if place is None:
            problems.append(in_file(COMMAND_LINE, wrong.message, code="config", hint=wrong.hint))
        else:
            problems.append(at(*place, wrong.message, code="config", hint=wrong.hint))
    return tuple(problems)


def read_config_files(request: BuildRequest) -> ConfigFiles:
    """The configuration files of a blog: those of `--config`, else the source folder's `_config.yml`.

    Raises:
        BuildStopped: 2 where there is no such file, or nothing that looks like a blog.

    """
    from mathblog.reading.decode import decode

    root = request.source
    require_folder(root)
    paths = config_paths(request)
    if not paths:
        require_content(root)
    sources: list[SourceText] = []
    lost = () if paths else [name for name in CONFIG_NAMES if os.path.islink(root / name)]  # noqa: PTH114
    problems = [in_file(name, "this link leads nowhere: it is passed over", code="config") for name in lost]
    if not paths and (below := find_blog_below(root)):
        message = "this configuration does not count: it is not in the folder that is built"
        hint = f"`--source {os.path.normpath(root / below)}` builds that blog"
        problems.append(in_file(f"{below}/{CONFIG_NAMES[0]}", message, code="config", hint=hint))
    for path in paths:
        name = Path(os.path.relpath(path, root)).as_posix()
        try:
            data = request.texts.get(name)
            decoded = decode(name, _read(path, root, named=bool(request.config_files)) if data is None else data)
        except FileNotFoundError as error:
            message = f"the configuration file `{name}` does not exist"
            raise BuildStopped(
                message, code=USAGE, hint="`--config` looks for files here, then in the source folder"
            ) from error
        except OSError as error:
            message = f"cannot read `{name}`: {(error.strerror or str(error)).lower()}"
            raise BuildStopped(message, code=ENVIRONMENT) from error
        problems += decoded.diagnostics
        if decoded.source is not None:
            sources.append(decoded.source)
    gemfile = read_text(root / GEMFILE) if (root / GEMFILE).is_file() else ""
    return ConfigFiles(tuple(sources), tuple(problems), SourceText(GEMFILE, gemfile) if gemfile else None)


def config_paths(request: BuildRequest) -> list[Path]:
    """The files of `--config`, else the one of the source folder, if there is one.

    A name is one from the current folder on, as in Jekyll (`Configuration#config_files`), else from the source folder on.
    """
    root = request.source
    given = [Path(name) if os.path.isfile(name) else root / name for name in request.config_files]  # noqa: PTH113 - no error, whatever the name is
    return given or [root / name for name in CONFIG_NAMES if os.path.exists(root / name)][:1]  # noqa: PTH110


def _read(path: Path, root: Path, *, named: bool) -> bytes:
    """The bytes of a configuration file; `named` by the user, it may lie anywhere.

    Raises:
        BuildStopped: 2 for a link of the site's that leads out of it, or into version control.

    """
    real = os.path.realpath(path)
    if not (named or is_within(real, os.path.realpath(root))):
        message = f"`{path.name}` is a link that leads out of the site's folder"
        raise BuildStopped(message, code=USAGE, hint="name the file with `--config`, if you know what is in it")
    return read_plain(*os.path.split(real))
