"""No module of Python that lies in a site is run, however mathblog is started there."""

import subprocess
import sys
from pathlib import Path

import pytest

from support.site import Site, program_environment

# modules of the standard library and of others that Python, a worker and mathblog import
MODULES = """
    click encodings json markdown_it msgpack multiprocessing pickle quickjs re runpy signal site sitecustomize threading
    usercustomize yaml zipfile
""".split()  # noqa: SIM905 - a list of words
_PROGRAM = """
from mathblog.engine.stages import compiling
compiling._CHUNK = 3_000
from mathblog.cli.main import main
if __name__ == "__main__":
    main()
"""
IN_ASCII = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.fixture
def trap(site: Site) -> Path:
    """A site for several processes whose modules leave a file behind when they are run; that file."""
    for at in range(60):
        site.post(f"2018-10-06-n{at}", "\n\n".join(f"$$x^{{{at}}}_{{{row}}}$$" for row in range(40)))
    marked = site.source.parent / "marked"
    text = f"open({str(marked)!r}, 'a').write(__name__ + ' ')\n"
    site.write({f"{name}.py": text for name in MODULES})
    return marked


def _start(site: Site, *command: str, **environment: str) -> None:
    done = subprocess.run(
        [sys.executable, *command, "build", *site.flags, "--no-cache", "-j", "3"],
        cwd=site.source,
        env=program_environment(**environment),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _was_run(marked: Path) -> str:
    return marked.read_text() if marked.exists() else ""


@pytest.mark.parametrize("environment", [{}, IN_ASCII], ids=["", "ascii"])
def test_workers_run_no_module_of_the_site(site: Site, trap: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    program = tmp_path / "program" / "mathblog-program.py"  # as the script that an installer writes: elsewhere
    program.parent.mkdir()
    program.write_text(_PROGRAM)
    _start(site, str(program), **environment)
    assert not _was_run(trap)


@pytest.mark.parametrize("environment", [{}, IN_ASCII], ids=["", "ascii"])
def test_the_program_as_a_module_runs_no_module_of_the_site(
    site: Site, trap: Path, environment: dict[str, str]
) -> None:
    _start(site, "-m", "mathblog", **environment)
    assert not _was_run(trap)
