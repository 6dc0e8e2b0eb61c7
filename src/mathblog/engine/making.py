"""The stages of a build in their order, up to the commit of the publication."""

import datetime
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from mathblog.core.diagnostic import Diagnostic, in_file
from mathblog.core.digest import fingerprint
from mathblog.engine.assets import stage_assets
from mathblog.engine.compiling import CompiledSite, compile_site
from mathblog.engine.generating import stage_generated
from mathblog.engine.layouting import lay_out_site
from mathblog.engine.publish import Publication
from mathblog.engine.run import Run
from mathblog.engine.sources import read_text
from mathblog.engine.themes import ThemeFiles
from mathblog.model.document import Meta
from mathblog.model.facts import FactView, SiteFacts
from mathblog.model.output import OutputFile
from mathblog.pipeline.addresses import Claims, settle_addresses, specify_documents
from mathblog.pipeline.index import Surroundings, index_site
from mathblog.pipeline.selection import Selection, select
from mathblog.site.checks import check_options
from mathblog.site.generate import derive_facts, generate_pages
from mathblog.theme.load import Theme


@dataclass(frozen=True, slots=True)
class Site:
    """What is known of a site whose every file was handed to the publication.

    `valid_until` is the time, in seconds since 1970, at which the same sources give another site; None for never.
    `reasons` says of each page that was compiled or laid out again why: the fact that changed, '' for a new one.
    """

    pages: tuple[str, ...]
    formulas: int
    skipped: Mapping[str, int]
    diagnostics: tuple[Diagnostic, ...]
    valid_until: float | None
    reasons: Mapping[str, str]


def make_site(run: Run, theme_files: ThemeFiles, load: Callable[[ThemeFiles], Theme], publication: Publication) -> Site:
    """All stages up to the commit of the publication. `load` makes a theme of its files."""
    now = datetime.datetime.now(datetime.UTC)
    metas = [file.meta for file in run.sources.documents.values() if file.meta is not None]
    selection = select(metas, run.config.reading, now)
    theme = load(theme_files)
    facts = _index(run, selection, theme, now)
    compiled = compile_site(run, selection.metas, facts)
    claims = _claim(run, selection, compiled, facts)
    laid_out = lay_out_site(run, claims.pages, theme, compiled.facts, publication)
    _stage_files(run, claims, compiled, theme_files, publication)
    light = compiled.light.values()
    time_was_read = compiled.facts.was_asked(("time",))
    due = selection.next_due.timestamp() if selection.next_due else None
    return Site(
        pages=tuple(spec.output_path for spec in claims.pages),
        formulas=sum(item.formulas for item in light),
        skipped=Counter(run.sources.skipped) + Counter(selection.skipped),
        diagnostics=(
            *_missing_theme(theme_files),
            *check_options(FactView(facts), run.config.generators),
            *theme.diagnostics,
            *run.sources.diagnostics,
            *(problem for item in light for problem in item.diagnostics),
            *claims.diagnostics,
            *laid_out.diagnostics,
        ),
        valid_until=0.0 if time_was_read else due,
        reasons={**laid_out.reasons, **compiled.reasons},
    )


def _index(run: Run, selection: Selection, theme: Theme, now: datetime.datetime) -> SiteFacts:
    sources = run.sources
    texts = {path: partial(read_text, sources.snapshot, path) for path in sources.snapshot.files}
    surroundings = Surroundings(
        includes=sources.includes,
        layouts=theme.layouts,
        files=tuple(sources.files),
        texts=texts,
        data=sources.data,
        time=now,
        environment=os.environ.get("JEKYLL_ENV", "development"),
    )
    digests = {meta.path: _digest_of(run, meta) for meta in selection.metas}
    facts = index_site(selection.metas, digests, run.config, surroundings)
    return facts.extend(derive_facts(FactView(facts), run.config.generators))


def _digest_of(run: Run, meta: Meta) -> str:
    file = run.sources.documents[meta.path]
    return file.meta_digest if meta is file.meta else fingerprint(meta)


def _claim(run: Run, selection: Selection, compiled: CompiledSite, facts: SiteFacts) -> Claims:
    good = [meta for meta in selection.metas if not compiled.light[meta.path].failed]
    generated = generate_pages(FactView(facts), run.config.generators)
    return settle_addresses(specify_documents(good), run.sources.files, generated)


def _stage_files(run: Run, claims: Claims, compiled: CompiledSite, theme: ThemeFiles, publication: Publication) -> None:
    """Static files, then what gives way to them and to pages: feed, sitemap, assets."""
    taken = {spec.output_path for spec in claims.pages} | set(claims.files)
    for path, source in claims.files.items():
        publication.stage(OutputFile(path, None, source), run.sources.snapshot.files[source].signature)
    stage_generated(run, claims, compiled.facts, publication, taken)
    maths = any(item.formulas for item in compiled.light.values())
    stage_assets(publication, theme, run.config.theme, taken, maths=maths)


def _missing_theme(theme: ThemeFiles) -> Iterable[Diagnostic]:
    if theme.missing:
        message = f"there is no theme `{theme.missing}`: the default one is used"
        hint = f"did you mean `{theme.near}`?" if theme.near else "put it into `themes/`, or leave `theme` out"
        yield in_file("_config.yml", message, code="config", hint=hint)
