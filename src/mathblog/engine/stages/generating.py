"""The stage of generated files: maps of the site, and feeds; each is made again when something that it says has changed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mathblog.core.diagnostic import Diagnostic
from mathblog.core.digest import fingerprint
from mathblog.engine.cache.memo import GENERATE, Trace
from mathblog.engine.stages.staging import Staging
from mathblog.model.facts.view import FactView
from mathblog.model.output import OutputFile
from mathblog.pipeline.addresses import OutputPlan
from mathblog.pipeline.numbering.across import Across

if TYPE_CHECKING:
    from mathblog.pipeline.titles import TitleMaths

MAPS, FEEDS, SEARCH = "maps", "feeds", "search"  # the runs
SEARCH_SCRIPT = "assets/js/search.js"  # the asset of a theme that asks for the index


def stage_generated(staging: Staging, plan: OutputPlan) -> list[str]:
    """Stage maps, feeds and redirects; the paths of the maps."""
    from mathblog.site.generate import generate_maps

    run = staging.run
    pages = "".join(run.digests.of(spec) for spec in plan.pages)
    maps = stage_run(
        staging,
        MAPS,
        [pages, sorted(plan.files)],
        lambda view, _titles: generate_maps(view, run.config.generators, run.extensions, plan.pages),
    )
    stage_feeds(replace(staging, taken=staging.taken.union(maps)))
    return maps


def stage_feeds(staging: Staging) -> None:
    """Stage feeds and redirects."""
    from mathblog.site.generate import generate_files

    run, config = staging.run, staging.run.config
    stage_run(
        staging,
        FEEDS,
        [config.markdown, config.math.meaning, config.math.number_lenient],
        lambda view, titles: generate_files(view, config.generators, run.extensions, titles.words),
    )


def stage_search(staging: Staging) -> tuple[Diagnostic, ...]:
    """Stage the index of the search, and say what was wrong: what failed is tried again by the next build."""
    problems: list[Diagnostic] = []

    def make(view: FactView, titles: "TitleMaths") -> tuple[OutputFile, ...]:
        from mathblog.engine.stages.extra_files.searching import make_index

        return make_index(staging, view, titles, problems)

    config = staging.run.config
    stage_run(staging, SEARCH, [config.search, config.site, config.math.meaning], make, keep=lambda: not problems)
    return tuple(problems)


def stage_run(
    staging: Staging,
    name: str,
    given: Sequence[object],
    make: "Callable[[FactView, TitleMaths], tuple[OutputFile, ...]]",
    keep: Callable[[], bool] = lambda: True,
) -> list[str]:
    """Stage the files that `make` makes of the facts, of what is `given` and of titles with formulas; the paths of all of them.

    `keep` says afterwards whether a later build may use them.
    """
    run, publication, taken = staging.run, staging.publication, staging.taken
    key = fingerprint("generated", run.toolchain, run.extensions, name, run.config.generators, given)
    hit = run.memo.look_up(GENERATE, {name: key}, staging.facts).hits.get(name)
    if hit is not None and all(publication.stands(path, digest) for path, digest in hit.summary if path not in taken):
        for path, digest in hit.summary:
            if path not in taken:
                publication.keep(path, digest)
        return [path for path, _ in hit.summary]
    from mathblog.pipeline.titles import TitleMaths

    config = run.config
    titles = TitleMaths(config.markdown, partial(run.renderer, 1))
    view = FactView(staging.facts)
    view.finish = Across(
        "", config.site.baseurl, config.markdown.statements, words=titles.words, lenient=config.math.number_lenient
    )
    digests = []
    for file in make(view, titles):
        digests.append([file.path, fingerprint(file.content)])
        staging.stage(file, digests[-1][1])
    if keep():
        run.memo.record(key, view.reads, Trace("", digests))
    return [path for path, _ in digests]
