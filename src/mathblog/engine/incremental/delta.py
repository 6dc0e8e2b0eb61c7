"""A build of which nothing changed but the texts of some documents: the ledger tells which pages that concerns."""

import datetime
from collections.abc import Collection, Iterable
from functools import partial

from mathblog.engine.cache.memo import GENERATE
from mathblog.engine.incremental.build_record import (
    OF_FILES,
    DocumentRow,
    Ledger,
    Patch,
    document_row,
    page_row,
    reads_of,
    word,
)
from mathblog.engine.incremental.built_site import Site
from mathblog.engine.incremental.cached_facts import Memory, RecalledFacts, TooMuchAskedError
from mathblog.engine.incremental.last_build import Edit
from mathblog.engine.output.publish import Publication
from mathblog.engine.sources.documents import DocumentReader, SourceFile, fetch_metas
from mathblog.engine.sources.site import Classifier, Sources, read_around, read_layout_files
from mathblog.engine.stages.build_run import Run
from mathblog.engine.stages.compiling import OF_COMPILED, CompiledSite, compile_context, compile_key, compile_wave
from mathblog.engine.stages.generating import FEEDS, MAPS, stage_feeds
from mathblog.engine.stages.indexing import index_around
from mathblog.engine.stages.layouting import lay_out_site
from mathblog.engine.stages.passes import WAVES
from mathblog.model.compiled import Compiled
from mathblog.pipeline.clock import time_of_build
from mathblog.theme.load import Theme


class _Some(dict[str, SourceFile]):
    """The documents that were looked at; another one is read when it is asked for.

    A document that is more than a page (a file beside it, data, a layout), or another one than the ledger's, is too much.
    """

    def __init__(self, documents: DocumentReader, ledger: Ledger, classifier: Classifier) -> None:
        super().__init__()
        self._documents = documents
        self._ledger = ledger
        self._classifier = classifier

    def __missing__(self, path: str) -> SourceFile:
        places = self._classifier.places([path], self._documents.options)
        row = self._ledger.document(path)
        file = self._documents.read_all(places).get(path) if len(places) == 1 else None
        if file is None or row is None or file.is_static or file.meta_digest != row.meta:
            raise TooMuchAskedError
        return self.setdefault(path, file)


def read_some(documents: DocumentReader, edit: Edit, classifier: Classifier) -> Sources:
    """Read the documents that an edit concerns, and what is no document.

    Raises:
        TooMuchAskedError: where more than their texts changed.

    """
    ledger, snapshot, options = edit.ledger, documents.snapshot, documents.options
    read = _Some(documents, ledger, classifier)
    for path in (path for wave in _find_waves(ledger, edit.changed) for path in wave):
        read[path]
    hidden = frozenset(ledger.hidden)
    others = (path for path in snapshot.files if path not in ledger.documents and path not in hidden)
    around = read_around(snapshot, classifier.places(others, options), options, [])
    layouts = read_layout_files(around.layouts, [])
    return Sources(snapshot, read, around.includes, layouts, around.data, ledger.files, (), {}, ledger.diagnostics)


def patch_site(run: Run, documents: DocumentReader, theme: Theme, publication: Publication, edit: Edit) -> Site:
    """All stages up to the commit of the publication, for what the changed documents concern; the rest stays as it stands.

    Raises:
        TooMuchAskedError: where the ledger does not tell enough: more than texts changed, or there is something to report.

    """
    ledger, changed, due = edit
    memory = Memory(
        ledger,
        partial(fetch_metas, documents),
        partial(_fetch_compiled, run),
        partial(index_around, run, theme, time_of_build(run.config.reading, datetime.datetime.now(datetime.UTC))),
    )
    done = CompiledSite({}, {}, {}, {})
    for wave, paths in enumerate(_find_waves(ledger, changed)):
        known = RecalledFacts(memory, wave, done.values, done.digests)
        done = done.join(compile_wave(run, memory.metas(paths), known, ledger.paths_of_wave(wave)))
    if any(item.shows for item in done.light.values()):  # they are compiled in rounds
        raise TooMuchAskedError
    facts = RecalledFacts(memory, WAVES, done.values, done.digests)
    touched = _find_touched(done, RecalledFacts(memory, WAVES), changed)
    pages = ledger.pages_of(touched, frozenset(changed))
    generated = [name for name, reads in ledger.generated.items() if not touched.isdisjoint(reads)]
    clean = (
        *(not file.diagnostics for file in run.sources.documents.values()),
        *(ledger.is_clean(path) and not item.diagnostics for path, item in done.light.items()),
        *(row.clean for row in pages.values()),
    )
    if not all(clean) or MAPS in generated:  # a report is put together by a build of the whole site
        raise TooMuchAskedError
    specs = [row.spec for row in pages.values()]
    laid_out = lay_out_site(run, specs, theme, facts, publication)
    if laid_out.diagnostics:
        raise TooMuchAskedError
    if FEEDS in generated:
        stage_feeds(run, facts, publication, {*ledger.pages, *ledger.files, *ledger.maps})
    publication.keep_rest()
    metas = memory.metas(list(done.light))
    patch = Patch(
        documents={meta.path: list(document_row(run, facts, done, meta)) for meta in metas},
        pages={spec.output_path: list(page_row(run.memo, spec, clean=True)) for spec in specs},
        generated={name: reads_of(run.memo, GENERATE, name) for name in generated},
    )
    after = ledger.patched(patch)
    if bool(after.formulas) != bool(ledger.formulas):  # KaTeX's style sheet comes or goes
        raise TooMuchAskedError
    return Site(
        pages=tuple(after.pages),
        formulas=after.formulas,
        skipped=ledger.skipped,
        diagnostics=ledger.diagnostics,
        valid_until=due,
        reasons={**laid_out.reasons, **done.reasons},
        addresses=after.addresses_of_documents,
        sources={path: file.digest for path, file in run.sources.documents.items()},
        ledger=None,
        patch=patch,
    )


def _find_touched(done: CompiledSite, before: RecalledFacts, changed: Iterable[str]) -> frozenset[str]:
    """The facts that are other ones now."""
    touched = [key for key, digest in done.digests.items() if digest != before.digest(key)]
    return frozenset(map(word, (*touched, *((kind, path) for path in changed for kind in OF_FILES))))


def _find_waves(ledger: Ledger, changed: Collection[str]) -> list[list[str]]:
    """The documents to look at in each wave: those that changed, and those whose texts show something of them."""
    touched = frozenset(word((kind, path)) for path in changed for kind in OF_FILES)
    waves = []
    for wave in range(WAVES):
        own = [path for path in changed if (row := ledger.document(path)) and row.wave == wave]
        waves.append(list(dict.fromkeys((*own, *ledger.readers(touched, wave)))))
        touched |= {word((kind, path)) for path in waves[-1] for kind in OF_COMPILED}
    return waves


def _fetch_compiled(run: Run, row: DocumentRow) -> Compiled | None:
    found: Compiled | None = run.memo.value(compile_key(compile_context(run), row.source, row.meta), row.compiled)
    return found
