"""Programs of the user's that work on a stranger's text: what bounds them, and that nothing of them is left."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mathblog.engine.programs import running
from mathblog.engine.programs.diagrams import draw
from mathblog.engine.programs.running import run_bounded
from mathblog.model.images.diagrams import Diagram

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits on Windows")
SYSTEM = {"PATH": os.environ["PATH"]}


def run(folder: Path, script: str, *, seconds: float = 20, text: str = "") -> running.Finished:
    return run_bounded(["/bin/sh", "-c", script], str(folder), SYSTEM, text, seconds=seconds)


def test_what_goes_in_and_comes_out(tmp_path: Path) -> None:
    assert run(tmp_path, "cat; echo odd >&2; env | wc -l; exit 3", text="가\n")[::2] == (3, "odd\n")
    assert run(tmp_path, "cat; pwd", text="가\n").printed == f"가\n{tmp_path}\n"


def test_nothing_of_the_users_environment_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SECRET", "x")
    assert "SECRET" not in run(tmp_path, "env").printed


def test_memory_time_files_and_dumps_have_limits(tmp_path: Path) -> None:
    found = run(tmp_path, "ulimit -v; ulimit -t; ulimit -f; ulimit -c").printed.split()
    assert found[:2] == [str(running._MEMORY >> 10), "21"]
    assert found[3] == "0"
    assert int(found[2]) in (
        running._WRITTEN >> 9,
        running._WRITTEN >> 10,
    )  # in blocks, which shells count as they like


def test_a_program_that_prints_without_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its output was kept in memory, all of it."""
    monkeypatch.setattr(running, "_WRITTEN", 1 << 16)
    done = run(tmp_path, "exec yes")
    assert (done.code, len(done.printed)) == (-signal.SIGXFSZ, 1 << 16)


def test_what_it_started_ends_with_it(tmp_path: Path) -> None:
    """Also where it is stopped; a child of a shell went on after that."""
    for script, seconds in (("sleep 60 & echo $! > pid", 20), ("sleep 60 & echo $! > pid; sleep 60", 0.5)):
        try:
            run(tmp_path, script, seconds=seconds)
        except subprocess.TimeoutExpired:
            assert seconds < 1
        child = int((tmp_path / "pid").read_text())
        for _ in range(200):
            if not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text().split()[2]:
                break
            time.sleep(0.01)
        else:
            pytest.fail("the child is alive")


@pytest.mark.skipif(sys.platform != "linux", reason="other kernels have no such namespaces")
def test_it_has_no_network(tmp_path: Path) -> None:
    """Where the kernel lets a user make a network of his own."""
    allowed = subprocess.run(["unshare", "-Un", "true"], check=False, capture_output=True).returncode == 0
    shared = str(Path("/proc/self/ns/net").readlink()) == run(tmp_path, "readlink /proc/self/ns/net").printed.strip()
    assert shared != allowed
    assert run(tmp_path, "touch a; test -O a; id -u").printed.strip() == str(os.getuid())


@pytest.mark.skipif(not shutil.which("latex"), reason="a LaTeX is more than these tests ask for")
def test_tex_reads_and_writes_nothing_outside(tmp_path: Path) -> None:
    """It can open none of these, so that the text of the diagram is written; `\\write18` and pipes run nothing."""
    (tmp_path / "secret.tex").write_text("secret")
    up = "../" * 12
    paths = ["/etc/passwd", f"{up}etc/passwd", f"{tmp_path}/secret", f"{up[:-1]}{tmp_path}/secret", '|"touch x"', "|id"]
    tries = "".join(rf"\openin\r={path} \ifeof\r\else\undefinedcommand\fi\closein\r " for path in paths)
    runs = rf"\immediate\write18{{touch {tmp_path}/made}}\immediate\write18{{echo}}"
    drawn = draw(Diagram("tikz", rf"\newread\r {tries}{runs}\draw (0,0)--(1,1);", ""))
    assert (drawn.problem, drawn.svg[:4]) == ("", "<svg")
    written = rf"\newwrite\w\immediate\openout\w={tmp_path}/made "
    assert draw(Diagram("tikz", written, "")).problem.startswith("TeX: I can't write on file")
    assert {path.name for path in tmp_path.iterdir()} == {"secret.tex"}


@pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz is more than these tests ask for")
def test_graphviz_reads_no_files(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text('<svg width="1234" height="4321"><text>secret</text></svg>')
    place = f'"{tmp_path}/a.svg"'
    for tried in (f"a[image={place}]", f"a[shape=epsf shapefile={place}]", f"a[label=<<B><IMG SRC={place}/></B>>]"):
        drawn = draw(Diagram("dot", f"digraph {{ b\n#include {place}\n{tried} }}", ""))
        assert "secret" not in drawn.svg
        assert "1234" not in drawn.svg, "the size of a file that is not the diagram's"
