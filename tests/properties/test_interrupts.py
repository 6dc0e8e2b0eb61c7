"""A build that is told to stop ends at once, with everything it had begun taken away, and the old site as it was."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.site import Site, program_environment

POSTS = 150
LONGEST = 10.0  # seconds from the signal to the end, of a build that would take 30

_SLOW = """
import sys, time
from mathblog.engine import build_order as making
real = making.lay_out_site

def slow(*arguments):
    print("busy", flush=True)
    result = real(*arguments)
    time.sleep(30)
    return result

making.lay_out_site = slow
from mathblog.cli.main import main
main()
"""
_MANY = """
from mathblog.engine.stages import compiling
compiling._CHUNK = 60_000
from mathblog.cli.main import main
if __name__ == "__main__":
    main()
"""

_LOADING = """
import sys

class Interrupt:
    def find_spec(self, name, *_):
        if name == "mathblog.cli.main":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupt())
from mathblog.__main__ import main
main()
"""


def fill(site: Site) -> Site:
    return site.post("2018-10-06-a", "글 $x$").build().is_good()


def start(site: Site, program: list[str], *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *program, "build", *site.flags, *arguments],
        env=program_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def leftovers(site: Site) -> list[Path]:
    return [*site.output.glob(".mathblog-staging*"), *site.output.glob(".mathblog-lock"), *site.output.glob("*.new")]


def children_of(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in tasks.read_text().split()] if tasks.exists() else []


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_a_build(site: Site, number: signal.Signals, code: int) -> None:
    before = fill(site).files()
    site.post("2018-10-07-b", "neu $y$")
    process = start(site, ["-c", _SLOW])
    assert process.stdout is not None
    assert process.stdout.readline() == "busy\n"
    end = time.monotonic() + 10
    while not (site.output / ".mathblog-staging").exists():
        assert time.monotonic() < end, "nothing was staged"
        time.sleep(0.02)
    time.sleep(0.3)
    begun = time.monotonic()
    process.send_signal(number)
    _, errors = process.communicate(timeout=20)
    assert time.monotonic() - begun < LONGEST
    assert (process.returncode, errors.strip()) == (code, "")  # click ends the line that `^C` stands on
    assert site.files() == before
    assert leftovers(site) == []
    site.build().is_good().has("2018/10/07/b.html", "neu")


def test_a_program_that_is_interrupted_while_it_loads_ends_as_quietly(site: Site) -> None:
    process = start(site, ["-c", _LOADING])
    assert process.communicate(timeout=20) == ("", "")
    assert process.returncode == 130


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks for the workers in /proc")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_workers_too(site: Site, tmp_path: Path, number: signal.Signals, code: int) -> None:
    before = fill(site).files()
    for at in range(POSTS):
        formulas = "\n\n".join(f"$$\\sum_{{i={at}}}^{{{row}}} \\frac{{x_i}}{{{row}}}$$" for row in range(60))
        site.post(f"2018-09-{at % 28 + 1:02}-n{at}", formulas)
    program = tmp_path / "many.py"
    program.write_text(_MANY)
    process = start(site, [str(program)], "-j", "3")
    end = time.monotonic() + 20
    while len(workers := children_of(process.pid)) < 2 and time.monotonic() < end:
        time.sleep(0.02)
    assert workers, "no workers were started"
    time.sleep(1.5)
    assert process.poll() is None, "the build was over before the signal"
    begun = time.monotonic()
    process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    seconds = time.monotonic() - begun
    assert process.returncode == code, errors  # V8 may have a word on standard error when it is interrupted
    assert seconds < LONGEST
    time.sleep(0.3)
    assert not [pid for pid in workers if is_alive(pid)]
    assert site.files() == before
    assert leftovers(site) == []


@pytest.mark.slow
def test_no_build_hangs_at_its_end(site: Site) -> None:
    fill(site)
    for run in range(10):
        site.post("2018-10-07-b", f"neu $y + {run}$")
        process = start(site, ["-m", "mathblog"])
        _, errors = process.communicate(timeout=20)
        assert (process.returncode, errors) == (0, "")


def test_a_build_that_ends_while_it_writes_the_manifest_leaves_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", refuse)
    assert site.post("2018-10-06-a", "글 $x$").build().code == 3
    assert leftovers(site) == []
    monkeypatch.undo()
    site.build().is_good()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
@pytest.mark.parametrize("moment", range(6))
def test_a_build_that_was_killed_leaves_whole_files(site: Site, moment: int) -> None:
    """`kill -9` at any moment: every file is the old or the new one, and the next build repairs the rest."""
    before = fill(site).files()
    for at in range(40):
        site.post(f"2018-09-{at % 28 + 1:02}-n{at}", f"글 {at} $x + {at}$")
    clean = Site(site.source, site.output.with_name("clean"))
    assert clean.run("--no-cache").exit_code == 0
    after = clean.files()
    process = start(site, ["-m", "mathblog"])
    time.sleep(0.15 + 0.12 * moment)
    process.kill()
    process.communicate(timeout=20)
    for path, content in site.files().items():
        assert content in (before.get(path), after.get(path)), path
    site.build().is_good()
    assert site.files() == after
    assert leftovers(site) == []
