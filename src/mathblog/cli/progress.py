"""A line that says how far a build is, on a terminal, for a build of more than a second."""

import sys
import time

_AFTER = 1.0  # seconds: a shorter build is over before anybody wonders
_EVERY = 0.1
_WIDTH = 30


class ProgressLine:
    """Draws over itself on the terminal that takes the errors; in a pipe it draws nothing."""

    def __init__(self, *, shown: bool) -> None:
        self._stream = sys.stderr
        self._shown = shown and self._stream.isatty()
        self._next = time.monotonic() + _AFTER
        self._drawn = False

    def __call__(self, done: int, total: int) -> None:
        """Show `done` of `total` documents."""
        if not self._shown or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _EVERY
        self._drawn = True
        filled = _WIDTH * done // max(total, 1)
        self._stream.write(f"\r  {'█' * filled}{'░' * (_WIDTH - filled)} {done:,} of {total:,}")
        self._stream.flush()

    def clear(self) -> None:
        """Leave the line as it was found."""
        if self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
