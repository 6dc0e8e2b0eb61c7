"""Real posts: they build as they are, and say what their authors meant. Skipped where the cases are not at hand."""

import html
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.site import REPOSITORY, Site

SHARED = REPOSITORY.parent / "shared"
POST, BLOG, PARITY = SHARED / "cases/seed-post", SHARED / "cases/seed-blog", SHARED / "tools/parity.py"

needs_post = pytest.mark.skipif(not POST.is_dir(), reason="the case is not at hand")
needs_blog = pytest.mark.skipif(not (BLOG.is_dir() and PARITY.is_file()), reason="the case is not at hand")


def visible(page: str) -> str:
    """The text of a page, without the TeX that stands in its formulas."""
    page = re.sub(
        r'<annotation encoding="application/x-tex">.*?</annotation>|<script.*?</script>', "", page, flags=re.DOTALL
    )
    return html.unescape(re.sub(r"<[^>]+>", "", page))


@needs_post
def test_a_korean_post_on_autoencoders(site: Site) -> None:
    name = "2018-10-06-vae.md"
    site.write({f"_posts/{name}": (POST / name).read_bytes()}).build()
    assert site.code == 0
    assert [problem.code for problem in site.done.diagnostics if problem.code != "image"] == []
    (path,) = (path for path in site.files() if path.endswith("/vae.html"))
    page = site.read(path)
    body = page[page.index("<main") : page.index("</main>")]
    for leftover in ("$$", "{%", "{{", "%}", "}}"):
        assert leftover not in visible(body)
    assert body.count('class="katex-display"') == 1
    assert body.count('class="katex"') == 4
    assert "katex-error" not in body
    assert "math-error" not in body
    assert body.count("<table") == 1
    assert '<figure class="highlight">' in body
    written = re.findall(r"\{\{\s*site\.baseurl\s*\}\}(/[^\s)\"']+)", (POST / name).read_text(encoding="utf-8"))
    assert len(written) == 2
    assert set(written) <= set(re.findall(r'<img[^>]*src="([^"]*)"', body))
    assert len(re.findall("[가-힣]", visible(body))) > 500


@needs_blog
def test_a_blog_is_what_jekyll_makes_of_it(tmp_path: Path) -> None:
    shutil.copytree(BLOG / "site", tmp_path / "site")
    blog = Site(tmp_path / "site", tmp_path / "public").build()
    assert [problem for problem in blog.done.diagnostics if problem.severity == "error"] == []
    assert [problem for problem in blog.done.diagnostics if problem.code == "math"] == []
    arguments = [BLOG / "expected", blog.output, "--src", BLOG / "site", "--mode", "content"]
    shown = subprocess.run(
        [sys.executable, PARITY, *map(str, arguments)], capture_output=True, text=True, check=True
    ).stdout
    total = re.search(r"^total ([\d.]+) .* 200 formulas, 0 formulas refused or left as TeX$", shown, re.MULTILINE)
    assert total, shown
    assert float(total[1]) >= 99.7, shown
