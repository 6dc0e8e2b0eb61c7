"""One worker process and the thread that attends to it: hands it chunks, takes its answers, replaces it when it ends."""

import contextlib
import multiprocessing
import pickle
import threading
from collections import deque
from collections.abc import Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from queue import SimpleQueue
from typing import Any, NamedTuple

from mathblog.engine.katex.budget import FormulaBudget
from mathblog.engine.stages.workers import worker
from mathblog.engine.stages.workers.worker import Assignment, ChunkAnswer

_STARTS = 3  # processes that ended before they were ready: no other one is tried then


class WorkerEndedError(Exception):
    """A process ended without an answer."""


class Chunk(NamedTuple):
    """Items that are worked on together: paths of documents, pages. `tries` are processes that ended over it."""

    items: tuple[Any, ...]
    tries: int = 0


class Deal:
    """The chunks of one stage: those that wait, suspects that no process but a worker may touch, and what came of them.

    Of those that wait one is left for each of the `expected`, attendants whose process still starts. With each chunk goes what is left of the `budget` for formulas.
    What came is a chunk and its answer, or the exception that it ended in; None says that an attendant gave up.
    """

    def __init__(self, shared: Assignment, chunks: Sequence[tuple[Any, ...]], budget: FormulaBudget) -> None:
        self.budget = budget
        self.assignment = pickle.dumps(shared, pickle.HIGHEST_PROTOCOL)
        self.waiting = deque(map(Chunk, chunks))
        self.suspects: deque[Chunk] = deque()
        self.expected: set[Attendant] = set()
        self.came: SimpleQueue[tuple[Chunk, ChunkAnswer | Exception] | None] = SimpleQueue()

    def take(self) -> Chunk | None:
        """The next chunk for a worker, None where none is left."""
        for chunks in (self.suspects, self.waiting):
            try:
                return chunks.popleft()
            except IndexError:
                continue
        return None

    @property
    def has_spare(self) -> bool:
        """Whether there is a chunk for the parent process."""
        return len(self.waiting) > len(self.expected)

    def take_here(self) -> Chunk | None:
        """The next chunk for the parent process."""
        try:
            return self.waiting.pop() if self.has_spare else None
        except IndexError:
            return None


class Attendant(threading.Thread):
    """Owns a worker process, which begins to load its libraries at once."""

    def __init__(self) -> None:
        super().__init__(name="attendant", daemon=True)
        self._deals: SimpleQueue[Deal | None] = SimpleQueue()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._told: Deal | None = None  # whose assignment the process has
        self._leaves = False
        self.gave_up = False
        with contextlib.suppress(OSError):  # the thread tries again
            self._begin()

    def attend(self, deal: Deal) -> None:
        """Work on the chunks of a deal, also on those that are added to it until this is called again."""
        self._deals.put(deal)

    def leave(self) -> None:
        """Let the process end by itself, after the chunk that it works on; nobody waits for it."""
        self._deals.put(None)

    def kill(self) -> None:
        """End the process now, in the middle of its work."""
        self._leaves = True
        if self._process is not None:
            self._process.kill()
        self._deals.put(None)

    def run(self) -> None:
        """Attend to the process, and to those that take its place, until `leave` or `kill`."""
        pipe = self._ready()
        while (deal := self._deals.get()) is not None and not self._leaves:
            pipe = pipe or self._ready()
            deal.expected.discard(self)
            while (pipe := pipe or self._ready()) is not None and (chunk := deal.take()) is not None:
                answer = self._ask(pipe, deal, chunk)
                if isinstance(answer, WorkerEndedError):
                    pipe = None
                    self._end()
                deal.came.put((chunk, answer))
            if pipe is None:
                self.gave_up = True
                deal.came.put(None)
        self._end()

    def _ask(self, pipe: Connection, deal: Deal, chunk: Chunk) -> ChunkAnswer | Exception:
        try:
            if self._told is not deal:
                pipe.send_bytes(deal.assignment)
                self._told = deal
            pipe.send((chunk.items, deal.budget.left))
            answer: ChunkAnswer | Exception = pipe.recv()
        except (EOFError, OSError):
            return WorkerEndedError()
        return answer

    def _ready(self) -> Connection | None:
        """A pipe to a process that has loaded its libraries, a new one after the first; None where none can be had."""
        for _ in range(_STARTS):
            try:
                if self._pipe is None:
                    self._begin()
                if self._pipe is not None:
                    self._pipe.recv()
                    return self._pipe
            except (EOFError, OSError):
                self._end()
            if self._leaves:
                break
        return None

    def _begin(self) -> None:
        self._pipe, theirs = multiprocessing.Pipe()
        context = multiprocessing.get_context("spawn")  # one that was forked while an engine ran would hang in it
        process = context.Process(target=worker.work, args=(theirs, worker.begin), daemon=True)
        process.start()
        self._process = process
        theirs.close()

    def _end(self) -> None:
        """Let go of the process; one that works on something is ended."""
        self._told = None
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None
