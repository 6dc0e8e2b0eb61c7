"""An editable install gets KaTeX in its source folder, and npm is asked once."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILD = "import sys; from hatchling.build import build_editable; build_editable(sys.argv[1])"
NO_NPM = {"npm_config_offline": "true", "npm_config_cache": "nothing-was-ever-fetched"}

pytestmark = pytest.mark.slow


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What the build needs of the repository, without what an earlier install left in it."""
    folder = tmp_path / "clone"
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("_katex", "__pycache__"))
    for name in (
        "hatch_build.py",
        "lighter_fonts.py",
        "package.json",
        "package-lock.json",
        "pyproject.toml",
        "LICENSE",
        "README.md",
    ):
        shutil.copy(ROOT / name, folder)
    return folder


def build_editable(clone: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", BUILD, clone.parent]
    return subprocess.run(command, check=False, capture_output=True, text=True, cwd=clone, env=os.environ | env)


def test_katex_is_fetched_once_and_again_when_damaged(clone: Path) -> None:
    katex = clone / "src" / "mathblog" / "_katex"
    first = build_editable(clone, {"npm_config_prefer_offline": "true"})
    assert first.returncode == 0, first.stderr
    assert len(list(katex.glob("fonts/*.woff2"))) == 24

    again = build_editable(clone, NO_NPM)
    assert again.returncode == 0, again.stderr

    (katex / "katex.min.js").write_text("damaged")
    damaged = build_editable(clone, NO_NPM)
    assert damaged.returncode != 0
    assert "building mathblog needs a connection to an npm registry" in damaged.stderr
    assert "ENOTCACHED" in damaged.stderr
