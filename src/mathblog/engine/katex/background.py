"""Work beside the main thread: only what waits for others (an engine in C++, the disk) is done any sooner by it."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


def in_background(work: Callable[[], T]) -> Callable[[], T]:
    """Begin some work in a thread, and return a function that waits for what it returns or raises.

    The thread is a daemon: a process that is told to stop does not wait for it.
    """
    answer: Future[T] = Future()

    def run() -> None:
        try:
            answer.set_result(work())
        except BaseException as error:  # noqa: BLE001 - whatever it is, it belongs to the one who waits
            answer.set_exception(error)

    Thread(target=run, name="mathblog-background", daemon=True).start()
    return answer.result
