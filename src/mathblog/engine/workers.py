"""Worker processes for the compile stage: this process deals out chunks and works on some itself."""

import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from mathblog.engine.outcome import Outcome, compile_chunk, outcome_of
from mathblog.engine.run import Run
from mathblog.engine.sources import Sources, load_document
from mathblog.model.facts import SiteFacts
from mathblog.model.options import MathOptions
from mathblog.pipeline.options import Compilation, CompileOptions

_PAGE_SECONDS = 60  # a page that takes longer is given up
_AHEAD = 2  # chunks that wait at each worker, so that none of them waits for this process


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a worker is told once: everything that the compilation of any document of the build depends on."""

    sources: Sources
    facts: SiteFacts
    options: CompileOptions
    math: MathOptions
    documents: int
    store: Path | None
    toolchain: str


class Answer(NamedTuple):
    """A worker's answer to a chunk: outcomes, and the formulas and blocks of code that it rendered, encoded."""

    outcomes: list[Outcome]
    rendered: dict[str, bytes]


def compile_in_workers(
    run: Run, chunks: Sequence[tuple[str, ...]], facts: SiteFacts, options: CompileOptions
) -> Iterator[Outcome]:
    """Compile chunks of documents, in no particular order. A document that kills its worker is reported by name."""
    documents = sum(map(len, chunks))
    shared = Assignment(run.sources, facts, options, run.config.math, documents, run.memo.store.folder, run.toolchain)
    workers = min(run.jobs, len(chunks)) - 1
    renderer = run.renderer(documents)

    def work_here(chunk: Sequence[str]) -> list[Outcome]:
        loaded = [load_document(run.sources, path) for path in chunk]
        return compile_chunk(loaded, facts, options, renderer, run.highlights)

    lost: list[str] = []
    with _start(workers, shared) as pool:
        for answer in _deal(pool, workers, chunks, work_here, lost):
            for key, data in answer.rendered.items():
                run.memo.store.put_encoded(key, data)
            yield from answer.outcomes
    for path in lost:
        yield _compile_alone(run, path, shared)


def _deal(
    pool: ProcessPoolExecutor,
    workers: int,
    chunks: Sequence[tuple[str, ...]],
    work_here: Callable[[Sequence[str]], list[Outcome]],
    lost: list[str],
) -> Iterator[Answer]:
    """Keep the workers busy, and do a chunk here whenever there is nothing to hand out or take in."""
    waiting = deque(chunks)
    running: dict[Future[Answer], tuple[str, ...]] = {}
    broken = False
    while waiting or running:
        while waiting and not broken and len(running) < workers * _AHEAD:
            chunk = waiting.popleft()
            try:
                running[pool.submit(_compile, chunk)] = chunk
            except BrokenProcessPool:
                waiting.appendleft(chunk)
                broken = True
        done, _ = wait(running, timeout=0 if waiting else None, return_when=FIRST_COMPLETED)
        for future in done:
            chunk = running.pop(future)
            try:
                yield future.result()
            except (BrokenProcessPool, PageTimeoutError):
                lost.extend(chunk)
        if waiting and not done:
            yield Answer(work_here(waiting.pop()), {})


def _compile_alone(run: Run, path: str, shared: Assignment) -> Outcome:
    """Compile one document in a process of its own: if that ends as well, this is the page."""
    with _start(1, shared) as pool:
        try:
            return pool.submit(_compile, (path,)).result().outcomes[0]
        except BrokenProcessPool:
            problem = "the process that compiled this page ended without an answer"
        except PageTimeoutError:
            problem = f"this page takes longer than {_PAGE_SECONDS} s"
    from mathblog.pipeline.refusal import refuse

    hint = "take parts out of it until it builds, to see which one it is"
    # it read the time, so to say: the next build tries again
    return outcome_of(Compilation(refuse(load_document(run.sources, path), problem, hint), {("time",): problem}))


@contextmanager
def _start(workers: int, shared: Assignment) -> Iterator[ProcessPoolExecutor]:
    """Fresh processes: one that was forked while an engine ran would hang in it.

    Where the build is ended, by the author or by a fault, they are ended too: a pool alone would let them finish their
    chunks.
    """
    import multiprocessing

    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _begin, (shared,)) as pool:
        try:
            yield pool
        except BaseException:
            for process in multiprocessing.active_children():
                process.kill()
            pool.shutdown(cancel_futures=True)
            raise


# ---- what follows runs in a worker ----------------------------------------------------------------------------------


class PageTimeoutError(Exception):
    """A chunk took longer than a page may take."""


class _Desk:
    """A worker's own tools, made when it begins."""

    shared: Assignment
    compile: Callable[[Sequence[str]], Answer]


def _begin(shared: Assignment) -> None:
    from multiprocessing.util import Finalize

    from mathblog.core.digest import fingerprint
    from mathblog.engine.code_cache import CodeCache
    from mathblog.engine.collector import collect_less
    from mathblog.engine.renderers import Renderers
    from mathblog.engine.store import Store

    collect_less()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its workers
    store = Store(shared.store, read_only=True)
    renderers = Renderers()
    Finalize(None, renderers.close, exitpriority=10)
    renderer = renderers.for_build(shared.math, store, shared.toolchain)(shared.documents)
    highlights = CodeCache(store, fingerprint("code", shared.toolchain))

    def compile_paths(chunk: Sequence[str]) -> Answer:
        documents = [load_document(shared.sources, path) for path in chunk]
        outcomes = compile_chunk(documents, shared.facts, shared.options, renderer, highlights)
        return Answer(outcomes, store.take_new())

    _Desk.shared, _Desk.compile = shared, compile_paths


def _compile(chunk: Sequence[str]) -> Answer:
    if not hasattr(signal, "SIGALRM"):  # Windows: no limit but those of Liquid and of the engine
        return _Desk.compile(chunk)
    signal.signal(signal.SIGALRM, _time_is_up)
    signal.setitimer(signal.ITIMER_REAL, _PAGE_SECONDS)
    try:
        return _Desk.compile(chunk)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _time_is_up(_signal: int, _frame: FrameType | None) -> None:
    raise PageTimeoutError
