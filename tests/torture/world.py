"""A blog, its destination, and what lies around them: what no build may touch, and how that is found out."""

import hashlib
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from mathblog.core.excerpt import describe
from mathblog.engine.builder import build
from mathblog.engine.problem import BuildStopped
from mathblog.engine.request import BuildRequest
from mathblog.text.urls import OWN_FILES
from support.site import program_environment

SECRET = "a-word-that-is-written-nowhere-else"  # stands in files outside of the site: no page may have it
LONGEST = 240.0  # seconds for any build
ORPHAN_SECONDS = 3.0
CODES = (0, 1, 2, 3)
CONFIG = "title: torture\nurl: https://example.org\n"
_MARK = "MATHBLOG_TORTURE"
_MANY = """\
import sys
try:
    from mathblog.engine.stages import compiling
    from mathblog.cli.main import main
except KeyboardInterrupt:
    sys.exit(130)
compiling._CHUNK = 2_000  # so that a small site is shared by workers
if __name__ == "__main__":
    main()
"""
Files = Mapping[str, bytes]


class BrokenPromiseError(AssertionError):
    """A build did what none may do."""


def promise(kept: object, what: str) -> None:
    """Raise a BrokenPromiseError that says what happened, unless the promise was kept."""
    if not kept:
        raise BrokenPromiseError(what)


class World:
    """A folder with a blog in `blog`, its site in `public`, and a canary beside them.

    `chance` decides what is done; `quick` attacks do it once instead of several times.
    """

    def __init__(self, root: Path, chance: random.Random, *, quick: bool = False) -> None:
        self.root, self.chance, self.quick = root, chance, quick
        self.blog, self.public, self.canary = root / "blog", root / "public", root / "canary"
        for name in ("blog", "canary/folder", "temporary", "home"):
            (root / name).mkdir(parents=True)
        for name in ("index.html", "authorized_keys", "folder/_config.yml", "folder/page.md"):
            (self.canary / name).write_text(f"---\ntitle: {SECRET}\n---\n{SECRET}\n")
        (self.canary / "pipe.md").symlink_to("index.html")
        self.program = root / "program.py"
        self.program.write_text(_MANY)
        self.mark = f"{root.name}-{os.getpid()}"
        self.environment = program_environment(
            **{"TMPDIR": str(root / "temporary"), "HOME": str(root / "home"), _MARK: self.mark}
        )
        self._untouched = self._surroundings()

    def write(self, path: str, content: str | bytes) -> None:
        """Write a file of the blog in the place of whatever stands there."""
        target = self.blog / path
        remove(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())

    def write_posts(self, count: int, salt: object = "") -> None:
        """A configuration and so many posts with formulas, a few of which are in several of them."""
        self.write("_config.yml", CONFIG)
        for number in range(count):
            formulas = "\n\n".join(f"$$\\sum_{{i={number}}}^{{{row}}} x_i {salt}$$" for row in range(6))
            front = f"---\ntitle: post {number} {salt}\ntags: [maths, t{number % 7}]\n---\n"
            text = (
                f"{front}{{{{ site.posts.size }}}} $x_{number % 5}$\n\n{formulas}\n\n```python\nprint({number})\n```\n"
            )
            self.write(f"_posts/2018-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}-p{number}.md", text)

    def steps(self, usual: int) -> range:
        """How often an attack does what it does."""
        return range(1 if self.quick else usual)

    # builds

    def start(self, *arguments: str, command: str = "build") -> "subprocess.Popen[str]":
        """Begin a build (or another command) in a process of its own, with three jobs, which it really uses."""
        return subprocess.Popen(
            self.command(command, *arguments),
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )

    def command(self, command: str, *arguments: str) -> list[str]:
        """The words of a command line for this blog."""
        flags = ["--source", str(self.blog), "--destination", str(self.public)]
        jobs = ["-j", "3"] if command == "build" else []
        return [sys.executable, str(self.program), command, *flags, *jobs, *arguments]

    def finish(self, process: "subprocess.Popen[str]", *, killed: bool = False) -> int:
        """Wait for the end of a process, and hold it to what holds for all of them; the answer is its exit code."""
        try:
            output, _ = process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            process.kill()
            output, _ = process.communicate()
            promise(kept=False, what=f"a build took more than {LONGEST:.0f} s\n{output}")
        promise("Traceback" not in output and "internal error" not in output, output)
        promise(killed or process.returncode in CODES, f"exit code {process.returncode}\n{output}")
        self.check(killed=killed)
        return process.returncode

    def build(self, *arguments: str) -> int:
        """One build from its beginning to its end."""
        return self.finish(self.start(*arguments))

    def clean(self, **overrides: bool) -> tuple[Files, list[str], int]:
        """What a build makes that knows nothing: its files (none when nothing was published), its report, its exit code."""
        into = self.root / "clean"
        try:
            result = build(BuildRequest(self.blog, overrides=overrides, into=into, use_cache=False))
        except BuildStopped as stop:
            return {}, [str(stop)], stop.code
        made = published(into) if result.published is not None else {}
        remove(into)
        return made, [describe(item) for item in result.diagnostics], result.exit_code

    def is_as_clean(self, where: str, code: int | None = None) -> None:
        """Build once more (or take the last build, which ended with `code`), and compare it with a clean one."""
        before = published(self.public) if code is None else {}
        code = self.build() if code is None else code
        files, report, expected = self.clean()
        promise(code == expected, f"{where}: exit code {code}, of a clean build {expected}\n" + "\n".join(report))
        if files or not code:
            same(where, files, published(self.public))
        elif before:
            same(f"{where}: nothing was to be published", before, published(self.public))

    # checks

    def check(self, *, killed: bool = False) -> None:
        """Nothing around was touched, nothing from there is published, no process and no temporary file is left."""
        promise(self._surroundings() == self._untouched, self._difference())
        for path, content in published(self.public).items():
            promise(SECRET.encode() not in content, f"`{path}` has what stands outside of the site")
        self._check_processes()
        left = [path.name for path in (self.root / "temporary").iterdir()]
        promise(not left, f"{left} is left in the folder for temporary files")
        if not killed:
            promise(not list(self.public.glob("*.new")), "a half-written file is left")

    def _check_processes(self) -> None:
        end = time.monotonic() + ORPHAN_SECONDS
        while (left := self.processes()) and time.monotonic() < end:
            time.sleep(0.02)
        for pid in left:
            os.kill(pid, signal.SIGKILL)
        promise(not left, f"processes are left: {left}")

    def processes(self) -> list[int]:
        """The living processes of builds of this world (Linux only)."""
        if sys.platform != "linux":
            return []
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                marked = f"{_MARK}={self.mark}\0".encode() in (folder / "environ").read_bytes()
                alive = (folder / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
            except OSError:
                continue
            if marked and alive:
                found.append(int(folder.name))
        return found

    def _surroundings(self) -> dict[str, object]:
        around: dict[str, object] = {
            path.name: path.name
            for path in self.root.iterdir()
            if path.name not in {"public", "clean"} and not path.name.startswith("public")
        }
        for path in sorted([self.canary, *self.canary.rglob("*")]):
            status = path.lstat()
            told = path.read_bytes() if stat.S_ISREG(status.st_mode) else b""
            around[str(path)] = (status.st_mode, status.st_mtime_ns, status.st_size, hashlib.sha256(told).digest())
        return around

    def _difference(self) -> str:
        now, before = self._surroundings(), self._untouched
        changed = sorted(path for path in now.keys() | before.keys() if now.get(path) != before.get(path))
        return f"outside of the site and the destination was touched: {changed}"


def remove(path: Path) -> None:
    """Take away a file, a link, a pipe, or a folder with all that is in it; or nothing."""
    if path.is_symlink() or not path.is_dir():
        path.unlink(missing_ok=True)
    else:
        shutil.rmtree(path)


def published(root: Path) -> Files:
    """The files of a site by path, those aside that mathblog keeps for itself. Links are not followed."""
    found = {
        Path(folder, name).relative_to(root).as_posix(): Path(folder, name)
        for folder, _, names in os.walk(root)
        for name in names
    }
    return {
        path: place.read_bytes()
        for path, place in found.items()
        if not path.startswith(OWN_FILES) and stat.S_ISREG(place.lstat().st_mode)
    }


def same(where: str, expected: Files, actual: Files) -> None:
    """Two sites have the same files with the same bytes."""
    names = sorted(expected.keys() ^ actual.keys())
    promise(not names, f"{where}: only one of a clean build and this one has {names}")
    differ = [path for path, content in expected.items() if actual[path] != content]
    promise(not differ, f"{where}: {differ} differ from a clean build's")


def whole(where: str, actual: Files, *sites: Files) -> None:
    """Every file is that of one of the sites."""
    for path, content in actual.items():
        promise(any(site.get(path) == content for site in sites), f"{where}: `{path}` is neither old nor new")


Attack = Callable[[World], None]
