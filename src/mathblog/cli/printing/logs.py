"""The logs of libraries: a module of its own, as only a preview needs Python's `logging`."""

import logging
from collections.abc import Callable


class LogHandler(logging.Handler):
    """Hands lines of logs, from warnings on, to a function that prints them on standard error."""

    def __init__(self, say: Callable[..., None], *, brief: bool = False) -> None:
        super().__init__(logging.WARNING)
        self._say, self._brief = say, brief

    def emit(self, record: logging.LogRecord) -> None:
        """Print one record: all of it, a traceback included, or in `brief` what it says in a line."""
        if self._brief:
            fault = f": {record.exc_info[1]}" if record.exc_info and record.exc_info[1] else ""
            self._say(f"mathblog: {record.getMessage()}{fault}".partition("\n")[0], err=True)
            return
        self._say(*f"mathblog: {self.format(record)}".split("\n"), err=True)
