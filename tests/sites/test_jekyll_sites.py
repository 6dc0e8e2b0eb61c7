"""Five Jekyll sites build unchanged to what Jekyll makes of them.

The sites stand in `jekyll/NAME/site`, with Jekyll's own output beside them, so that no Ruby is needed; `jekyll/make_reference.py` says how
that was made. The promise is 99.7 of 100, in content (our theme) and in full (the site's own layouts).
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.parity import Mode, compare
from support.site import REPOSITORY, Site

SITES = Path(__file__).parent / "jekyll"
SHARED = REPOSITORY.parent / "shared"
TOOL, BLOG = SHARED / "tools/parity.py", SHARED / "cases/seed-blog"
PROMISE = 0.997
BASEURLS = {"bare": "/lab-notebook", "course": "/ds", "dollars": "", "korean": "/notes", "magazine": "/carnet"}
THEMED = ("course", "dollars", "korean", "magazine")  # `bare` leaves its looks to a gem
DOLLARS = {"dollars"}

needs_tool = pytest.mark.skipif(not TOOL.is_file(), reason="the tool is not at hand")


def build(source: Path, tmp_path: Path, mode: Mode) -> Site:
    """Build a copy of a site; its content is compared in our theme."""
    shutil.copytree(source, tmp_path / "site")
    if mode == "content":
        shutil.rmtree(tmp_path / "site/_layouts", ignore_errors=True)
    blog = Site(tmp_path / "site", tmp_path / "public").build()
    assert [problem for problem in blog.done.diagnostics if problem.severity == "error"] == []
    return blog


def expected(name: str, mode: Mode) -> Path:
    return SITES / name / "expected" / ("full" if mode == "full" else "body")


def check(name: str, tmp_path: Path, mode: Mode) -> None:
    blog = build(SITES / name / "site", tmp_path, mode)
    parity = compare(expected(name, mode), blog.output, mode, baseurl=BASEURLS[name], dollars=name in DOLLARS)
    assert parity.score >= PROMISE, parity.report()
    copied = (SITES / name / "expected/copied.txt").read_text(encoding="utf-8").splitlines()
    assert set(copied) <= blog.files().keys()


@pytest.mark.parametrize("name", BASEURLS)
def test_the_content_is_jekylls(name: str, tmp_path: Path) -> None:
    check(name, tmp_path, "content")


@pytest.mark.parametrize("name", THEMED)
def test_whole_pages_are_jekylls(name: str, tmp_path: Path) -> None:
    check(name, tmp_path, "full")


def tool_score(reference: Path, blog: Site, source: Path, mode: Mode, *options: str) -> tuple[float, str]:
    """What the shared tool says, in hundredths."""
    command = [sys.executable, TOOL, reference, blog.output, "--src", source, "--mode", mode, "-v", *options]
    shown = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True).stdout
    total = re.search(r"^total ([\d.]+) ", shown, re.MULTILINE)
    assert total, shown
    return float(total[1]), shown


@needs_tool
@pytest.mark.parametrize(
    ("name", "mode"), [*((name, "content") for name in BASEURLS), *((name, "full") for name in THEMED)]
)
def test_the_shared_tool_agrees(name: str, mode: Mode, tmp_path: Path) -> None:
    source = SITES / name / "site"
    blog = build(source, tmp_path, mode)
    dollar = "single" if name in DOLLARS else "double"
    score, shown = tool_score(expected(name, mode), blog, source, mode, "--dollar", dollar)
    assert score >= 100 * PROMISE, shown


@needs_tool
@pytest.mark.skipif(not BLOG.is_dir(), reason="the case is not at hand")
def test_the_seed_blog_is_jekylls(tmp_path: Path) -> None:
    blog = build(BLOG / "site", tmp_path, "content")
    score, shown = tool_score(BLOG / "expected", blog, BLOG / "site", "content")
    assert score >= 100 * PROMISE, shown
