"""Worker processes for the compile stage: this process deals out chunks and works on some itself."""

from collections.abc import Callable, Iterator, Sequence
from queue import Empty

from mathblog.engine.sources.site import load_document
from mathblog.engine.stages.attendant import Attendant, Chunk, Deal, WorkerEndedError
from mathblog.engine.stages.build_run import BuildRun
from mathblog.engine.stages.outcome import Outcome, outcome_of
from mathblog.engine.stages.worker import Assignment, ChunkAnswer
from mathblog.model.facts.view import SiteFacts
from mathblog.pipeline.compiling.options import Compiler


class WorkerPool:
    """Owns the worker processes of a blog's builds: `jobs` less this one, started when they are first wanted."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._attendants: list[Attendant] = []

    def start(self) -> None:
        """Start the processes, without waiting for them: they load their libraries while this one goes on."""
        if not self._attendants:
            self._attendants = [Attendant() for _ in range(self._jobs - 1)]
            for attendant in self._attendants:
                attendant.start()

    def compile(
        self, run: BuildRun, compiler: Compiler, chunks: Sequence[tuple[str, ...]], facts: SiteFacts
    ) -> Iterator[Outcome]:
        """Compile chunks of documents, in no particular order.

        A chunk whose process ends is done again by another one; a document that ends two is reported by name.
        """
        from mathblog.pipeline.compiling.compile import compile_documents

        self.start()

        def work_here(chunk: Sequence[str]) -> ChunkAnswer:
            loaded = [load_document(run.sources, path) for path in chunk]
            return ChunkAnswer(list(map(outcome_of, compile_documents(compiler, [loaded], facts))), {})

        def refuse(path: str) -> ChunkAnswer:
            from mathblog.pipeline.compiling import refusal

            problem = "the process that compiled this page ended without an answer"
            return ChunkAnswer([outcome_of(refusal.refuse(load_document(run.sources, path), problem))], {})

        store = run.memo.store
        documents = sum(map(len, chunks))
        shared = Assignment(
            run.sources, facts, compiler.options, run.config.math, documents, store.folder, store.key, run.toolchain
        )
        try:
            for answer in self._deal(Deal(shared, chunks), work_here, refuse):
                for key, data in answer.rendered.items():
                    store.put_encoded(key, data)
                yield from answer.outcomes
        except BaseException:
            self.kill()
            raise
        self.close()  # their memory goes back while this process lays out the pages

    def close(self) -> None:
        """Let the processes end; nobody waits for them."""
        for attendant in self._attendants:
            attendant.leave()
        self._attendants = []

    def kill(self) -> None:
        """End the processes now, in the middle of their work: the build was ended by its author or by a fault."""
        for attendant in self._attendants:
            attendant.kill()
        self._attendants = []

    def _deal(
        self, deal: Deal, work_here: Callable[[Sequence[str]], ChunkAnswer], refuse: Callable[[str], ChunkAnswer]
    ) -> Iterator[ChunkAnswer]:
        """Answers to all chunks: those of the workers as they come, and between them of one that is done here."""
        missing = len(deal.waiting)
        deal.expected.update(self._attendants)
        for attendant in self._attendants:
            attendant.attend(deal)
        while missing:
            alone = all(attendant.gave_up for attendant in self._attendants)
            try:
                found = deal.came.get(block=not (deal.has_spare or alone))
            except Empty:
                chunk = (deal.take if alone else deal.take_here)()
                if chunk is not None:
                    missing -= 1
                    yield work_here(chunk.paths)
                continue
            if found is None:  # one of them gave up
                continue
            chunk, answer = found
            if isinstance(answer, ChunkAnswer):
                missing -= 1
                yield answer
            elif not isinstance(answer, WorkerEndedError):
                raise answer
            elif again := _try_again(chunk):
                missing += len(again) - 1
                deal.suspects.extend(again)
                for attendant in self._attendants:
                    attendant.attend(deal)
            else:
                missing -= 1
                yield refuse(chunk.paths[0])


def _try_again(chunk: Chunk) -> list[Chunk]:
    """Return the chunks that replace one without an answer: the same once more, then each document alone.

    Nothing is left to do about a document alone that more than one process ended over.
    """
    if not chunk.tries:
        return [Chunk(chunk.paths, 1)]
    return [Chunk((path,), 1) for path in chunk.paths] if len(chunk.paths) > 1 else []
