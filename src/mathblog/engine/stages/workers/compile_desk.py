"""Documents that are compiled in worker processes: what these are told, and what they do."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from mathblog.core.dataclass import dataclass
from mathblog.engine.cache.store import Store
from mathblog.engine.sources.site import Sources, load_document
from mathblog.engine.stages.build_run import BuildRun
from mathblog.engine.stages.outcome import Outcome, outcome_of, tools_of
from mathblog.engine.stages.workers.pool import SharedWork
from mathblog.engine.stages.workers.worker import Bench, ChunkAnswer, Desk
from mathblog.model.facts.view import SiteFacts
from mathblog.model.options import MathOptions
from mathblog.pipeline.compiling.options import CompileOptions, Compiler


@dataclass(frozen=True, slots=True)
class Compiling:
    """An `Assignment`: everything that the compilation of a document of the build depends on.

    `documents` is how many there are.
    """

    sources: Sources
    facts: SiteFacts
    options: CompileOptions
    math: MathOptions
    documents: int
    store: Path | None
    key: bytes | None
    toolchain: str

    def tools(self, bench: Bench) -> tuple[Compiler, Store]:
        """A compiler of this assignment, and the store that it reads."""
        if self.options.extensions.plugins:
            from mathblog.engine.stages.plugin_code import run_plugins

            run_plugins(self.options.extensions.plugins)
        store = Store(self.store, key=self.key, read_only=True)
        renderer = bench.renderers.for_build(self.math, store, self.toolchain)(self.documents)
        return Compiler(self.options, lambda: renderer, tools_of(store, self.toolchain, bench.sass)), store

    def take(self, bench: Bench) -> Desk:
        """Return a function that compiles chunks, which are paths of documents."""
        from mathblog.pipeline.compiling.compile import compile_documents

        compiler, store = self.tools(bench)

        def compile_chunk(chunk: Sequence[str]) -> ChunkAnswer:
            documents = [load_document(self.sources, path) for path in chunk]
            made = list(map(outcome_of, compile_documents(compiler, [documents], self.facts)))
            return ChunkAnswer(made, store.take_new())

        return compile_chunk


def assignment_of(run: BuildRun, options: CompileOptions, facts: SiteFacts, documents: int) -> Compiling:
    """The assignment of a build whose texts see these facts."""
    store = run.memo.store
    return Compiling(run.sources, facts, options, run.config.math, documents, store.folder, store.key, run.toolchain)


def compile_shared(
    run: BuildRun, compiler: Compiler, chunks: Sequence[tuple[str, ...]], facts: SiteFacts
) -> Iterator[Outcome]:
    """Compile chunks of documents here and in workers; the outcomes come in no particular order.

    A document that ends two processes is reported by name.
    """
    from mathblog.pipeline.compiling.compile import compile_documents

    def work_here(chunk: Sequence[str]) -> list[Outcome]:
        loaded = [load_document(run.sources, path) for path in chunk]
        return list(map(outcome_of, compile_documents(compiler, [loaded], facts)))

    def refuse(path: str) -> Outcome:
        from mathblog.pipeline.compiling import refusal

        problem = "the process that compiled this page ended without an answer"
        return outcome_of(refusal.refuse(load_document(run.sources, path), problem))

    assignment = assignment_of(run, compiler.options, facts, sum(map(len, chunks)))
    yield from run.workers().share(SharedWork(assignment, chunks, work_here, refuse), run.memo.store)
