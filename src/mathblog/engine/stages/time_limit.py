"""A limit for the time that a page may take, in whatever process and thread the page is made."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from mathblog.pipeline.compiling.options import PageTimeoutError

_AGAIN = 1.0  # seconds: an exception is lost that is raised in a callback of the garbage collector


@contextmanager
def limit_time(seconds: float) -> Iterator[None]:
    """Stop what the body does after some seconds. Within another limit, the outer one begins again afterwards.

    In the main thread this is an alarm, which ends a long search of a regular expression as well. In other threads, and
    on Windows, a thread that waits raises the exception here: at the next step of Python's, not within a call.

    Raises:
        PageTimeoutError: when the time is over.

    """
    if hasattr(signal, "SIGALRM") and threading.current_thread() is threading.main_thread():
        limit = _by_alarm(seconds)
    else:
        limit = _by_thread(seconds)
    with limit:
        yield


@contextmanager
def _by_alarm(seconds: float) -> Iterator[None]:
    inside = True

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        if inside:
            raise PageTimeoutError

    handler = signal.signal(signal.SIGALRM, interrupt)
    outer = signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        try:
            yield
        finally:
            inside = False  # an alarm at this moment must not keep the timer from being reset
    finally:
        signal.setitimer(signal.ITIMER_REAL, *outer)
        signal.signal(signal.SIGALRM, handler)


@contextmanager
def _by_thread(seconds: float) -> Iterator[None]:
    import ctypes

    here, lock, over = ctypes.c_ulong(threading.get_ident()), threading.Lock(), threading.Event()

    def interrupt() -> None:
        pause = seconds
        while not over.wait(pause):
            with lock:
                if not over.is_set():
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(here, ctypes.py_object(PageTimeoutError))
            pause = _AGAIN

    threading.Thread(target=interrupt, daemon=True).start()
    try:
        yield
    finally:
        with lock:
            over.set()
