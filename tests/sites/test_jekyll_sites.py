"""Jekyll sites build unchanged to what Jekyll makes of them: five blogs, and ten in the manner of popular themes.

The sites stand in `jekyll/NAME/site`, with Jekyll's own output beside them, so that no Ruby is needed; `jekyll/make_reference.py` says how
that was made. The promise is 99.7 of 100, in content (our theme), in full (the site's own layouts), and in full with
`JEKYLL_ENV=production`, where many themes squeeze their pages.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from support.parity import Mode, compare
from support.site import REPOSITORY, Site

SITES = Path(__file__).parent / "jekyll"
SHARED = REPOSITORY.parent / "shared"
TOOL, BLOG = SHARED / "tools/parity.py", SHARED / "cases/seed-blog"
PROMISE = 0.997
BASEURLS = {
    "bare": "/lab-notebook",
    "course": "/ds",
    "dollars": "",
    "korean": "/notes",
    "magazine": "/carnet",
    # in the manner of Minimal Mistakes, academicpages, Chirpy, just-the-docs, al-folio,
    "mistakes": "/analysis",
    "academic": "",
    "chirp": "",
    "docs": "/la",
    "folio": "/people/ortega",
    # tufte-jekyll, Hydejack, So Simple, TeXt, Beautiful Jekyll
    "tufte": "/margins",
    "hyde": "/hyde",
    "simple": "",
    "text": "/t",
    "beautiful": "",
}
DOLLARS = {"dollars", "mistakes", "academic", "chirp", "docs", "folio", "simple", "text", "beautiful"}
OWN_LAYOUTS = [name for name in BASEURLS if name != "bare"]
CASES = [(name, "content") for name in BASEURLS] + [(name, "full") for name in OWN_LAYOUTS]

Build = Callable[[Path, Mode], Site]
each_case = pytest.mark.parametrize(("name", "mode"), CASES)
needs_tool = pytest.mark.skipif(not TOOL.is_file(), reason="the tool is not at hand")


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Build a copy of a site, once for all tests; for its content without its layouts, so that our theme is used."""

    @cache
    def made(source: Path, mode: Mode) -> Site:
        folder = tmp_path_factory.mktemp("jekyll")
        shutil.copytree(source, folder / "site")
        if mode == "content":
            shutil.rmtree(folder / "site/_layouts", ignore_errors=True)
        return Site(folder / "site", folder / "public").build()

    return made


def expected(name: str, kind: str) -> Path:
    """Jekyll's output: `content`, `full`, or `production`, which has only what differs from `full`."""
    return SITES / name / "expected" / ("body" if kind == "content" else kind)


@each_case
def test_a_site_is_jekylls(name: str, mode: Mode, build: Build) -> None:
    blog = build(SITES / name / "site", mode)
    assert [problem for problem in blog.done.diagnostics if problem.severity == "error"] == []
    parity = compare(expected(name, mode), blog.output, mode, baseurl=BASEURLS[name], dollars=name in DOLLARS)
    assert parity.score >= PROMISE, parity.report()
    copied = (SITES / name / "expected/copied.txt").read_text(encoding="utf-8").splitlines()
    assert set(copied) <= blog.files().keys()


@pytest.mark.parametrize("name", OWN_LAYOUTS)
def test_a_published_site_is_jekylls(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JEKYLL_ENV", "production")
    shutil.copytree(SITES / name / "site", tmp_path / "site")
    shutil.copytree(expected(name, "full"), tmp_path / "expected")
    if expected(name, "production").is_dir():
        shutil.copytree(expected(name, "production"), tmp_path / "expected", dirs_exist_ok=True)
    blog = Site(tmp_path / "site", tmp_path / "public").build()
    assert [problem for problem in blog.done.diagnostics if problem.severity == "error" or problem.code == "math"] == []
    parity = compare(tmp_path / "expected", blog.output, "full", baseurl=BASEURLS[name], dollars=name in DOLLARS)
    assert parity.score >= PROMISE, parity.report()


@each_case
def test_every_formula_is_rendered(name: str, mode: Mode, build: Build) -> None:
    blog = build(SITES / name / "site", mode)
    assert [problem for problem in blog.done.diagnostics if problem.code == "math"] == []


def tool_score(reference: Path, blog: Site, source: Path, mode: Mode, *options: str) -> tuple[float, str]:
    """What the shared tool says, in hundredths."""
    command = [sys.executable, TOOL, reference, blog.output, "--src", source, "--mode", mode, "-v", *options]
    shown = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True).stdout
    total = re.search(r"^total ([\d.]+) ", shown, re.MULTILINE)
    assert total, shown
    return float(total[1]), shown


@needs_tool
@each_case
def test_the_shared_tool_agrees(name: str, mode: Mode, build: Build) -> None:
    source = SITES / name / "site"
    dollar = "single" if name in DOLLARS else "double"
    score, shown = tool_score(expected(name, mode), build(source, mode), source, mode, "--dollar", dollar)
    assert score >= 100 * PROMISE, shown


@needs_tool
@pytest.mark.skipif(not BLOG.is_dir(), reason="the case is not at hand")
def test_the_seed_blog_is_jekylls(build: Build) -> None:
    score, shown = tool_score(BLOG / "expected", build(BLOG / "site", "content"), BLOG / "site", "content")
    assert score >= 100 * PROMISE, shown
