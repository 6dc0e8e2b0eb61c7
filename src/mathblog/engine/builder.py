"""Builds of one blog, one after the other: what one of them learnt, the next one uses."""

import os
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from mathblog.config.parse import ParsedConfig
from mathblog.core.diagnostic import Diagnostic, Severity, report_order
from mathblog.core.digest import fingerprint
from mathblog.engine.cache.codec import DamagedError
from mathblog.engine.cache.folder import PREVIEW, check_cache
from mathblog.engine.incremental.equipment import Equipment
from mathblog.engine.incremental.kept import Circumstances, KeptBuild
from mathblog.engine.incremental.last_build import Edit, LastBuild
from mathblog.engine.output.destination import Destination, find_destination, open_destination, read_destination
from mathblog.engine.output.lock import hold_lock
from mathblog.engine.output.publish import Publication
from mathblog.engine.problem import ENVIRONMENT, BuildStopped
from mathblog.engine.request import BuildRequest, BuildResult
from mathblog.engine.sources.configuration import Configurations, load_config, report_settings
from mathblog.engine.sources.gems.overlay import in_theme
from mathblog.engine.sources.site import limit_liquid, read_sources, take_site_snapshot
from mathblog.engine.sources.snapshot import SourceChangedError, with_texts
from mathblog.engine.sources.themes import ThemeFinder
from mathblog.model.options import Config

if TYPE_CHECKING:
    from mathblog.engine.cache.memo import Memo
    from mathblog.engine.incremental.built_site import Site
    from mathblog.engine.incremental.history import History
    from mathblog.engine.sources.gems.find import GemFinder
    from mathblog.engine.stages.build_run import BuildRun

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
        self._equipment = Equipment()
        self._themes = ThemeFinder()
        self._gems: GemFinder | None = None
        self._configurations = Configurations()
        self._later: list[Callable[[], None]] = []  # what nobody waits for
        self._kept: KeptBuild | None = None  # the last build, and the one before it while one goes on
        self._before: KeptBuild | None = None
        self.owes_a_look = False  # whether the last build believed what it was told to have changed

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._catch_up()
        self._equipment.close(gracefully=error is None)

    @property
    def memo(self) -> "Memo | None":
        """The memo of the last build that had to look further than at the stamps."""
        return self._equipment.memo

    def rest(self) -> None:
        """Do what can wait until a preview is shown: write to the store, forget what old builds asked for, end idle workers.

        A build that was stopped may have left such workers.
        """
        self._equipment.dismiss_workers()
        self._catch_up()
        if self._equipment.store is not None:
            self._equipment.store.rest()

    def _catch_up(self) -> None:
        while self._later:
            self._later.pop(0)()

    def build(self, request: BuildRequest | None = None, told: Collection[str] = ()) -> BuildResult:
        """Build the site as its sources are now, and publish it unless it has errors; `request` is another one of this site.

        Where `told` names the sources that were touched since the last build, and these are texts, a preview looks at nothing
        else, and owes a look at all: the next build without `told` is that (ADR 62).

        Raises:
            BuildStopped: as for `build` above.

        """
        begun = time.perf_counter()
        self._catch_up()
        self._before, self._kept, self.owes_a_look = self._kept, None, False
        if told and self._before is not None:
            self.owes_a_look = True  # also where it is stopped, by another build or a full disk
            if (quick := self._build_texts(self._before, told)) is not None:
                return replace(quick, seconds=time.perf_counter() - begun)
            self.owes_a_look = False
        request = self._request = request or self._request
        parsed, lent = self._configure()
        config, problems = parsed
        if any(problem.severity is Severity.ERROR for problem in problems):
            return BuildResult(problems, (), 0, {}, None, time.perf_counter() - begun, config_failed=True)
        cache = check_cache(request.source, config)
        root, source = request.destination(config.output), request.source
        named = request.named or request.into is not None
        # no link is followed to a preview
        real = cache / PREVIEW if request.preview else find_destination(root, source, safe=config.safe, named=named)
        place = open_destination(root, source, real, force=request.takes_over)
        with hold_lock(real, source):
            for attempt in range(1, _ATTEMPTS + 1):
                try:
                    result = self._build(parsed, place, cache, lent)
                    break
                except SourceChangedError as change:  # a site is made of one state of its sources: begin again
                    if attempt == _ATTEMPTS:
                        message = f"{change}, {attempt} times"
                        raise BuildStopped(message, code=ENVIRONMENT, hint="build when nobody writes there") from change
                    time.sleep(0.02 * attempt)  # who moves files about may be done soon
        return replace(result, seconds=time.perf_counter() - begun)

    def _configure(self) -> tuple[ParsedConfig, Path | None]:
        """The configuration, what is wrong with it, and the folder of a theme that lies below the site's files."""
        parsed = self._configurations.load(self._request)
        if parsed.config.theme.is_default:
            return parsed, None
        from mathblog.engine.sources.gems.find import GemFinder

        self._gems = self._gems or GemFinder(self._request.tell)
        theme = self._gems.find(parsed.config, self._request)
        return load_config(self._request, theme), theme.root

    def _build(self, parsed: ParsedConfig, to: Destination, cache: Path, lent: Path | None) -> BuildResult:
        request, (config, problems) = self._request, parsed
        # again, now that nobody else writes there
        destination = read_destination(to.root, request.source, to.real, force=request.takes_over)
        equipment = self._equipment
        store = equipment.open_store(cache, request)
        ignored = request.never_read(config.output)
        snapshot = with_texts(take_site_snapshot(request.source, config.reading, ignored, lent), request.texts)
        options = self._configurations.digest(config)
        config = limit_liquid(config, snapshot)
        theme = self._themes.find(config.theme.name, request.source, ignored)
        given = theme.signature, os.environ.get("JEKYLL_ENV", ""), request.keep_going
        equipment.plugins.find(config, snapshot, request)
        around = fingerprint(equipment.toolchain, options, config.liquid, given, equipment.plugins.state)
        last = LastBuild(store, fingerprint(request.purpose, str(to.real)), snapshot, around)
        if request.processes > 1 and last.standing is None and snapshot.size > _LARGE:
            equipment.pool(
                request.processes
            ).start()  # all is new: they load their libraries while the sources are read
        keep, lasts = config.output.keep_files, not (request.preview or request.into)
        with Publication(destination, request.source, keep, last.standing, durable=lasts) as publication:
            if request.publish and (known := last.result(publication)) is not None:
                self._kept = self._before if self._before is not None and self._before.holds(last) else None
                return known
            found = Circumstances(config, problems, theme)
            made = self._delta(found, last, publication) if request.publish else None
            if made is None:
                from mathblog.engine.build_order import make_site

                documents = equipment.reader(snapshot, config, store)
                sources = read_sources(documents, equipment.classifier, request.progress)
                run = equipment.begin(config, sources, store, request)
                equipment.knows_all = True
                load = partial(equipment.load_theme, options=config.theme, store=store)
                made = run, make_site(run, theme, load, publication)
                equipment.dismiss_workers()
            result = self._finish(found, made, last, publication)
        if not request.preview:  # the reader of a preview waits for nothing, and a server saves when it ends
            self._catch_up()
            store.save()
        return result

    def _build_texts(self, kept: "KeptBuild", told: Collection[str]) -> BuildResult | None:
        """Build what an edit of texts changes; None where it is more than that."""
        found = kept.edit(told) if self._request.preview else None
        if found is None:
            return None
        (last, edit), around = found, kept.around
        keep = around.config.output.keep_files
        with hold_lock(kept.destination.real, self._request.source):
            try:
                with Publication(
                    kept.destination, self._request.source, keep, last.standing, durable=False
                ) as publication:
                    made = self._delta(around, last, publication, (edit, kept.run))
                    return None if made is None else self._finish(around, made, last, publication)
            except SourceChangedError:
                return None

    def _delta(
        self,
        around: Circumstances,
        last: LastBuild,
        publication: Publication,
        told: "tuple[Edit, BuildRun] | None" = None,
    ) -> "tuple[BuildRun, Site] | None":
        """The site, where only texts changed since the last build; None where the whole of it must be looked at.

        `told` are an edit that somebody told of, and the run of the build before it in this process.
        """
        equipment, (config, _, theme), store = self._equipment, around, last.store
        if not (equipment.knows_all or store.was_touched_today()):
            return None
        edit = told[0] if told else last.edit(publication)
        if edit is None or any(path.endswith(".js") for path in edit.changed):  # it may declare macros for all pages
            return None
        from mathblog.engine.incremental.cached_facts import FullBuildNeeded
        from mathblog.engine.incremental.delta import build_delta, read_some

        documents = equipment.reader(last.snapshot, config, store)
        try:
            if told:
                run = equipment.begin_again(told[1], read_some(documents, edit, equipment.classifier, told[1].sources))
            else:
                sources = read_some(documents, edit, equipment.classifier)
                run = equipment.begin(config, sources, store, self._request)
            loaded = equipment.load_theme(theme, config.theme, store)
            return run, build_delta(run, documents, loaded, publication, edit)
        except (FullBuildNeeded, DamagedError):
            publication.begin_again()
            return None

    def _finish(
        self, around: Circumstances, made: "tuple[BuildRun, Site]", last: LastBuild, publication: Publication
    ) -> BuildResult:
        """Report on a site, publish it, and note what the next build will want to know."""
        request, (config, problems, theme), (run, site) = self._request, around, made
        found = in_theme((*theme.diagnostics, *site.diagnostics), last.snapshot, config.theme.gem)
        found += report_settings(self._equipment.loaded.theme, config, last.snapshot, request)
        if request.inspect is not None:
            request.inspect(publication.pages(), publication.files())
        if request.relative:
            from mathblog.engine.output.relative import make_relative

            make_relative(publication, config.site)
        found = *problems, *publication.destination.problems, *self._equipment.plugins.problems, *found
        result = self._publish(config, found, site, publication)
        if not request.publish or request.relative:  # its files are not what the cache knows of them
            return result
        note = partial(last.note, result, publication, site.record, site.delta)
        if not request.preview:
            note()
            return result
        self._later.append(note)
        if result.published is not None and publication.is_sound:
            self._kept = KeptBuild(around, run, last, publication.destination)
        return result

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

        equipment, theme = self._equipment, self._equipment.loaded.theme
        if equipment.store is not None:
            inputs = gather_inputs(config, equipment.toolchain, site.sources, theme.digests if theme else {})
            note_build(equipment.store, self.memo or Memo(equipment.store), inputs, site, publication)

    def history(self, root: Path) -> "History | None":
        """Why the last build into `root` made what it made; None where none is known."""
        from mathblog.engine.incremental.history import history_key, load_history

        store = self._equipment.store
        return load_history(store, history_key(root)) if store is not None else None
