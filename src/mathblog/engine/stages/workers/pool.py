"""Worker processes that share a stage: this process deals out chunks and works on some itself."""

from collections.abc import Callable, Generator, Iterator, Sequence
from queue import Empty
from typing import Any

from mathblog.core.dataclass import dataclass
from mathblog.engine.cache.store import Store
from mathblog.engine.katex.budget import FormulaBudget
from mathblog.engine.stages.workers.attendant import Attendant, Chunk, Deal, WorkerEndedError
from mathblog.engine.stages.workers.worker import Assignment, ChunkAnswer


@dataclass(frozen=True, slots=True)
class SharedWork:
    """Work for several processes: `chunks` of items, and what workers are told once.

    `here` does a chunk in this process, `refuse` an item that no process survived.
    """

    assignment: Assignment
    chunks: Sequence[tuple[Any, ...]]
    here: Callable[[Sequence[Any]], list[Any]]
    refuse: Callable[[Any], Any]


class WorkerPool:
    """Owns the worker processes of a blog's builds: `jobs` less this one, started when they are first wanted.

    What their formulas take is taken from the `budget`.
    """

    def __init__(self, jobs: int, budget: FormulaBudget) -> None:
        self._jobs = jobs
        self._budget = budget
        self._attendants: list[Attendant] = []

    def start(self) -> None:
        """Start the processes, without waiting for them: they load their libraries while this one goes on."""
        if not self._attendants:
            self._attendants = [Attendant() for _ in range(self._jobs - 1)]
            for attendant in self._attendants:
                attendant.start()

    @property
    def is_running(self) -> bool:
        """Whether there are processes, and none that could not be started."""
        return bool(self._attendants) and not any(attendant.gave_up for attendant in self._attendants)

    def share(self, work: SharedWork, store: Store) -> Generator[Any, None, None]:
        """Return what was made of each item, in no particular order; what workers note goes into the store.

        A chunk whose process ends is done again by another one; an item that ends two is refused.
        """
        self.start()
        try:
            for answer in self._deal(work):
                self._budget.charge(answer.spent)
                for key, data in answer.noted.items():
                    store.put_encoded(key, data)
                yield from answer.made
        except BaseException:
            self.kill()
            raise

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

    def _deal(self, work: SharedWork) -> Iterator[ChunkAnswer]:
        """Answers to all chunks: those of the workers as they come, and between them of one that is done here."""
        deal = Deal(work.assignment, work.chunks, self._budget)
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
                    yield ChunkAnswer(work.here(chunk.items), {})
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
                yield ChunkAnswer([work.refuse(chunk.items[0])], {})


def _try_again(chunk: Chunk) -> list[Chunk]:
    """Return the chunks that replace one without an answer: the same once more, then each item alone.

    Nothing is left to do about an item alone that more than one process ended over.
    """
    if not chunk.tries:
        return [Chunk(chunk.items, 1)]
    return [Chunk((item,), 1) for item in chunk.items] if len(chunk.items) > 1 else []
