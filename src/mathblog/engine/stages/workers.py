"""Worker processes for the compile stage: this process deals out chunks and works on some itself."""

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from mathblog.engine.sources.site import load_document
from mathblog.engine.stages import worker
from mathblog.engine.stages.build_run import BuildRun
from mathblog.engine.stages.outcome import Outcome, compile_chunks, outcome_of
from mathblog.engine.stages.worker import Answer, Assignment
from mathblog.model.facts import SiteFacts
from mathblog.pipeline.compiling.options import CompileOptions

if TYPE_CHECKING:  # what most builds do not need: they take as long to load as it takes to see that nothing changed
    from concurrent.futures import Future, ProcessPoolExecutor

_AHEAD = 2  # chunks that wait at each worker, so that none of them waits for this process


class WorkerPool:
    """Owns the worker processes of a blog's builds: `jobs` less this one, started when they are first wanted."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def start(self) -> None:
        """Start the processes, without waiting for them: they load their libraries while this one goes on."""
        if self._pool is None and self.jobs > 1:
            self._pool = start_processes(self.jobs - 1)
            for _ in range(self.jobs - 1):
                self._pool.submit(worker.is_ready)

    def compile(
        self, run: BuildRun, chunks: Sequence[tuple[str, ...]], facts: SiteFacts, options: CompileOptions
    ) -> Iterator[Outcome]:
        """Compile chunks of documents, in no particular order. A document that kills its worker is reported by name."""
        self.start()
        documents = sum(map(len, chunks))
        renderer = run.renderer(documents)
        lost: list[str] = []

        def work_here(chunk: Sequence[str]) -> list[Outcome]:
            loaded = [load_document(run.sources, path) for path in chunk]
            return list(compile_chunks([loaded], facts, options, renderer, run.tools))

        store = run.memo.store
        shared = Assignment(run.sources, facts, options, run.config.math, documents, store.folder, run.toolchain)
        with _written(shared) as assignment:
            for answer in self._deal(assignment, chunks, work_here, lost):
                for key, data in answer.rendered.items():
                    store.put_encoded(key, data)
                yield from answer.outcomes
            self.close()  # their memory goes back while this process lays out the pages
            for path in lost:
                yield _compile_alone(run, path, assignment)

    def close(self) -> None:
        """Let the processes end by themselves; nobody waits for them."""
        if self._pool is not None:
            self._pool.shutdown(wait=False)
            self._pool = None

    def kill(self) -> None:
        """End the processes now, in the middle of their work: the build was ended by its author or by a fault."""
        if self._pool is not None:
            import multiprocessing

            for process in multiprocessing.active_children():
                process.kill()
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _deal(
        self,
        assignment: str,
        chunks: Sequence[tuple[str, ...]],
        work_here: Callable[[Sequence[str]], list[Outcome]],
        lost: list[str],
    ) -> Iterator[Answer]:
        """Keep the workers busy, and do a chunk here whenever there is nothing to hand out or take in."""
        from concurrent.futures import FIRST_COMPLETED, wait
        from concurrent.futures.process import BrokenProcessPool

        waiting = deque(chunks)
        running: dict[Future[Answer], tuple[str, ...]] = {}
        while waiting or running:
            while waiting and self._pool is not None and len(running) < (self.jobs - 1) * _AHEAD:
                chunk = waiting.popleft()
                try:
                    running[self._pool.submit(worker.compile_paths, assignment, chunk)] = chunk
                except BrokenProcessPool:
                    waiting.appendleft(chunk)
                    self.close()
            done, _ = wait(running, timeout=0 if waiting else None, return_when=FIRST_COMPLETED)
            for future in done:
                chunk = running.pop(future)
                try:
                    yield future.result()
                except BrokenProcessPool:
                    lost.extend(chunk)
            if waiting and not done:
                yield Answer(work_here(waiting.pop()), {})


def _compile_alone(run: BuildRun, path: str, assignment: str) -> Outcome:
    """Compile one document in a process of its own: if that ends as well, this is the page."""
    from concurrent.futures.process import BrokenProcessPool

    pool = start_processes(1)
    try:
        return pool.submit(worker.compile_paths, assignment, (path,)).result().outcomes[0]
    except BrokenProcessPool:
        from mathblog.pipeline.compiling.refusal import refuse

        problem = "the process that compiled this page ended without an answer"
        return outcome_of(refuse(load_document(run.sources, path), problem))
    finally:
        pool.shutdown()


def start_processes(number: int) -> "ProcessPoolExecutor":
    """Fresh processes: one that was forked while an engine ran would hang in it."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(number, multiprocessing.get_context("spawn"), worker.begin)


@contextmanager
def _written(shared: Assignment) -> Iterator[str]:
    """The assignment in a file: through the pipe of a process that still starts, this one would have to wait for it."""
    import pickle
    import tempfile

    handle, name = tempfile.mkstemp(prefix="mathblog-")
    try:
        with os.fdopen(handle, "wb") as file:
            pickle.dump(shared, file, pickle.HIGHEST_PROTOCOL)
        yield name
    finally:
        Path(name).unlink(missing_ok=True)


def count_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # macOS and Windows do not tell
