"""The logs of libraries: a module of its own, as only a preview needs Python's `logging`."""

import logging
from collections.abc import Callable


class LogHandler(logging.Handler):
    """Hands lines of logs, from warnings on, to a function that prints them on standard error."""

    def __init__(self, say: Callable[..., None]) -> None:
        super().__init__(logging.WARNING)
        self._say = say

    def emit(self, record: logging.LogRecord) -> None:
        """Print one record, a traceback included."""
        self._say(*f"mathblog: {self.format(record)}".split("\n"), err=True)
