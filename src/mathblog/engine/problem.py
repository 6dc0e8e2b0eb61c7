"""The exception that stops a build before it has pages to report on; `cli` turns it into an exit code."""

import os
from functools import partial

USAGE = 2
ENVIRONMENT = 3


class BuildStopped(Exception):  # noqa: N818 - it is the end of a run, not always a fault
    """The build cannot go on: `code` is the exit code (2 usage or configuration, 3 environment), `hint` the next step."""

    def __init__(self, message: str, *, code: int, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        """Back from a worker process with everything that it said."""
        return (partial(BuildStopped, code=self.code, hint=self.hint), (str(self),))


def stopped_by(fault: BaseException) -> BuildStopped | None:
    """Return the end of a run by the system's word about a file that nobody expected; None for any other fault."""
    if not isinstance(fault, OSError) or fault.filename is None:
        return None
    reason = (fault.strerror or type(fault).__name__).lower()
    return BuildStopped(f"cannot use `{os.fsdecode(fault.filename)}`: {reason}", code=ENVIRONMENT)
