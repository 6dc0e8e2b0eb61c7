"""Processes that are killed: workers end with their parent, and a worker that ends is replaced at once."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.site import Site, program_environment

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
POSTS = 120
ORPHAN_SECONDS = 2.0
_MANY = """
from mathblog.engine.stages import compiling
compiling._CHUNK = 30_000
from mathblog.cli.main import main
if __name__ == "__main__":
    main()
"""


@pytest.fixture
def many(site: Site, tmp_path: Path) -> list[str]:
    """A site of many formulas, and the command that builds it in several processes."""
    for at in range(POSTS):
        formulas = "\n\n".join(f"$$\\sum_{{i={at}}}^{{{row}}} \\frac{{x_i}}{{{row}}}$$" for row in range(60))
        site.post(f"2018-09-{at % 28 + 1:02}-n{at}", formulas)
    program = tmp_path / "many.py"
    program.write_text(_MANY)
    return [sys.executable, str(program), "build", *site.flags, "--no-cache", "-j", "3"]


def start(command: list[str], folder: Path) -> subprocess.Popen[str]:
    environment = program_environment() | {"TMPDIR": str(folder)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def workers_of(pid: int) -> list[int]:
    """The spawned workers of a process, by what their command lines say."""
    found = []
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(child) for child in children.read_text().split()]
    return [child for child in found if "spawn_main" in command_of(child)]


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def wait_for_workers(process: subprocess.Popen[str]) -> list[int]:
    end = time.monotonic() + 30
    while len(workers := workers_of(process.pid)) < 2 and time.monotonic() < end:
        time.sleep(0.01)
    assert workers, "no workers were started"
    return workers


@pytest.mark.parametrize(
    "after", [0.0, 1.5, *(pytest.param(time, marks=pytest.mark.slow) for time in (0.1, 0.4, 0.8, 2.5))]
)
def test_workers_end_with_their_parent(many: list[str], tmp_path: Path, after: float) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    process = start(many, folder)
    workers = wait_for_workers(process)
    time.sleep(after)
    workers = sorted({*workers, *workers_of(process.pid)})
    process.kill()
    process.communicate(timeout=20)
    end = time.monotonic() + ORPHAN_SECONDS
    while (left := [pid for pid in workers if "spawn_main" in command_of(pid)]) and time.monotonic() < end:
        time.sleep(0.02)
    assert not left
    assert not list(folder.iterdir()), "nothing stays in the folder for temporary files"


@pytest.mark.slow
def test_a_worker_that_is_killed_is_replaced_at_once(many: list[str], site: Site, tmp_path: Path) -> None:
    begun = time.monotonic()
    start(many, tmp_path).communicate(timeout=100)
    usual = time.monotonic() - begun
    before = site.files()
    for share in (2, 4, 8, 16):  # a build may be quicker than the first one was
        for path in site.output.rglob("*.html"):
            path.unlink()
        begun = time.monotonic()
        process = start(many, tmp_path)
        wait_for_workers(process)
        time.sleep(usual / share)
        killed = workers_of(process.pid)[:1]
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        _, errors = process.communicate(timeout=100)
        if killed:
            break
    assert killed
    assert process.returncode == 0, errors
    assert site.files() == before
    assert time.monotonic() - begun < 2 * usual + 8
