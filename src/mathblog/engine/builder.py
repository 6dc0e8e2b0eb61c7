"""A build from the first byte read to the last byte written: the order of the stages, and nothing else."""

import datetime
import os
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from mathblog.core.diagnostic import Diagnostic, Severity, as_error, in_file
from mathblog.core.digest import fingerprint
from mathblog.engine.assets import list_assets
from mathblog.engine.compiling import CompiledSite, compile_site
from mathblog.engine.configuration import load_config
from mathblog.engine.destination import open_destination
from mathblog.engine.layouting import lay_out_site
from mathblog.engine.memo import Memo
from mathblog.engine.publish import Publication
from mathblog.engine.request import BuildRequest, BuildResult
from mathblog.engine.run import Run
from mathblog.engine.sources import Sources, read_sources, read_text
from mathblog.engine.store import Store
from mathblog.engine.themes import ThemeFiles, find_theme
from mathblog.engine.toolchain import toolchain
from mathblog.model.facts import FactView, SiteFacts
from mathblog.model.options import Config
from mathblog.model.output import OutputFile
from mathblog.pipeline.addresses import Claims, settle_addresses, specify_documents
from mathblog.pipeline.index import Surroundings, index_site
from mathblog.pipeline.selection import Selection, select
from mathblog.site.checks import check_options
from mathblog.site.generate import derive_facts, generate_files, generate_pages
from mathblog.theme.load import Theme, load_theme


def build(request: BuildRequest) -> BuildResult:
    """Build a site, and publish it unless it has errors.

    Raises:
        BuildStopped: 2 for a source or a destination that cannot be used, 3 for the environment.

    """
    begun = time.perf_counter()
    config, problems = load_config(request)
    if any(problem.severity is Severity.ERROR for problem in problems):
        return BuildResult(problems, (), 0, {}, None, time.perf_counter() - begun, config_failed=True)
    destination = open_destination(request.source / config.output.destination, request.source, force=request.force)
    cache = request.source / config.output.cache_dir if request.use_cache else None
    state = fingerprint("standing", str(destination.root.resolve()))
    with Store(cache) as store:
        publication = Publication(destination, request.source, config.output.keep_files, store.get(state))
        with publication:
            site = make_site(request, config, store, publication)
            diagnostics = _judge((*problems, *site.diagnostics), strict=config.output.strict)
            published = None
            if request.keep_going or not any(problem.severity is Severity.ERROR for problem in diagnostics):
                published = publication.commit()
                store.put(state, publication.standing())
        store.save()
    return BuildResult(
        diagnostics=diagnostics,
        pages=site.pages,
        formulas=site.formulas,
        skipped=site.skipped,
        published=published,
        seconds=time.perf_counter() - begun,
    )


@dataclass(frozen=True, slots=True)
class Site:
    """What is known of a site whose every file was handed to the publication."""

    pages: tuple[str, ...]
    formulas: int
    skipped: Counter[str]
    diagnostics: tuple[Diagnostic, ...]


def make_site(request: BuildRequest, config: Config, store: Store, publication: Publication) -> Site:
    """All stages up to the commit of the publication."""
    now = datetime.datetime.now(datetime.UTC)
    version = toolchain()
    sources = read_sources(request.source, config, store, version, _not_the_site(request, config))
    run = Run(config, sources, Memo(store), version)
    metas = [file.meta for file in sources.documents.values() if file.meta is not None]
    selection = select(metas, config.reading, now)
    theme_files = find_theme(config.theme.name, request.source)
    theme = load_theme(theme_files.templates, config.theme)
    facts = _index(selection, sources, config, theme, now)
    compiled = compile_site(run, selection.metas, facts)
    claims = _claim(selection, sources, compiled, facts, config)
    laid_out = lay_out_site(run, claims.pages, theme, compiled.facts, publication)
    _stage_files(claims, compiled, run, theme_files, publication)
    light = compiled.light.values()
    return Site(
        pages=tuple(spec.output_path for spec in claims.pages),
        formulas=sum(item.formulas for item in light),
        skipped=Counter(sources.skipped) + Counter(selection.skipped),
        diagnostics=(
            *_missing_theme(theme_files),
            *check_options(FactView(facts), config.generators),
            *theme.diagnostics,
            *sources.diagnostics,
            *(problem for item in light for problem in item.diagnostics),
            *claims.diagnostics,
            *laid_out.diagnostics,
        ),
    )


def _not_the_site(request: BuildRequest, config: Config) -> frozenset[str]:
    """Folders below the source that are never read: the destination and the cache."""
    root = request.source.resolve()
    places = [(root / name).resolve() for name in (config.output.destination, config.output.cache_dir)]
    return frozenset(place.relative_to(root).as_posix() for place in places if place.is_relative_to(root))


def _index(selection: Selection, sources: Sources, config: Config, theme: Theme, now: datetime.datetime) -> SiteFacts:
    environment = os.environ.get("JEKYLL_ENV", "development")
    texts = {path: partial(read_text, sources.snapshot, path) for path in sources.snapshot.files}
    files = tuple(sources.files)
    surroundings = Surroundings(sources.includes, theme.layouts, files, texts, sources.data, now, environment)
    facts = SiteFacts(index_site(selection.metas, config, surroundings))
    return facts.extend(derive_facts(FactView(facts), config.generators))


def _claim(selection: Selection, sources: Sources, compiled: CompiledSite, facts: SiteFacts, config: Config) -> Claims:
    good = [meta for meta in selection.metas if not compiled.light[meta.path].failed]
    own = specify_documents(good)
    return settle_addresses(own, sources.files, generate_pages(FactView(facts), config.generators))


def _stage_files(claims: Claims, compiled: CompiledSite, run: Run, theme: ThemeFiles, publication: Publication) -> None:
    """Static files, then what gives way to them and to pages: feed, sitemap, assets."""
    config = run.config
    taken = {spec.output_path for spec in claims.pages} | set(claims.files)
    for path, source in claims.files.items():
        publication.stage(OutputFile(path, None, source), run.sources.snapshot.files[source].signature)
    maths = any(item.formulas for item in compiled.light.values())
    generated = generate_files(FactView(compiled.facts), config.generators, claims.pages)
    for file in (*generated, *list_assets(theme, config.theme, maths=maths)):
        if file.path not in taken:
            taken.add(file.path)
            publication.stage(file, fingerprint(file.content))


def _missing_theme(theme: ThemeFiles) -> Iterable[Diagnostic]:
    if theme.missing:
        message = f"there is no theme `{theme.missing}`: the default one is used"
        hint = f"did you mean `{theme.near}`?" if theme.near else "put it into `themes/`, or leave `theme` out"
        yield in_file("_config.yml", message, code="config", hint=hint)


def _judge(diagnostics: Iterable[Diagnostic], *, strict: bool) -> tuple[Diagnostic, ...]:
    """In the order of a report; with `strict` every warning is an error."""
    unique = dict.fromkeys(as_error(problem) if strict else problem for problem in diagnostics)
    return tuple(sorted(unique, key=lambda problem: problem.sort_key))
