"""Finds the plugins of a site, and keeps what they brought: they run once for all builds of a preview that leave them alone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from mathblog.config.known_plugins import BUILT_IN, HARMLESS
from mathblog.core.diagnostic import Diagnostic, in_file
from mathblog.core.digest import fingerprint
from mathblog.engine.plugins.permission import VARIABLE, may_run
from mathblog.engine.request import BuildRequest
from mathblog.engine.sources.snapshot import Snapshot
from mathblog.extend.plugins import PluginSource
from mathblog.model.options import Config

if TYPE_CHECKING:
    from mathblog.extend.extensions import Extensions

CODE = "plugin"
_SHOWN = 6


class Plugins:
    """The plugins of a blog's builds. `digest` stands for the code that runs, `state` for that and for what is said of the other."""

    def __init__(self) -> None:
        self.digest = self.state = ""
        self._sources: tuple[PluginSource, ...] = ()
        self._extensions: Extensions | None = None
        self._not_run: tuple[Diagnostic, ...] = ()
        self._faults: tuple[Diagnostic, ...] = ()
        self._met: dict[str, PluginSource] = {}

    def find(self, config: Config, snapshot: Snapshot, request: BuildRequest) -> None:
        """Look for plugins: `_plugins/*.py` of a snapshot, but for what a theme lends, and installed ones that `plugins:` names.

        Raises:
            SourceChangedError, BuildStopped: as `Snapshot.read`.

        """
        folder = f"{config.reading.plugins_dir}/"
        paths = [path for path in snapshot.files if path.startswith(folder) and path.endswith(".py")]
        paths = [path for path in paths if path not in snapshot.elsewhere and path.count("/") == folder.count("/")]
        sources, problems = tuple[PluginSource, ...](), tuple[Diagnostic, ...]()
        if paths:
            codes = [(path, snapshot.read(path)) for path in paths]
            sources = tuple(PluginSource(path, code, fingerprint(path, code)) for path, code in codes)
            if config.safe or not may_run(request.source, _digest(sources), asked=request.allow_plugins):
                sources, problems = (), (_not_run(paths, safe=config.safe),)
        named = [name for name in config.generators.plugins if name not in BUILT_IN and name not in HARMLESS]
        if named and not config.safe:
            sources = (*self._installed(named), *sources)
        digest = _digest(sources) if sources else ""
        self.state = fingerprint(digest, problems) if sources or problems else ""
        self._not_run = problems
        if digest != self.digest:
            self.digest, self._sources, self._extensions, self._faults = digest, sources, None, ()

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """Return what is wrong with plugins: nobody allowed them, they cannot be loaded, two of them take one name."""
        return (*self._not_run, *self._faults)

    def _installed(self, names: Sequence[str]) -> Iterator[PluginSource]:
        """Those of the names that are installed, as they were when this process first met them: it cannot load a module twice."""
        from mathblog.engine.sources.installed import installed_plugins, installed_source

        known = installed_plugins()
        for name in names:
            if name in known:
                if name not in self._met:
                    self._met[name] = installed_source(name, "_config.yml")
                yield self._met[name]

    @property
    def extensions(self) -> "Extensions":
        """All that a build can do, with what the plugins bring."""
        if self._extensions is None:
            from mathblog.pipeline.extensions import BUILTINS

            if not self._sources:
                self._extensions = BUILTINS
            else:
                from mathblog.engine.stages.plugin_code import run_plugins

                brought = run_plugins(self._sources)
                self._faults = brought.problems
                known = BUILTINS.extended(self.digest, self._sources, brought.declarations)
                self._extensions = replace(known, complete=brought.complete)
        return self._extensions


def _digest(sources: Sequence[PluginSource]) -> str:
    return fingerprint("plugins", [source.digest for source in sources])


def _not_run(paths: Sequence[str], *, safe: bool) -> Diagnostic:
    """The one warning about plugins that do not run."""
    named = ", ".join(f"`{path}`" for path in paths[:_SHOWN])
    more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
    subject = f"the plugin {named} does" if len(paths) == 1 else f"the plugins {named}{more} do"
    if safe:
        return in_file(paths[0], f"{subject} not run: `--safe` runs none", code=CODE)
    message = f"{subject} not run: this is code of the site, and you have not allowed it"
    hint = f"read the code, then build with `--allow-plugins`; `{VARIABLE}=allow` allows the plugins of all sites"
    return in_file(paths[0], message, code=CODE, hint=hint)
