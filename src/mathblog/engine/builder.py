"""Builds of one blog, one after the other: what one of them learnt, the next one uses."""

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from mathblog.core.diagnostic import Diagnostic, Severity, report_order
from mathblog.core.digest import fingerprint
from mathblog.engine.cache.codec import DamagedError
from mathblog.engine.cache.folder import PREVIEW, check_cache
from mathblog.engine.cache.opening import open_store
from mathblog.engine.cache.store import Store
from mathblog.engine.incremental.last_build import LastBuild
from mathblog.engine.katex.renderers import Renderers
from mathblog.engine.output.destination import Destination, find_destination, open_destination, read_destination
from mathblog.engine.output.lock import hold_lock
from mathblog.engine.output.publish import Publication
from mathblog.engine.plugins.finding import Plugins
from mathblog.engine.problem import ENVIRONMENT, BuildStopped
from mathblog.engine.request import BuildRequest, BuildResult
from mathblog.engine.sources.configuration import Configurations, load_config, report_settings
from mathblog.engine.sources.gems.overlay import in_theme
from mathblog.engine.sources.loaded_theme import LoadedTheme
from mathblog.engine.sources.site import Classifier, Sources, limit_liquid, read_sources, take_site_snapshot
from mathblog.engine.sources.snapshot import Snapshot, SourceChangedError, with_texts
from mathblog.engine.sources.themes import ThemeFiles, ThemeFinder
from mathblog.engine.stages.spec_digests import SpecDigests
from mathblog.engine.toolchain import toolchain
from mathblog.model.options import Config, ThemeOptions

if TYPE_CHECKING:
    from mathblog.engine.cache.memo import Memo
    from mathblog.engine.incremental.built_site import Site
    from mathblog.engine.incremental.history import History
    from mathblog.engine.sass_compiler import SassEngine
    from mathblog.engine.sources.documents import DocumentReader
    from mathblog.engine.sources.gems.find import GemFinder
    from mathblog.engine.stages.build_run import BuildRun
    from mathblog.engine.stages.workers.pool import WorkerPool
    from mathblog.theme.load import Theme

_LARGE = 1_500_000  # bytes of sources that are worth workers
_ATTEMPTS = 5  # builds of a source folder that somebody writes to all the time


def build(request: BuildRequest) -> BuildResult:
    """Build a site once, and publish it unless it has errors.

    Raises:
        BuildStopped: 2 for a source or a destination that cannot be used, 3 for the environment.

    """
    with Builder(request) as builder:
        return builder.build()


class Builder:
    """Owns the store and the engines for the builds of one blog. Use it as a context manager."""

    def __init__(self, request: BuildRequest) -> None:
        self._request = request
        self._toolchain = ""
        self._store: Store | None = None
        self._cache: Path | None = None
        self.memo: Memo | None = None  # of the last build that had to look further than at the stamps
        self._renderers = Renderers()
        self._sass: SassEngine | None = None
        self._classifier = Classifier()
        self._workers: WorkerPool | None = None
        self._digests = SpecDigests()
        self._themes = ThemeFinder()
        self._plugins = Plugins()
        self._gems: GemFinder | None = None
        self._loaded = LoadedTheme()
        self._configurations = Configurations()
        self._later: list[Callable[[], None]] = []  # what nobody waits for
        self._knows_all = False  # whether all in the store that is in use was asked for

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._renderers.close()
        if self._sass is not None:
            self._sass.close()
        if self._workers is not None:
            self._workers.close() if error is None else self._workers.kill()
        if self._store is not None:
            self._catch_up()
            self._store.save()
            self._store.close()

    def rest(self) -> None:
        """Do what can wait until a preview is shown: write to the store, and let go of what old builds asked for."""
        self._catch_up()
        if self._store is not None:
            self._store.rest()

    def _catch_up(self) -> None:
        while self._later:
            self._later.pop(0)()

    def build(self, request: BuildRequest | None = None) -> BuildResult:
        """Build the site as its sources are now, and publish it unless it has errors; `request` is another one of this site.

        Raises:
            BuildStopped: as for `build` above.

        """
        begun = time.perf_counter()
        self._catch_up()
        request = self._request = request or self._request
        config, problems, lent = self._configure()
        if any(problem.severity is Severity.ERROR for problem in problems):
            return BuildResult(problems, (), 0, {}, None, time.perf_counter() - begun, config_failed=True)
        cache = check_cache(request.source, config)
        root, source = request.destination(config.output), request.source
        named = request.named or request.into is not None
        # no link is followed to a preview
        real = cache / PREVIEW if request.preview else find_destination(root, source, safe=config.safe, named=named)
        place = open_destination(root, source, real, force=request.takes_over)
        with hold_lock(real):
            for attempt in range(1, _ATTEMPTS + 1):
                try:
                    result = self._build(config, problems, place, cache, lent)
                    break
                except SourceChangedError as change:  # a site is made of one state of its sources: begin again
                    if attempt == _ATTEMPTS:
                        message = f"{change}, {attempt} times"
                        raise BuildStopped(message, code=ENVIRONMENT, hint="build when nobody writes there") from change
                    time.sleep(0.02 * attempt)  # who moves files about may be done soon
        return replace(result, seconds=time.perf_counter() - begun)

    def _configure(self) -> tuple[Config, tuple[Diagnostic, ...], Path | None]:
        """The configuration, what is wrong with it, and the folder of a theme that lies below the site's files."""
        config, problems = self._configurations.load(self._request)
        if config.theme.is_default:
            return config, problems, None
        from mathblog.engine.sources.gems.find import GemFinder

        self._gems = self._gems or GemFinder(self._request.tell)
        theme = self._gems.find(config, self._request)
        return *load_config(self._request, theme), theme.root

    def _build(
        self, config: Config, problems: Iterable[Diagnostic], to: Destination, cache: Path, lent: Path | None
    ) -> BuildResult:
        request = self._request
        # again, now that nobody else writes there
        destination = read_destination(to.root, request.source, to.real, force=request.takes_over)
        self._toolchain = self._toolchain or toolchain()
        store = self._open_store(cache)
        ignored = request.never_read(config.output)
        snapshot = with_texts(take_site_snapshot(request.source, config.reading, ignored, lent), request.texts)
        options = self._configurations.digest(config)
        config = limit_liquid(config, snapshot)
        theme = self._themes.find(config.theme.name, request.source, ignored)
        given = theme.signature, os.environ.get("JEKYLL_ENV", ""), request.keep_going
        self._plugins.find(config, snapshot, request)
        around = fingerprint(self._toolchain, options, config.liquid, given, self._plugins.state)
        last = LastBuild(store, fingerprint(request.purpose, str(to.real)), snapshot, around)
        if request.processes > 1 and last.standing is None and snapshot.size > _LARGE:
            self._pool().start()  # all is new: they load their libraries while the sources are read
        keep, lasts = config.output.keep_files, not (request.preview or request.into)
        with Publication(destination, request.source, keep, last.standing, durable=lasts) as publication:
            if request.publish and (known := last.result(publication)) is not None:
                return known
            site = self._delta(config, theme, last, publication) if request.publish else None
            if site is None:
                from mathblog.engine.build_order import make_site

                sources = read_sources(self._reader(snapshot, config), self._classifier, request.progress)
                run = self._run(config, sources)
                self._knows_all = True
                site = make_site(run, theme, lambda files: self._load_theme(files, config.theme), publication)
                if self._workers is not None:
                    self._workers.close()
            found = in_theme((*theme.diagnostics, *site.diagnostics), snapshot, config.theme.gem)
            found += report_settings(self._loaded.theme, config, snapshot, request)
            if request.inspect is not None:
                request.inspect(publication.pages(), publication.files())
            if request.relative:
                from mathblog.engine.output.relative import make_relative

                make_relative(publication, config.site)
            found = *problems, *destination.problems, *self._plugins.problems, *found
            result = self._publish(config, found, site, publication)
            if request.publish and not request.relative:  # its files are not what the cache knows of them
                last.note(result, publication, site.record, site.delta)
        if not request.preview:  # the reader of a preview waits for nothing, and a server saves when it ends
            self._catch_up()
            store.save()
        return result

    def _delta(self, config: Config, theme: ThemeFiles, last: LastBuild, publication: Publication) -> "Site | None":
        """The site, where only texts changed since the last build; None where the whole of it must be looked at."""
        if not (self._knows_all or last.store.was_touched_today()):
            return None
        edit = last.edit(publication)
        if edit is None or any(path.endswith(".js") for path in edit.changed):  # it may declare macros for all pages
            return None
        from mathblog.engine.incremental.cached_facts import FullBuildNeeded
        from mathblog.engine.incremental.delta import build_delta, read_some

        documents = self._reader(last.snapshot, config)
        try:
            run = self._run(config, read_some(documents, edit, self._classifier))
            return build_delta(run, documents, self._load_theme(theme, config.theme), publication, edit)
        except (FullBuildNeeded, DamagedError):
            publication.begin_again()
            return None

    def _reader(self, snapshot: Snapshot, config: Config) -> "DocumentReader":
        from mathblog.engine.sources.documents import reader

        return reader(snapshot, config, self._open_store(self._cache), self._toolchain, self._plugins.extensions)

    def _run(self, config: Config, sources: Sources) -> "BuildRun":
        from mathblog.engine.cache.memo import Memo
        from mathblog.engine.sass_compiler import SassEngine
        from mathblog.engine.sources.declared import adopt
        from mathblog.engine.stages.build_run import BuildRun
        from mathblog.engine.stages.compiling import compile_context
        from mathblog.engine.stages.outcome import tools_of

        store = self._open_store(self._cache)
        config, problems = adopt(config, sources, store, self._toolchain)
        if problems:
            sources = replace(sources, diagnostics=(*sources.diagnostics, *problems))
        self.memo = Memo(store)
        self._sass = self._sass or SassEngine()
        return BuildRun(
            config,
            sources,
            self._plugins.extensions,
            self.memo,
            self._toolchain,
            compile_context(config, self._plugins.extensions, self._toolchain),
            self._renderers.for_build(config.math, store, self._toolchain),
            tools_of(store, self._toolchain, self._sass),
            self._digests,
            self._request.processes,
            self._pool,
            self._request.progress,
            self._request.focus,
            self._request.observe,
        )

    def _publish(
        self, config: Config, problems: Iterable[Diagnostic], site: "Site", publication: Publication
    ) -> BuildResult:
        diagnostics = report_order(problems, strict=config.output.strict)
        from mathblog.engine.incremental.built_site import result_of

        published = None
        failed = any(problem.severity is Severity.ERROR for problem in diagnostics)
        if self._request.publish and (self._request.keep_going or not failed):
            published = publication.commit()
            self._later.append(partial(self._note_history, config, site, publication))
        return result_of(site, diagnostics, published, publication)

    def _note_history(self, config: Config, site: "Site", publication: Publication) -> None:
        from mathblog.engine.cache.memo import Memo
        from mathblog.engine.incremental.history import gather_inputs, note_build

        store, theme = self._open_store(self._cache), self._loaded.theme
        inputs = gather_inputs(config, self._toolchain, site.sources, theme.digests if theme else {})
        note_build(store, self.memo or Memo(store), inputs, site, publication)

    def history(self, root: Path) -> "History | None":
        """Why the last build into `root` made what it made; None where none is known."""
        from mathblog.engine.incremental.history import history_key, load_history

        return load_history(self._open_store(self._cache), history_key(root))

    def _open_store(self, cache: Path | None) -> Store:
        if self._store is None or cache != self._cache:
            if self._store is not None:
                self._store.close()
            self._cache = cache
            self._knows_all = False
            self._store = open_store(cache, self._request)
        return self._store

    def _pool(self) -> "WorkerPool":
        if self._workers is None:
            from mathblog.engine.stages.workers.pool import WorkerPool

            self._workers = WorkerPool(self._request.processes)
        return self._workers

    def _load_theme(self, files: ThemeFiles, options: ThemeOptions) -> "Theme":
        store, programs = self._open_store(self._cache), fingerprint(self._toolchain, self._plugins.digest)
        return self._loaded.load(files, options, self._plugins.extensions, store, programs)
