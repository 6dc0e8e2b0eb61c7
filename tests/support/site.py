"""A blog on disk that a test writes, builds, checks, edits and builds again.

    site.post("2018-10-06-vae", "$$x$$").build().is_good().has("2018/10/06/vae.html", "katex")
    site.remove("_posts/2018-10-06-vae.md").build().is_good().lacks("2018/10/06/vae.html")

Every step answers the site itself, so that steps chain. `build` calls the engine in this process; `run` is the command line.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from textwrap import dedent
from typing import Self

import pytest
from click.testing import CliRunner, Result

from mathblog.cli.main import command
from mathblog.core.excerpt import describe
from mathblog.engine.builder import build
from mathblog.engine.problem import BuildStopped
from mathblog.engine.request import BuildRequest, BuildResult
from mathblog.model.values import Value
from mathblog.text.urls import OWN_FILES

CONFIG = "title: 수학 노트\nurl: https://example.org\n"
REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass
class Site:
    """A blog in `source`, published to `output`. `result` is the last build's, None when it was stopped by `stop`; `told` is its news."""

    source: Path
    output: Path
    result: BuildResult | None = None
    told: list[str] = field(default_factory=list)
    stop: BuildStopped | None = None
    before: dict[str, bytes] = field(default_factory=dict)

    # writing

    def write(self, files: Mapping[str, str | bytes]) -> Self:
        """Write files, given by their path in the source folder; the common indentation of a text is dropped."""
        for path, content in files.items():
            target = self.source / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content if isinstance(content, bytes) else dedent(content).lstrip("\n").encode())
        return self

    def post(self, name: str, body: str = "", front: str = "") -> Self:
        """Write `_posts/NAME.md` with these lines of front matter."""
        lines = f"{dedent(front).strip()}\n" if front else ""
        return self.write({f"_posts/{name}.md": f"---\n{lines}---\n{dedent(body).lstrip()}"})

    def config(self, lines: str) -> Self:
        """Add lines to the configuration."""
        return self.write({"_config.yml": CONFIG + dedent(lines).lstrip("\n")})

    def link(self, path: str, target: str | Path) -> Self:
        """Make a symbolic link in the source folder."""
        place = self.source / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(target)
        return self

    def remove(self, path: str) -> Self:
        """Delete a source file."""
        (self.source / path).unlink()
        return self

    def publish_by_hand(self, path: str, text: str) -> Self:
        """Put a file into the published site that mathblog did not write."""
        (self.output / path).parent.mkdir(parents=True, exist_ok=True)
        (self.output / path).write_text(text, encoding="utf-8")
        return self

    # building

    def build(self, *, keep_going: bool = False, force: bool = False, **overrides: Value) -> Self:
        """Build; keywords are configuration keys, as the command line gives them."""
        self.before, self.result, self.stop, self.told = self.files(), None, None, []
        given = {"destination": str(self.output), **overrides}
        named = "destination" not in overrides
        request = BuildRequest(
            self.source, overrides=given, keep_going=keep_going, force=force, tell=self.told.append, named=named
        )
        try:
            self.result = build(request)
        except BuildStopped as stop:
            self.stop = stop
        return self

    def run(self, *arguments: str) -> Result:
        """`mathblog build -s SOURCE -d OUTPUT …`, in this process."""
        return CliRunner().invoke(command, ["build", *self.flags, *arguments])

    def start(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """`mathblog build -s SOURCE -d OUTPUT …` as a program of its own."""
        return subprocess.run(
            [sys.executable, "-m", "mathblog", "build", *self.flags, *arguments],
            env=program_environment(**environment),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    @property
    def flags(self) -> list[str]:
        return ["--source", str(self.source), "--destination", str(self.output)]

    # looking

    @property
    def code(self) -> int:
        """The exit code of the last build."""
        return self.stop.code if self.stop else self.done.exit_code

    @property
    def done(self) -> BuildResult:
        """The last build's outcome."""
        assert self.result is not None, f"the build was stopped: {self.stop}"
        return self.result

    @property
    def report(self) -> str:
        """What the author reads about problems."""
        if self.stop:
            return f"{self.stop}\n      = {self.stop.hint}"
        return "\n".join(map(describe, self.done.diagnostics))

    def files(self) -> dict[str, bytes]:
        """The published files, those aside that mathblog keeps for itself."""
        found = {
            path.relative_to(self.output).as_posix(): path for path in sorted(self.output.rglob("*")) if path.is_file()
        }
        return {name: path.read_bytes() for name, path in found.items() if not name.startswith(OWN_FILES)}

    def read(self, path: str) -> str:
        """A published file."""
        target = self.output / path
        assert target.is_file(), f"no {path} among {sorted(self.files())}"
        return target.read_text(encoding="utf-8")

    def body(self, path: str) -> str:
        """What stands in the content of a published page."""
        found = re.search(r'<div class="post-content[^"]*">\n(.*?)</div>\n</article>', self.read(path), re.DOTALL)
        assert found, f"{path} has no content"
        return found[1].rstrip("\n")

    def links(self, path: str) -> list[str]:
        """The addresses that a page links to, as a browser would ask for them."""
        return [unescape(link) for link in re.findall(r'<a [^>]*?href="([^"]*)"', self.read(path))]

    # checking

    def is_good(self) -> Self:
        """The build ended well and had nothing to say."""
        assert self.report == ""
        assert self.code == 0
        return self

    def warns(self, report: str) -> Self:
        """The site is published, with exactly these problems."""
        self._says(report, 0)
        assert self.done.published is not None
        return self

    def fails(self, report: str, code: int = 1) -> Self:
        """Nothing is published, for exactly these reasons, and the site that stood there is as it was."""
        self._says(report, code)
        assert self.files() == self.before
        return self

    def equals_a_clean_build(self) -> Self:
        """The last build published, and said, what a build says and publishes that knows nothing of any other."""
        with tempfile.TemporaryDirectory() as folder:
            clean = Site(self.source, Path(folder, "site"))
            clean.result = build(BuildRequest(self.source, into=clean.output, use_cache=False))
            assert self.report == clean.report
            assert not [news for news in self.told if "cache" in news]
            if clean.result.published is not None:
                assert self.files() == clean.files()
        return self

    def _says(self, report: str, code: int) -> None:
        assert self.report.replace(str(self.source), "SOURCE").replace(str(self.output), "OUTPUT") == _text(report)
        assert self.code == code

    def has(self, path: str, *texts: str) -> Self:
        """A file is published, with these texts in it."""
        found = self.read(path)
        for text in texts:
            assert text in found
        return self

    def lacks(self, path: str, *texts: str) -> Self:
        """A file is not published; with texts: it is, and they do not stand in it."""
        if not texts:
            assert not (self.output / path).exists(), f"{path} is published"
        for text in texts:
            assert text not in self.read(path)
        return self


def _text(text: str) -> str:
    return dedent(text).strip("\n")


def program_environment(**more: str) -> dict[str, str]:
    """The environment of a mathblog that runs as a program of its own, from this checkout."""
    return {**os.environ, "PYTHONPATH": str(REPOSITORY / "src"), "PYTHONIOENCODING": "utf-8", **more}


NewSite = Callable[[str], Site]


@pytest.fixture
def new_site(tmp_path: Path) -> NewSite:
    """Make an empty blog, by its name. Import it into a test module to use it."""

    def make(name: str) -> Site:
        site = Site(tmp_path / name / "blog", tmp_path / name / "public")
        site.source.mkdir(parents=True)
        return site.config("")

    return make


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A blog without posts: `title` and `url` are set. Import it into a test module to use it."""
    made = Site(tmp_path / "blog", tmp_path / "public")
    made.source.mkdir()
    return made.config("")
