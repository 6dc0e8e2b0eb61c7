"""The things that the builds of one process share: the store, engines for JavaScript, workers, the theme and the plugins that are loaded."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mathblog.core.digest import fingerprint
from mathblog.engine.cache.opening import open_store
from mathblog.engine.cache.store import Store
from mathblog.engine.katex.renderers import Renderers
from mathblog.engine.plugins.finding import Plugins
from mathblog.engine.request import BuildRequest
from mathblog.engine.sources.loaded_theme import LoadedTheme
from mathblog.engine.sources.site import Classifier, Sources
from mathblog.engine.sources.snapshot import Snapshot
from mathblog.engine.sources.themes import ThemeFiles
from mathblog.engine.stages.spec_digests import SpecDigests
from mathblog.engine.toolchain import toolchain
from mathblog.model.options import Config, ThemeOptions

if TYPE_CHECKING:
    from mathblog.engine.cache.memo import Memo
    from mathblog.engine.sass_compiler import SassEngine
    from mathblog.engine.sources.documents import DocumentReader
    from mathblog.engine.stages.build_run import BuildRun
    from mathblog.engine.stages.workers.pool import WorkerPool
    from mathblog.theme.load import Theme


class Equipment:
    """Owns the store and the engines; each is made when a build first needs it."""

    def __init__(self) -> None:
        self.toolchain = ""
        self.memo: Memo | None = None  # of the last build that had to look further than at the stamps
        self.plugins = Plugins()
        self.classifier = Classifier()
        self.loaded = LoadedTheme()
        self.knows_all = False  # whether all in the store that is in use was asked for
        self.store: Store | None = None
        self._cache: Path | None = None
        self._renderers = Renderers()
        self._sass: SassEngine | None = None
        self._workers: WorkerPool | None = None
        self._digests = SpecDigests()

    def close(self, *, gracefully: bool) -> None:
        """End the engines and the workers; what is in the store is saved."""
        self._renderers.close()
        if self._sass is not None:
            self._sass.close()
        if self._workers is not None:
            self._workers.close() if gracefully else self._workers.kill()
        if self.store is not None:
            self.store.save()
            self.store.close()

    def open_store(self, cache: Path | None, request: BuildRequest) -> Store:
        """The store in a folder, from now on that of all builds."""
        self.toolchain = self.toolchain or toolchain()
        if self.store is None or cache != self._cache:
            if self.store is not None:
                self.store.close()
            self._cache = cache
            self.knows_all = False
            self.store = open_store(cache, request)
        return self.store

    def pool(self, processes: int) -> "WorkerPool":
        """The processes that work beside this one."""
        if self._workers is None:
            from mathblog.engine.stages.workers.pool import WorkerPool

            self._workers = WorkerPool(processes, self._renderers.budget)
        return self._workers

    def dismiss_workers(self) -> None:
        """Let the processes end."""
        if self._workers is not None:
            self._workers.close()

    def load_theme(self, files: ThemeFiles, options: ThemeOptions, store: Store) -> "Theme":
        """The theme of these files."""
        programs = fingerprint(self.toolchain, self.plugins.digest)
        return self.loaded.load(files, options, self.plugins.extensions, store, programs)

    def reader(self, snapshot: Snapshot, config: Config, store: Store) -> "DocumentReader":
        """A reader of the documents of a snapshot."""
        from mathblog.engine.sources.documents import reader

        return reader(snapshot, config, store, self.toolchain, self.plugins.extensions)

    def begin(self, config: Config, sources: Sources, store: Store, request: BuildRequest) -> "BuildRun":
        """A new run over sources that were read."""
        from mathblog.engine.cache.memo import Memo
        from mathblog.engine.sass_compiler import SassEngine
        from mathblog.engine.sources.declared import adopt
        from mathblog.engine.stages.build_run import BuildRun
        from mathblog.engine.stages.compiling import compile_context
        from mathblog.engine.stages.outcome import tools_of

        config, problems = adopt(config, sources, store, self.toolchain)
        if problems:
            sources = replace(sources, diagnostics=(*sources.diagnostics, *problems))
        self.memo = Memo(store)
        self._renderers.budget.begin()
        self._sass = self._sass or SassEngine()
        return BuildRun(
            config,
            sources,
            self.plugins.extensions,
            self.memo,
            self.toolchain,
            compile_context(config, self.plugins.extensions, self.toolchain),
            self._renderers.for_build(config.math, store, self.toolchain),
            tools_of(store, self.toolchain, self._sass),
            self._digests,
            request.processes,
            lambda: self.pool(request.processes),
            request.progress,
            request.focus,
            request.observe,
        )

    def begin_again(self, before: "BuildRun", sources: Sources) -> "BuildRun":
        """A run that differs from one before it in the texts of documents only."""
        self.memo = type(before.memo)(before.memo.store)
        self._renderers.budget.begin()
        return replace(before, sources=sources, memo=self.memo)
