"""The stages of a build in their order, up to the commit of the publication."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from mathblog.core.diagnostic import Diagnostic, in_file
from mathblog.engine.incremental.build_record import Made, write_record
from mathblog.engine.incremental.built_site import Site
from mathblog.engine.output.publish import Publication
from mathblog.engine.sources.themes import ThemeFiles
from mathblog.engine.stages.assets import stage_assets
from mathblog.engine.stages.build_run import BuildRun
from mathblog.engine.stages.compiling import CompiledSite, compile_site
from mathblog.engine.stages.generating import SEARCH_SCRIPT, stage_generated, stage_search
from mathblog.engine.stages.indexing import absent_theme, index_documents
from mathblog.engine.stages.layouting import lay_out_site
from mathblog.engine.stages.staging import Staging
from mathblog.model.document import Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.kind import FactKey
from mathblog.model.facts.view import FactView
from mathblog.model.layout import NO_LAYOUT
from mathblog.model.output import TEXT, OutputFile
from mathblog.model.plugins import POSTFILES
from mathblog.model.values import Data
from mathblog.pipeline.addresses import OutputPlan, order_of_writing, plan_output, specify_documents
from mathblog.pipeline.beside import Beside, gather_beside, of_postfiles
from mathblog.pipeline.checks.silence import heed
from mathblog.pipeline.clock import local_time, prints_valid_until, time_of_build
from mathblog.pipeline.selection import keep_generated, select
from mathblog.site.addresses import counts_on_theme, has_own_layouts
from mathblog.site.checks import check_options
from mathblog.site.generate import generate_pages
from mathblog.site.redirects import moved_documents
from mathblog.theme.load import LAYOUTS, Theme


def make_site(
    run: BuildRun, theme_files: ThemeFiles, load: Callable[[ThemeFiles], Theme], publication: Publication
) -> Site:
    """All stages up to the commit of the publication. `load` makes a theme of its files."""
    if run.config.images.variants is not None:
        from mathblog.engine.images.variants import prepare_variants

        run = prepare_variants(run)
    now = time_of_build(run.config.reading, datetime.datetime.now(datetime.UTC))
    metas = [file.meta for file in run.sources.documents.values() if file.meta is not None]
    run.progress("indexing", 0, len(metas))
    selection = select(metas, run.config.reading, now)
    theme = load(theme_files)
    read = index_documents(run, selection.metas, theme, now)
    compiled = compile_site(run, selection.metas, read)
    if run.config.images.variants is not None and run.focus is None:
        from mathblog.engine.images.variants import make_variants, with_failures

        while failed := make_variants(run, compiled.summaries.values(), publication):  # texts name what there is
            run = with_failures(run, failed)
            read = index_documents(run, selection.metas, theme, now)
            compiled = compile_site(run, selection.metas, read)
    good = tuple(meta for meta in selection.metas if not compiled.summaries[meta.path].failed)
    facts = read if good == selection.metas else index_documents(run, good, theme, now)
    facts = facts.extend(compiled.values, compiled.digests)
    if run.observe is not None:
        every = read.extend(compiled.values, compiled.digests)
        run.observe(run, every, {path for path, item in compiled.summaries.items() if item.failed})
    view = FactView(facts)
    faults: list[Diagnostic] = []  # of generators that plugins bring
    generated = keep_generated(generate_pages(view, run.config.generators, run.extensions, faults), run.config.reading)
    moved = moved_documents(view, run.config.generators)
    own = specify_documents((meta for meta in good if meta.path not in moved), own_layouts=has_own_layouts(view))
    labels = [collection.label for collection in run.config.reading.collections]
    beside = _files_beside(run, good, compiled, (spec.output_path for spec in own))
    files = {**beside.files, **run.sources.files}
    plan = plan_output(own, files, generated, order_of_writing(good, labels))
    shown = plan.pages if run.focus is None else [page for page in plan.pages if page.source in run.focus]
    laid_out = lay_out_site(run, shown, theme, facts, publication)
    summaries = compiled.summaries.values()
    taken = frozenset((*(spec.output_path for spec in plan.pages), *plan.files))
    staging = Staging(run, facts, publication, taken)
    # KaTeX's style sheet is for a text with formulas, and for a title that may hold one
    maths = any(item.formulas for item in summaries) or any("$" in meta.title or "\\" in meta.title for meta in good)
    maths = maths or any(
        "$" in str(spec.data.get(TEXT, "")) or "\\" in str(spec.data.get(TEXT, "")) for spec in generated
    )
    maps, troubles = _stage_files(staging, plan, theme_files, theme.settings, maths=maths)
    skipped = Counter(run.sources.left_out.values()) + Counter(selection.skipped)
    missing = tuple(_missing_theme(run, plan, theme_files))  # names the theme once, its includes too
    around = (
        *missing,
        *faults,
        *troubles,
        *beside.diagnostics,
        *check_options(FactView(facts), run.config.generators),
        *theme.diagnostics,
        *run.sources.diagnostics,
        *plan.diagnostics,
        *(problem for problem in laid_out.diagnostics if not (missing and problem.code == "config")),
    )
    of_texts = (
        problem for item in summaries for problem in item.diagnostics
    )  # whose rules were heeded where they were found
    diagnostics = (
        *heed(around, run.config.check),
        *(problem for problem in of_texts if not (missing and problem.code == "config")),
    )
    made = Made(selection.metas, facts, compiled, plan, laid_out, diagnostics, maps, files)
    clock = run.memo.clock.union(*(known.asked_of_clock() for known in (read, facts)))
    run.progress("writing", 0, len(plan.pages))  # which its caller does
    due = selection.next_due if run.config.reading.time is None else None
    return Site(
        pages=tuple(spec.output_path for spec in plan.pages),
        formulas=sum(item.formulas for item in summaries),
        skipped=skipped,
        diagnostics=diagnostics,
        valid_until=0.0
        if any(it.code == "search" for it in troubles)
        else _valid_until(run, clock, due),  # a stage that failed may succeed next time
        due=due.timestamp() if due else None,
        reasons={**laid_out.reasons, **compiled.reasons},
        addresses={spec.source: spec.output_path for spec in reversed(plan.pages) if spec.source},  # the first counts
        sources={path: file.digest for path, file in run.sources.documents.items()},
        record=write_record(run, made, skipped) if run.focus is None and kinds.UNFINISHED.key not in clock else None,
        delta=None,
    )


def _files_beside(run: BuildRun, metas: Sequence[Meta], compiled: CompiledSite, pages: Iterable[str]) -> Beside:
    """The files among the posts that are published with the documents `metas`."""
    sources = run.sources.files
    named = [
        file._replace(source=sources.get(file.source, file.source))
        for meta in metas
        for file in compiled.summaries[meta.path].beside
        if not file.form
    ]
    if POSTFILES in run.config.generators.plugins:
        named += of_postfiles((meta for meta in metas if meta.is_post), run.sources.beside)
    found = gather_beside(named, (*run.sources.files, *pages))
    if not run.config.safe or not found.files:
        return found
    from mathblog.pipeline.importing.copied import without_active

    return without_active(found, run.sources.beside, run.sources.snapshot.read)


def _valid_until(run: BuildRun, clock: Iterable[FactKey], due: datetime.datetime | None) -> float | None:
    """The moment from which the same sources give another site: a post is due, or what was read of the clock changes.

    It is 0 for at once, such as after a run that did not end.
    """
    fixed = run.config.reading.time is not None
    if kinds.UNFINISHED.key in clock or (kinds.TIME.key in clock and not fixed):
        return 0.0
    now = local_time(datetime.datetime.now(datetime.UTC), run.config.reading.timezone)
    printed = prints_valid_until(now, {key[1] for key in clock if key[0] == kinds.NOW.name})
    moments = (moment.timestamp() for moment in (due, printed) if moment)
    return min((moment if moment > now.timestamp() else 0.0 for moment in moments), default=None)


def _stage_files(
    staging: Staging, plan: OutputPlan, theme: ThemeFiles, settings: Data, *, maths: bool
) -> tuple[list[str], tuple[Diagnostic, ...]]:
    """Static files, then what gives way to them and to pages: maps, feeds, assets, the search.

    The answer has the paths of the maps, and what was wrong with the search and the cards; `settings` are those of the theme.
    """
    sources = staging.run.sources.snapshot
    for path, source in plan.files.items():
        is_elsewhere = source in sources.elsewhere or source in sources.links
        place = str(sources.locate(source).absolute()) if is_elsewhere else source
        staging.publication.stage(OutputFile(path, None, place), sources.mark(source), sources.files[source])
    maps = stage_generated(staging, plan)
    run, view, lays_out = staging.run, FactView(staging.facts), True
    if has_own_layouts(view):  # then the theme lays out only where these end in it
        named = _named_layouts(run, plan)
        if not counts_on_theme(view):
            named = {page.layout for page in plan.pages if not page.source}
        lays_out = any(f"{LAYOUTS}{name}.html" in theme.templates for name in named - run.sources.layouts.keys())
    stage_assets(staging, theme if lays_out else None, maths=maths)
    if run.focus is not None:  # an editor asks about texts, at each pause in typing
        return maps, ()
    problems = stage_search(staging) if lays_out and SEARCH_SCRIPT in theme.assets else ()
    if run.config.generators.cards.program:
        from mathblog.engine.stages.extra_files.drawing import stage_cards

        problems += stage_cards(staging, settings)
    return maps, problems


def _missing_theme(run: BuildRun, plan: OutputPlan, theme: ThemeFiles) -> Iterable[Diagnostic]:
    """One warning about a theme that is not there: one of ours by a wrong name, or a gem's or a repository's.

    None for a site that has every layout itself that a page or a layout of it names.
    """
    options = run.config.theme
    name = absent_theme(run, theme.missing)
    if not name:
        return
    if theme.near:
        message, hint = f"there is no theme `{name}`: the default one is used", f"did you mean `{theme.near}`?"
        yield in_file("_config.yml", message, code="config", hint=hint)
        return
    if run.sources.layouts and not _named_layouts(run, plan) - run.sources.layouts.keys():
        return
    reason = f" ({options.absent})" if options.absent else ""
    message = f"the theme `{name}` is not here{reason}: its includes are empty, and mathblog's own is used where the site has no layout"
    hint = (
        "`mathblog theme fetch` fetches it; or copy `_layouts`, `_includes`, `_sass` and `assets` of it into the site"
    )
    yield in_file("_config.yml", message, code="config", hint=hint)


def _named_layouts(run: BuildRun, plan: OutputPlan) -> set[str]:
    named = {spec.layout for spec in plan.pages} | {layout.parent for layout in run.sources.layouts.values()}
    return named - set(NO_LAYOUT)
