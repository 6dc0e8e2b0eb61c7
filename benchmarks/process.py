"""One command as a whole process: its wall time, its CPU time with its children's, its memory and the whole tree's."""

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_SAMPLE = 0.02  # seconds between two looks at the tree's memory
_MB = 1 << 20
OFFLINE = {"MATHBLOG_OFFLINE": "1"}  # the network is not what is measured


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process cost: seconds and megabytes (2^20 bytes).

    `peak` is that of the largest process of the tree; `tree` is the largest sum over the tree that was seen, in which
    memory that processes share counts once for each. Linux is the only system where `tree` is sampled.
    """

    wall: float
    cpu: float
    peak: float
    tree: float


class CommandFailed(Exception):  # noqa: N818 - it is what happened
    """A measured command did not exit with 0."""


def run_measured(command: Sequence[str], log: Path) -> Cost:
    """Run a command to its end; what it prints is appended to `log`.

    Raises:
        CommandFailed: when it exits with anything but 0.

    """
    with log.open("ab") as output:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, env=os.environ | OFFLINE
        )
        sampler = _Sampler(process.pid)
        sampler.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        sampler.stop()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        message = f"exit code {process.returncode}, see {log}: {' '.join(command)}"
        raise CommandFailed(message)
    peak = usage.ru_maxrss * 1024 / _MB
    return Cost(wall, usage.ru_utime + usage.ru_stime, peak, max(peak, sampler.peak / _MB))


class _Sampler(threading.Thread):
    """Looks again and again at the memory of a process and of all below it."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._end = threading.Event()
        self.peak = 0

    def run(self) -> None:
        while not self._end.wait(_SAMPLE):
            self.peak = max(self.peak, sum(resident(pid) for pid in tree(self._pid)))

    def stop(self) -> None:
        """Wait for the last look."""
        self._end.set()
        self.join()


def tree(pid: int) -> Iterator[int]:
    """A process and all below it; on another system than Linux, the process alone."""
    yield pid
    try:
        children = [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except OSError:  # it ended, or this is not Linux
        return
    for child in children:
        yield from tree(child)


def resident(pid: int) -> int:
    """Bytes of memory that a process has; 0 where it is gone, or the system does not tell."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0
