"""A line that says how far a build is, on a terminal that somebody looks at, for a build that takes a while."""

import os
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import TextIO

_AFTER = 0.4  # seconds: a shorter build is over before anybody wonders
_EVERY = 0.1
_WIDTH = 24
_WORTH_TELLING = 2.0  # seconds of a phase, before which its rate says nothing of the time that is left


class ProgressLine:
    """Draws over itself on the terminal that takes the errors, from a thread of its own: it moves also while a long step goes on.

    In a pipe, in CI and on a terminal that cannot go back in its line it draws nothing. It may be used for several builds.
    """

    def __init__(self, *, shown: bool) -> None:
        self._stream = sys.stderr
        self._shown = shown and is_watched(self._stream, os.environ)
        self._lock = threading.Lock()
        self._phase = ""
        self._done = self._total = 0
        self._since = 0.0
        self._drawn = False
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def __call__(self, phase: str, done: int, total: int) -> None:
        """Note that `done` of the `total` steps of a phase are done."""
        if not self._shown:
            return
        if phase != self._phase:
            self._phase, self._since = phase, time.monotonic()
        self._done, self._total = done, total
        if self._thread is None:
            self._over.clear()
            self._thread = threading.Thread(target=self._draw, daemon=True)
            self._thread.start()

    def clear(self) -> None:
        """Leave the line as it was found, and draw no more."""
        if self._thread is not None:
            self._over.set()
            self._thread.join()
            self._thread, self._phase = None, ""
        self._wipe()

    def telling(self, tell: Callable[[str], None]) -> Callable[[str], None]:
        """The function `tell`, for which the line makes room."""

        def say(text: str) -> None:
            with self._lock:
                self._wipe()
                tell(text)

        return say

    def _draw(self) -> None:
        begun = time.monotonic()
        self._over.wait(_AFTER)
        while not self._over.wait(_EVERY):
            with self._lock:
                import shutil

                now = time.monotonic()
                line = describe(self._phase, self._done, self._total, now - self._since, now - begun)
                self._stream.write(f"\r{line[: shutil.get_terminal_size().columns - 1]}\x1b[K")
                self._stream.flush()
                self._drawn = True

    def _wipe(self) -> None:
        if self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._drawn = False


def is_watched(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether somebody sees how a line of this stream changes."""
    return stream.isatty() and not environment.get("CI") and environment.get("TERM") != "dumb"


def describe(phase: str, done: int, total: int, seconds: float, elapsed: float) -> str:
    """`  compiling ████░░░░ 410 of 3,000, 205 a second, 13 s left`; `seconds` are those of the phase, `elapsed` of all."""
    filled = _WIDTH * done // max(total, 1)
    line = f"  {phase} {'█' * filled}{'░' * (_WIDTH - filled)} {done:,} of {total:,}"
    if not done or done == total or seconds < _WORTH_TELLING:
        return f"{line}, {elapsed:.1f} s"
    rate = done / seconds
    shown = f"{rate:,.0f}" if rate >= _SMALL else f"{rate:.1f}"
    minutes, left = divmod(round((total - done) / rate), 60)
    return f"{line}, {shown} a second, {f'{minutes} min ' if minutes else ''}{left} s left"


_SMALL = 10  # a rate below it is shown with a tenth
