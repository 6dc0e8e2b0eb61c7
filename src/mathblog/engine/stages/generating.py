"""The stage of generated files: maps of the site, and feeds; each is made again when something that it says has changed."""

from collections.abc import Callable, Collection, Sequence

from mathblog.core.digest import fingerprint
from mathblog.engine.cache.memo import GENERATE, Trace
from mathblog.engine.output.publish import Publication
from mathblog.engine.stages.build_run import BuildRun
from mathblog.model.facts.view import FactView, SiteFacts
from mathblog.model.output import OutputFile
from mathblog.pipeline.addresses import OutputPlan
from mathblog.pipeline.numbering.across import Across

MAPS, FEEDS = "maps", "feeds"  # the two runs


def stage_generated(
    run: BuildRun, plan: OutputPlan, facts: SiteFacts, publication: Publication, taken: set[str]
) -> list[str]:
    """Stage the generated files whose addresses are not `taken` by a page or a file of the site's own; the maps' paths."""
    from mathblog.site.generate import generate_maps

    pages = "".join(run.digests.of(spec) for spec in plan.pages)
    options = run.config.generators
    given = [pages, sorted(plan.files)]
    maps = _stage_run(
        run,
        MAPS,
        given,
        lambda view: generate_maps(view, options, run.extensions, plan.pages),
        facts,
        publication,
        taken,
    )
    stage_feeds(run, facts, publication, {*taken, *maps})
    return maps


def stage_feeds(run: BuildRun, facts: SiteFacts, publication: Publication, taken: Collection[str]) -> None:
    """Stage feeds and redirects."""
    from mathblog.pipeline.titles import TitleMaths
    from mathblog.site.generate import generate_files

    options = run.config.generators
    words = TitleMaths(run.config.markdown, lambda: run.renderer(1)).words
    given = [run.config.markdown, run.config.math.meaning]
    _stage_run(
        run, FEEDS, given, lambda view: generate_files(view, options, run.extensions, words), facts, publication, taken
    )


def _stage_run(  # noqa: PLR0913, PLR0917 - a run, and all that it is made of
    run: BuildRun,
    name: str,
    given: Sequence[object],
    make: Callable[[FactView], tuple[OutputFile, ...]],
    facts: SiteFacts,
    publication: Publication,
    taken: Collection[str],
) -> list[str]:
    """Stage the files of one run; the paths of all of them."""
    key = fingerprint("generated", run.toolchain, run.extensions, name, run.config.generators, given)
    hit = run.memo.look_up(GENERATE, {name: key}, facts).hits.get(name)
    if hit is not None and all(publication.stands(path, digest) for path, digest in hit.summary if path not in taken):
        for path, digest in hit.summary:
            if path not in taken:
                publication.keep(path, digest)
        return [path for path, _ in hit.summary]
    view = FactView(facts)
    view.finish = Across("", run.config.site.baseurl)
    digests = []
    for file in make(view):
        digests.append([file.path, fingerprint(file.content)])
        if file.path not in taken:
            publication.stage(file, digests[-1][1])
    run.memo.record(key, view.reads, Trace("", digests))
    return [path for path, _ in digests]
