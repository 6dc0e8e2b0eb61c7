"""A build of which nothing changed but the texts of some documents: the record tells which pages that concerns."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from mathblog.core.digest import fingerprint
from mathblog.engine.cache.memo import GENERATE
from mathblog.engine.incremental.build_record import (
    BESIDE,
    BuildRecord,
    Delta,
    DocumentRow,
    document_row,
    page_row,
    reads_of,
)
from mathblog.engine.incremental.built_site import Site
from mathblog.engine.incremental.cached_facts import CachedFacts, FullBuildNeeded, RecordedSite
from mathblog.engine.incremental.last_build import Edit
from mathblog.engine.incremental.packed_facts import key_of, word
from mathblog.engine.output.publish import Publication
from mathblog.engine.sources.bibliographies import read_bibliographies
from mathblog.engine.sources.documents import DocumentReader, SourceFile, fetch_metas
from mathblog.engine.sources.site import Classifier, Sources, read_layout_files, read_support_files
from mathblog.engine.stages.build_run import BuildRun
from mathblog.engine.stages.compiling import CompiledSite, compile_key, compile_pass
from mathblog.engine.stages.extra_files.headings import have_same_headings
from mathblog.engine.stages.generating import FEEDS, MAPS, SEARCH, stage_feeds, stage_search
from mathblog.engine.stages.indexing import index_without_documents
from mathblog.engine.stages.layouting import lay_out_site
from mathblog.engine.stages.passes import PASSES
from mathblog.engine.stages.staging import Staging
from mathblog.model.compiled import Compiled
from mathblog.model.facts import catalogue, kinds
from mathblog.pipeline.clock import time_of_build
from mathblog.theme.load import Theme


class _Some(dict[str, SourceFile]):
    """The documents that were looked at; another one is read when it is asked for.

    A document that is more than a page (a file beside it, data, a layout), or another one than the record's, is too much.
    """

    def __init__(self, documents: DocumentReader, record: BuildRecord, classifier: Classifier) -> None:
        super().__init__()
        self._documents = documents
        self._record = record
        self._classifier = classifier

    def __missing__(self, path: str) -> SourceFile:
        places = self._classifier.places([path], self._documents.options)
        row = self._record.document(path)
        file = self._documents.read_all(places).get(path) if len(places) == 1 else None
        if file is None or row is None or file.is_static or file.meta_digest != row.meta:
            raise FullBuildNeeded
        return self.setdefault(path, file)


def read_some(documents: DocumentReader, edit: Edit, classifier: Classifier, around: Sources | None = None) -> Sources:
    """Read the documents that an edit concerns, and what is no document; `around` is what is known of that already.

    Raises:
        FullBuildNeeded: where more than their texts changed.

    """
    record, snapshot, options = edit.record, documents.snapshot, documents.options
    read = _Some(documents, record, classifier)
    for path in chain(*edit.passes):
        read[path]
    if around is not None:
        return replace(around, snapshot=snapshot, documents=read)
    hidden = frozenset(record.hidden)
    others = (path for path in snapshot.files if path not in record.documents and path not in hidden)
    places = classifier.places(others, options)
    others_read = read_support_files(documents, places, [])
    bibliographies = read_bibliographies(documents, places, [])
    return Sources(
        snapshot,
        read,
        others_read.includes,
        read_layout_files(others_read.layouts, []),
        others_read.data,
        record.files,
        (),
        {},
        record.diagnostics,
        bibliographies,
        tuple(record.beside),
    )


def build_delta(run: BuildRun, documents: DocumentReader, theme: Theme, publication: Publication, edit: Edit) -> Site:
    """All stages up to the commit of the publication, for what the changed documents concern; the rest stays as it stands.

    Raises:
        FullBuildNeeded: where the record does not tell enough: more than texts changed, or there is something to report.

    """
    if run.config.images.variants is not None:
        from mathblog.engine.images.variants import prepare_variants

        run = prepare_variants(run)
    record, changed, passes, due = edit
    recorded = RecordedSite(
        record,
        partial(fetch_metas, documents),
        partial(_fetch_compiled, run),
        partial(
            index_without_documents, run, theme, time_of_build(run.config.reading, datetime.datetime.now(datetime.UTC))
        ),
    )
    done = CompiledSite({}, {}, {}, {})
    for pass_number, paths in enumerate(passes):
        known = CachedFacts(recorded, pass_number, done.values, done.digests)
        done = done.join(compile_pass(run, recorded.metas(paths), known, record.paths_of_pass(pass_number)))
    if any(item.shows for item in done.summaries.values()):  # they are compiled in rounds
        raise FullBuildNeeded
    facts = CachedFacts(recorded, PASSES, done.values, done.digests)
    before = CachedFacts(recorded, PASSES)
    other = [key for key, digest in done.digests.items() if digest != before.digest(key)]
    paths = [key[1] for key in other if key[0] == kinds.LABELS.name]
    labels = map(key_of, record.labels_of(paths, by_texts=False))  # of these, those that somebody asked for
    other += [key for key in labels if before.digest(key) != facts.digest(key)]
    touched = frozenset(map(word, (*other, *((kind, path) for path in changed for kind in catalogue.OF_FILES))))
    pages = record.pages_of(touched, frozenset(changed))
    generated = [name for name, reads in record.generated.items() if not touched.isdisjoint(reads)]
    clean = (
        *(not file.diagnostics for file in run.sources.documents.values()),
        record.are_clean(done.summaries.keys()),
        *(not item.diagnostics for item in done.summaries.values()),
        *(record.documents[path][BESIDE] == fingerprint(item.beside) for path, item in done.summaries.items()),
        *(row.clean for row in pages.values()),
    )
    if not all(clean) or MAPS in generated:  # a report is put together by a build of the whole site
        raise FullBuildNeeded
    texts = [key[1] for key in other if key[0] == kinds.COMPILED.name]
    if SEARCH in generated and _keeps_search(run, facts, before, texts):
        generated.remove(SEARCH)
    specs = [row.spec for row in pages.values()]
    laid_out = lay_out_site(replace(run, jobs=1), specs, theme, facts, publication)  # the record answers here only
    if laid_out.diagnostics:
        raise FullBuildNeeded
    if FEEDS in generated:
        taken = frozenset((*record.pages, *record.files, *record.maps))
        stage_feeds(Staging(run, facts, publication, taken))
    if SEARCH in generated:
        stage_search(Staging(run, facts, publication, frozenset((*record.pages, *record.files))))
    publication.keep_rest()
    metas = recorded.metas(list(done.summaries))
    delta = Delta(
        documents={meta.path: list(document_row(run, facts, done, meta)) for meta in metas},
        pages={spec.output_path: list(page_row(run.memo, spec, clean=True)) for spec in specs},
        generated={name: reads_of(run.memo, GENERATE, name) for name in generated},
    )
    after = record.with_delta(delta)
    if bool(after.formulas) != bool(record.formulas):  # KaTeX's style sheet comes or goes
        raise FullBuildNeeded
    return Site(
        pages=tuple(after.pages),
        formulas=after.formulas,
        skipped=record.skipped,
        diagnostics=record.diagnostics,
        valid_until=due,
        reasons={**laid_out.reasons, **done.reasons},
        addresses=after.addresses_of_documents,
        sources={path: file.digest for path, file in run.sources.documents.items()},
        record=None,
        delta=delta,
    )


def _keeps_search(run: BuildRun, facts: CachedFacts, before: CachedFacts, texts: Sequence[str]) -> bool:
    """Whether the index of the search stays as it is although some texts changed.

    Raises:
        FullBuildNeeded: for an index of whole texts: its files have other names then, and old ones go.

    """
    if run.config.search.full:
        raise FullBuildNeeded
    return have_same_headings(run, facts, before, texts)


def _fetch_compiled(run: BuildRun, row: DocumentRow) -> Compiled | None:
    found: Compiled | None = run.memo.value(compile_key(run.context, row.source, row.meta), row.compiled)
    return found
