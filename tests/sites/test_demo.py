"""The blog of this repository, whose root is its source."""

from pathlib import Path

from mathblog.engine.builder import build
from mathblog.engine.request import BuildRequest
from support.site import REPOSITORY


def test_nothing_of_the_program_is_published(tmp_path: Path) -> None:
    build(BuildRequest(REPOSITORY, overrides={"destination": str(tmp_path)}, jobs=1, use_cache=False))
    pages = {"index.html", "404.html", "feed.xml", "feed.json", "sitemap.xml", "robots.txt"}
    assert {path.name for path in tmp_path.iterdir() if path.is_file() and not path.name.startswith(".")} == pages
    assert not [path for name in ("src", "tests", "docs", "themes", "examples") for path in tmp_path.glob(name)]
