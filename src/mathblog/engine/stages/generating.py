"""The stage of generated files: maps of the site, and feeds; each is made again when something that it says has changed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from mathblog.core.digest import fingerprint
from mathblog.engine.cache.memo import GENERATE, Trace
from mathblog.engine.stages.staging import Staging
from mathblog.model.facts.view import FactView
from mathblog.model.output import OutputFile
from mathblog.pipeline.addresses import OutputPlan
from mathblog.pipeline.numbering.across import Across

MAPS, FEEDS = "maps", "feeds"  # the two runs
Words: TypeAlias = Callable[[str], str]


def stage_generated(staging: Staging, plan: OutputPlan) -> list[str]:
    """Stage maps, feeds and redirects; the paths of the maps."""
    from mathblog.site.generate import generate_maps

    run = staging.run
    pages = "".join(run.digests.of(spec) for spec in plan.pages)
    maps = _stage_run(
        staging,
        MAPS,
        [pages, sorted(plan.files)],
        lambda view, _words: generate_maps(view, run.config.generators, run.extensions, plan.pages),
    )
    stage_feeds(replace(staging, taken=staging.taken.union(maps)))
    return maps


def stage_feeds(staging: Staging) -> None:
    """Stage feeds and redirects."""
    from mathblog.site.generate import generate_files

    run, config = staging.run, staging.run.config
    _stage_run(
        staging,
        FEEDS,
        [config.markdown, config.math.meaning, config.math.number_lenient],
        lambda view, words: generate_files(view, config.generators, run.extensions, words),
    )


def _stage_run(
    staging: Staging, name: str, given: Sequence[object], make: Callable[[FactView, Words], tuple[OutputFile, ...]]
) -> list[str]:
    """Stage the files that `make` makes of the facts, of what is `given` and of titles in words; the paths of all of them."""
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
    words = TitleMaths(config.markdown, partial(run.renderer, 1)).words
    view = FactView(staging.facts)
    view.finish = Across(
        "", config.site.baseurl, config.markdown.statements, words=words, lenient=config.math.number_lenient
    )
    digests = []
    for file in make(view, words):
        digests.append([file.path, fingerprint(file.content)])
        staging.stage(file, digests[-1][1])
    run.memo.record(key, view.reads, Trace("", digests))
    return [path for path, _ in digests]
