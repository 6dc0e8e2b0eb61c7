"""One way to run a program of the user's on somebody else's text: bounded in time, memory, processes and what it writes.

Its standard output and error are files, so that the limit of a file's size holds for them. Where the kernel allows it, the program
has no network. Whatever it started ends with it, and it ends with this process.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from typing import BinaryIO, NamedTuple

_MEMORY = 2 << 30
_WRITTEN = 1 << 26  # bytes of a file, of what is printed, too
# a process of its own sets the bounds, and becomes the program: in a thread nothing may run between `fork` and `exec`
_BOUNDED = """
import os, signal, sys
for name in ("SIGPIPE", "SIGXFSZ"):
    signal.signal(getattr(signal, name), signal.SIG_DFL)
bounds = []
try:
    import resource
    bounds = [(resource.RLIMIT_AS, int(sys.argv[1])), (resource.RLIMIT_CPU, int(sys.argv[2])), (resource.RLIMIT_FSIZE, int(sys.argv[3])), (resource.RLIMIT_CORE, 0)]
    if sys.platform == "linux":
        import ctypes
        libc, user, group = ctypes.CDLL(None), os.getuid(), os.getgid()
        libc.prctl(1, 9)
        if libc.unshare(0x50000000) == 0:
            bounds.append((resource.RLIMIT_NPROC, 64))
            for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
                with open(f"/proc/self/{name}", "w") as file:
                    file.write(text)
except (ImportError, OSError, AttributeError):
    pass
for kind, most in bounds:
    try:
        resource.setrlimit(kind, (most, most))
    except (ValueError, OSError):
        pass
os.execv(sys.argv[4], sys.argv[4:])
"""


class Finished(NamedTuple):
    """A program that came to its end: its exit code, what it printed, and what it said on standard error."""

    code: int
    printed: str
    said: str


def run_bounded(
    command: Sequence[str], folder: str, environment: Mapping[str, str], text: str = "", *, seconds: float
) -> Finished:
    """Run a program in a folder with this environment and nothing else of the user's, and `text` as its input.

    Raises:
        OSError: where it cannot be started.
        subprocess.TimeoutExpired: where it takes too long.

    """
    limits = (str(_MEMORY), str(int(seconds) + 1), str(_WRITTEN))
    launcher = [sys.executable, "-I", "-S", "-c", _BOUNDED, *limits] if os.name == "posix" else []
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as said:
        given.write(text.encode("utf-8", "replace"))
        given.seek(0)
        process = subprocess.Popen(  # noqa: S603 - a program of the user's own
            [*launcher, *command],
            cwd=folder,
            env=dict(environment),
            stdin=given,
            stdout=printed,
            stderr=said,
            start_new_session=True,
        )
        try:
            code = process.wait(seconds)
        finally:
            _end(process)
        return Finished(code, _read(printed), _read(said))


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a program and all that it started."""
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _read(file: BinaryIO) -> str:
    file.seek(0)
    return file.read(_WRITTEN).decode("utf-8", "replace")
