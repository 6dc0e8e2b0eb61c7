"""How the CPU time of a cold build is spread over its processes, and so what it would take with as many free processors.

    python benchmarks/cores.py --posts 1000 --jobs 8

It works on a machine with fewer processors, since CPU time is counted and not the time of the clock. Linux only.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus import write_blog
from machine import describe
from process import OFFLINE, tree

_SAMPLE = 0.02  # seconds between two looks; what a process does after the last one is not counted
_TICK = os.sysconf("SC_CLK_TCK")


def seconds(stat: Path) -> float:
    """The CPU time of a process or a thread, by its file `stat` of /proc; 0 where it is gone."""
    try:
        fields = stat.read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICK


def watch(command: list[str]) -> tuple[float, float, list[float]]:
    """CPU seconds of the first process's main thread, of its other threads, and of each process below it, the largest first.

    Raises:
        CalledProcessError: when the command does not exit with 0.

    """
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=os.environ | OFFLINE)
    main, whole = 0.0, {process.pid: 0.0}
    while process.poll() is None:
        main = max(main, seconds(Path(f"/proc/{process.pid}/task/{process.pid}/stat")))
        for pid in tree(process.pid):
            whole[pid] = max(whole.get(pid, 0.0), seconds(Path(f"/proc/{pid}/stat")))
        time.sleep(_SAMPLE)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return main, whole.pop(process.pid) - main, sorted(whole.values(), reverse=True)


def main() -> int:
    """Build once for each number of processes, and print what each process took."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--formulas", type=int, default=10)
    parser.add_argument("--jobs", type=lambda text: [int(word) for word in text.split(",")], default=[1, 2, 8])
    asked = parser.parse_args()
    print(describe() + "\n")
    print("| processes | main thread s | its other threads s | workers s | main thread and largest worker s | all s |")
    print("|--:|--:|--:|---|--:|--:|")
    for jobs in asked.jobs:
        with tempfile.TemporaryDirectory() as folder:
            blog, site = Path(folder) / "blog", Path(folder) / "site"
            list(write_blog(blog, asked.posts, asked.formulas, seed=1))
            mathblog = [sys.executable, "-m", "mathblog"]
            first, threads, workers = watch([*mathblog, "build", "-q", f"-j{jobs}", "-s", str(blog), "-d", str(site)])
        each, longest = " ".join(f"{worker:.1f}" for worker in workers), max(workers, default=0.0)
        whole = first + threads + sum(workers)
        print(f"| {jobs} | {first:.2f} | {threads:.2f} | {each} | {first + longest:.2f} | {whole:.2f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
