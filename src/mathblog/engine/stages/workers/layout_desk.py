"""Pages that are laid out in worker processes: what these are told, and what they do (ADR 64)."""

import os
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from typing import NoReturn

from mathblog.core.dataclass import dataclass
from mathblog.engine.cache.memo import Memo
from mathblog.engine.folders.root import Folder
from mathblog.engine.output.staged import STAGING, StagingPlace, stopping
from mathblog.engine.stages.build_run import BuildRun
from mathblog.engine.stages.pages import MadePage, make_page, refuse_page
from mathblog.engine.stages.text_facts import KnownText, StoredTexts, known_texts, text_facts
from mathblog.engine.stages.workers.compile_desk import Compiling, assignment_of
from mathblog.engine.stages.workers.pool import SharedWork
from mathblog.engine.stages.workers.worker import Bench, ChunkAnswer, Desk
from mathblog.model.facts import catalogue
from mathblog.model.output import OutputFile, PageSpec
from mathblog.pipeline.layout import Layouter
from mathblog.theme.load import Theme, equip_theme

_CHUNK = 16  # pages: some forty milliseconds


@dataclass(frozen=True, slots=True)
class LayingOut:
    """An `Assignment`: everything that the layout of a page depends on.

    `compiling` has the facts that follow from no text, and as its documents those whose titles may hold formulas; `texts` says where the store
    has the other facts. The `theme` has no environment. Files are written to the folder at `place`.
    """

    compiling: Compiling
    texts: tuple[KnownText, ...]
    theme: Theme
    place: StagingPlace

    def take(self, bench: Bench) -> Desk:
        """Return a function that lays out chunks, which are specifications of pages, and writes their files.

        What it could not lay out stands among the answers as it was given.
        """
        if not self.compiling.documents:
            bench.renderers.close()  # an engine takes as much memory as all else; one is started where a page needs it after all
        compiler, store = self.compiling.tools(bench)
        texts = {text.path: text for text in self.texts}
        values, digests = text_facts(StoredTexts(Memo(store), texts, _lost))
        theme = equip_theme(self.theme, compiler.options.extensions)
        layouter = Layouter(theme, compiler, self.compiling.facts.extend(values, digests))
        name, number = os.urandom(8).hex(), 0
        place = self.place

        def lay_out_chunk(chunk: Sequence[PageSpec]) -> ChunkAnswer:
            nonlocal number
            made: list[MadePage | PageSpec] = []
            with stopping(place.root), Folder(place.real, name=place.root) as folder:
                for spec in chunk:
                    try:
                        page = make_page(layouter, self.compiling.sources, spec)
                    except _LostTextError:
                        made.append(spec)
                        continue
                    if isinstance(page.file, OutputFile):
                        staged = f"{STAGING}/{name}-{(number := number + 1)}"
                        folder.write(staged, page.file.content or b"", early=place.durable)
                        page = page._replace(file=staged)
                    made.append(page)
            return ChunkAnswer(made, store.take_new())

        return lay_out_chunk


class _LostTextError(BaseException):
    """The store has a text no longer, and only the parent can compile it again. No template takes it for a fault of its own."""


def _lost(path: str) -> NoReturn:
    raise _LostTextError(path)


def lay_out_shared(
    run: BuildRun, layouter: Layouter, specs: Sequence[PageSpec], place: StagingPlace, note: Callable[[MadePage], None]
) -> None:
    """Lay out pages here and in workers, in no particular order, and `note` each; the store has been shared."""
    facts = layouter.facts
    metas = (file.meta for file in run.sources.documents.values() if file.meta)
    titled = sum("$" in meta.title or "\\" in meta.title for meta in metas)
    compiling = assignment_of(run, layouter.compiler.options, facts.without(catalogue.OF_TEXTS), titled)
    theme = replace(layouter.theme, environment=None)  # type: ignore[arg-type]  # each process makes its own
    assignment = LayingOut(compiling, tuple(known_texts(run.memo, facts)), theme, place)

    def work_here(chunk: Sequence[PageSpec]) -> list[MadePage]:
        for spec in chunk:  # each is noted at once: many large ones are no reason for much memory
            note(make_page(layouter, run.sources, spec))
        return []

    def refuse(spec: PageSpec) -> MadePage:
        return refuse_page(spec, "the process that laid out this page ended without an answer")

    chunks = [tuple(specs[start : start + _CHUNK]) for start in range(0, len(specs), _CHUNK)]
    work = SharedWork(assignment, chunks, work_here, refuse)
    with closing(run.workers().share(work, run.memo.store)) as pages:  # which ends the workers, whatever happens
        for page in pages:
            note(make_page(layouter, run.sources, page) if isinstance(page, PageSpec) else page)
