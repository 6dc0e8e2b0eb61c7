"""One build at a time on one destination: the second waits, or says who is at work; a dead holder holds nothing."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mathblog.engine.output import lock
from mathblog.engine.output.lock import LOCK, hold_lock
from mathblog.engine.problem import BuildStopped
from support.site import Site, program_environment

_HOLDER = """
import sys, time
from pathlib import Path
from mathblog.engine.output.lock import hold_lock
with hold_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def start_holder(root: Path, seconds: float) -> subprocess.Popen[str]:
    """Another process that holds the lock; it has it when this returns."""
    arguments = [sys.executable, "-c", _HOLDER, str(root), str(seconds)]
    process = subprocess.Popen(arguments, env=program_environment(), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    process.stdout.close()
    return process


def test_the_lock_leaves_nothing(tmp_path: Path) -> None:
    root = tmp_path / "a/site"
    with hold_lock(root):
        assert (root / LOCK).read_text() == str(os.getpid())
    assert not (tmp_path / "a").exists()


def test_a_second_build_waits(site: Site) -> None:
    process = start_holder(site.output, 1)
    begun = time.monotonic()
    site.post("2018-10-06-a", "글").build().is_good()
    assert time.monotonic() - begun > 0.3
    assert process.wait() == 0
    assert not (site.output / LOCK).exists()


def test_a_second_build_does_not_wait_for_ever(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.post("2018-10-06-a", "글").build().is_good()
    monkeypatch.setattr(hold_lock.__wrapped__, "__defaults__", (0.2,))
    process = start_holder(site.output, 60)
    try:
        site.post("2018-10-06-b", "글").build()
        assert str(site.stop) == f"another mathblog (process {process.pid}) is building into `{site.output}`"
        assert site.code == 3
        assert site.files() == site.before
    finally:
        process.kill()
        process.wait()


def test_a_holder_that_was_killed_holds_nothing(site: Site) -> None:
    process = start_holder(site.output, 60)
    process.kill()
    process.wait()
    assert (site.output / LOCK).exists()
    begun = time.monotonic()
    site.post("2018-10-06-a", "글").build().is_good()
    assert time.monotonic() - begun < lock.PATIENCE / 2
    assert not (site.output / LOCK).exists()


def test_many_builds_at_once_make_one_good_site(site: Site) -> None:
    for day in range(1, 9):
        site.post(f"2018-10-0{day}-p{day}", f"글 $x_{day}$", "tags: [수학]")
    arguments = [sys.executable, "-m", "mathblog", "build", *site.flags]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    started = [subprocess.Popen(arguments, env=program_environment(), **streams) for _ in range(4)]
    for process in started:
        _, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, "")
    made = site.files()
    assert site.build().is_good().files() == made
    assert site.done.published is not None
    assert site.done.published.written == 0
    fresh = Site(site.source, site.output.with_name("fresh"))
    assert fresh.run("--no-cache").exit_code == 0
    assert fresh.files() == made


def test_a_folder_that_cannot_be_written_ends_the_build(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BuildStopped, match="cannot write `"), hold_lock(tmp_path / "file/site"):
        pass
