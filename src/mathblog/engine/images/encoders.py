"""Processes that make variants of images, each attended to by a thread, and replaced when it takes too long or ends."""

import multiprocessing
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import NamedTuple, Self

from mathblog.engine.images import encoder
from mathblog.engine.images.encoder import ImageRefusal, Order

SECONDS = 60.0  # for all variants of one image


class Task(NamedTuple):
    """An image that variants are to be made of: by what name, how its bytes are read, what is wanted."""

    name: str
    read: Callable[[], bytes]
    order: Order


class Encoders:
    """Owns at most `jobs` processes, started when there is work. Use it as a context manager: at its end they end."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._own = threading.local()
        self._processes: list[SpawnProcess] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for process in self._processes:
            process.kill()
            process.join()

    def make(self, tasks: Sequence[Task]) -> Iterator[tuple[str, list[bytes] | ImageRefusal]]:
        """The variants of each image, by its name, or why there are none; in the order of the tasks."""
        with ThreadPoolExecutor(min(self._jobs, len(tasks)) or 1) as threads:
            yield from threads.map(self._make, tasks)

    def _make(self, task: Task) -> tuple[str, list[bytes] | ImageRefusal]:
        data = task.read()
        pipe = self._pipe()
        try:
            pipe.send(tuple(task.order))
            pipe.send_bytes(data)
            if pipe.poll(SECONDS):
                return task.name, pipe.recv()
            reason = f"it takes more than {SECONDS:.0f} seconds"
        except (EOFError, OSError):
            reason = "the process that reads it ends"
        self._own.process.kill()
        self._own.pipe = None
        return task.name, ImageRefusal(reason)

    def _pipe(self) -> Connection:
        """The pipe to the process of this thread."""
        pipe: Connection | None = getattr(self._own, "pipe", None)
        if pipe is None:
            pipe, theirs = multiprocessing.Pipe()
            process = multiprocessing.get_context("spawn").Process(target=encoder.work, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
            self._own.pipe, self._own.process = pipe, process
            self._processes.append(process)
        return pipe
