"""Finds the plugins of a site, and keeps what they brought: they run once for all builds of a preview that leave them alone."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

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
    """The plugins of a blog's builds.

    `digest` stands for the code that runs, `problems` says what does not and why, `state` stands for both.
    """

    def __init__(self) -> None:
        self.digest = self.state = ""
        self.problems: tuple[Diagnostic, ...] = ()
        self._sources: tuple[PluginSource, ...] = ()
        self._extensions: Extensions | None = None

    def find(self, config: Config, snapshot: Snapshot, request: BuildRequest) -> None:
        """Look for plugins among the files of a snapshot: `_plugins/*.py`, but for what a theme lends.

        Raises:
            SourceChangedError, BuildStopped: as `Snapshot.read`.

        """
        folder = f"{config.reading.plugins_dir}/"
        paths = [path for path in snapshot.files if path.startswith(folder) and path.endswith(".py")]
        paths = [path for path in paths if path not in snapshot.elsewhere and path.count("/") == folder.count("/")]
        sources, digest, problems = tuple[PluginSource, ...](), "", tuple[Diagnostic, ...]()
        if paths:
            codes = [(path, snapshot.read(path)) for path in paths]
            sources = tuple(PluginSource(path, code, fingerprint(path, code)) for path, code in codes)
            digest = fingerprint("plugins", [source.digest for source in sources])
            if config.safe or not may_run(request.source, digest, asked=request.allow_plugins):
                sources, digest, problems = (), "", (_not_run(paths, safe=config.safe),)
        self.state = fingerprint(digest, problems) if paths else ""
        if digest != self.digest:
            self.digest, self._sources, self._extensions = digest, sources, None
            self.problems = problems
        elif not sources:
            self.problems = problems

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
                self.problems = brought.problems
                self._extensions = BUILTINS.extended(
                    self.digest,
                    self._sources,
                    tags=brought.tags,
                    filters=brought.filters,
                    fences=brought.fences,
                    theme_filters=brought.theme_filters,
                    generators=brought.generators,
                    checks=brought.checks,
                )
        return self._extensions


def _not_run(paths: Sequence[str], *, safe: bool) -> Diagnostic:
    """The one warning about plugins that do not run."""
    named = ", ".join(f"`{path}`" for path in paths[:_SHOWN])
    more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
    subject = f"the plugin {named} does" if len(paths) == 1 else f"the plugins {named}{more} do"
    if safe:
        return in_file(paths[0], f"{subject} not run: `--safe` runs none", code=CODE)
    message = f"{subject} not run: it is code of this site, and you have not allowed it"
    hint = f"read it, then build with `--allow-plugins`; `{VARIABLE}=allow` allows the plugins of all sites"
    return in_file(paths[0], message, code=CODE, hint=hint)
