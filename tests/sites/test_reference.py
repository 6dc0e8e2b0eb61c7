"""Sites whose pages print every variable come out as Jekyll 4.3.1 makes them: `tests/reference/`."""

from pathlib import Path

import pytest

from mathblog.engine.builder import build
from mathblog.engine.request import BuildRequest
from support.reference import REFERENCE, collect, names, unpack, write

# what mathblog writes besides: assets, and pages that these sites have no place for
OURS = ("assets/", "tags/", "categories/", "archive/", ".mathblog", ".nojekyll", "page2/", "page3/")
OWN_FILES = ("feed.xml", "feed.json", "sitemap.xml", "robots.txt", "404.html", "index.html")


@pytest.mark.parametrize("name", names())
def test_a_site_comes_out_as_jekyll_makes_it(name: str, tmp_path: Path) -> None:
    source, output = tmp_path / "source", tmp_path / "output"
    write(source, name)
    result = build(BuildRequest(source, overrides={"destination": str(output)}, jobs=1))
    assert result.exit_code == 0, result.diagnostics
    expected = unpack((REFERENCE / f"{name}.jekyll").read_text(encoding="utf-8"))
    made = {
        path: content
        for path, content in collect(output).items()
        if path in expected or not (path.startswith(OURS) or path in OWN_FILES)
    }
    assert sorted(made) == sorted(expected)
    for path, content in expected.items():
        assert made[path] == content, path
