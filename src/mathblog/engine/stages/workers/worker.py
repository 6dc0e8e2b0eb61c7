"""The program of a worker process: its tools, and the chunks that it is given."""

import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from multiprocessing.util import Finalize
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_DEATH_SIGNAL = 1  # `PR_SET_PDEATHSIG`


class ChunkAnswer(NamedTuple):
    """A worker's answer to a chunk: what it made of each item, and what it noted for the store, encoded.

    `spent` are the seconds that its formulas took of the build's budget, less what they brought.
    """

    made: list[Any]
    noted: dict[str, bytes]
    spent: float = 0.0


Desk: TypeAlias = Callable[[Sequence[Any]], ChunkAnswer]


class Bench:
    """The things that a worker keeps from one assignment to the next: its engines, which start when they are used."""

    def __init__(self) -> None:
        from mathblog.engine.katex.renderers import Renderers
        from mathblog.engine.sass_compiler import SassEngine

        self.renderers, self.sass = Renderers(), SassEngine()
        Finalize(None, self.renderers.close, exitpriority=10)
        Finalize(None, self.sass.close, exitpriority=10)


class Assignment(Protocol):
    """The values that a worker is given once: everything that its answers to chunks depend on."""

    def take(self, bench: Bench) -> Desk:
        """Return a function that answers chunks of this assignment."""


def begin() -> None:
    """Load what every chunk needs, while the parent still reads the sources."""
    import mathblog.liquid.expand
    import mathblog.markdown.render
    import mathblog.pipeline.compiling.compile  # noqa: F401 - for the time it takes
    from mathblog.engine.collector import collect_less
    from mathblog.extend.extensions import preload
    from mathblog.pipeline.extensions import BUILTINS

    collect_less()
    preload(BUILTINS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its workers


def work(pipe: "Connection", load: Callable[[], None]) -> None:
    """The life of a worker: it loads what chunks need, says that it is ready, and answers chunks until the pipe closes.

    Through the pipe come assignments, and chunks of the last one, which are tuples of their items and what is left of the build's budget
    for formulas. An answer is a `ChunkAnswer`, or the exception that a chunk ended in.
    """
    end_with_parent()
    load()
    bench: Bench | None = None
    desk: Desk | None = None
    try:
        pipe.send(None)
        while True:
            message = pipe.recv()
            if not isinstance(message, tuple):
                bench = bench or Bench()
                assignment: Assignment = message
                desk = assignment.take(bench)
            elif desk is not None and bench is not None:
                items, budget = message[0], bench.renderers.budget
                budget.left = left = message[1]
                try:
                    answer: ChunkAnswer | Exception = desk(items)._replace(spent=left - budget.left)
                except Exception as error:  # noqa: BLE001 - it is raised again in the parent
                    answer = error
                    error.add_note(traceback.format_exc())
                    try:
                        pickle.loads(pickle.dumps(error))  # noqa: S301 - whether the parent can
                    except Exception:  # noqa: BLE001 - so it cannot
                        answer = RuntimeError(traceback.format_exc())
                pipe.send(answer)
    except (EOFError, OSError):  # the parent needs no more, or is gone
        return


def end_with_parent() -> None:
    """See that this process ends when its parent does, however that ends.

    The kernel does it where it can (`prctl(2)`, also in the middle of a call that never returns), else a thread waits for
    the pipe that closes with the parent. One that is gone already is noticed by both.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != parent.pid:
            os._exit(1)
    threading.Thread(target=_end_after, args=(parent,), daemon=True, name="parent").start()


def _end_after(parent: "BaseProcess") -> None:
    parent.join()
    os._exit(1)
