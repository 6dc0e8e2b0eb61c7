"""A program in the race: mathblog or another, with a copy of the blog of its own."""

import shlex
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus import Post
from process import Cost, run_measured

_EDIT = "\nOne sentence more, number {number}, with a formula: {begin}x_{{{number}}} = \\sqrt{{{number} + 1}}{end}.\n"
_CONVERT_LOG = "convert.log"


@dataclass(frozen=True, slots=True)
class Contender:
    """A program and its folders below `root`: the blog as it takes it, the site it makes, what it said.

    `commands` are by mode; one without a mode (`""`) serves all others. They hold `{src}` and `{out}`.
    """

    name: str
    commands: Mapping[str, str]
    root: Path

    @property
    def source(self) -> Path:
        """Its copy of the blog."""
        return self.root / "blog"

    @property
    def out(self) -> Path:
        """Its site."""
        return self.root / "site"

    def prepare(self, blog: Path, convert: str, config: str) -> None:
        """Copy the blog, or convert it by a command with `{src}` and `{dst}`; add lines to its configuration."""
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir(parents=True)
        if convert:
            places = {"src": str(blog), "dst": str(self.source)}
            run_measured([word.format(**places) for word in shlex.split(convert)], self.root / _CONVERT_LOG)
            return
        shutil.copytree(blog, self.source)
        with (self.source / "_config.yml").open("a", encoding="utf-8") as file:
            file.write(config + "\n")

    def forget(self) -> None:
        """Delete the site and every cache: files and folders of the blog that begin with a dot."""
        shutil.rmtree(self.out, ignore_errors=True)
        for path in self.source.glob(".*"):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()

    def edit(self, post: Post, number: int) -> None:
        """Add a sentence with a new formula to one post."""
        found = next(self.source.rglob(post.name))
        begin, end = ("$$", "$$") if "$$" in found.read_text(encoding="utf-8") else (r"\(", r"\)")
        with found.open("a", encoding="utf-8") as file:
            file.write(_EDIT.format(number=number, begin=begin, end=end))

    def run(self, mode: str) -> Cost:
        """Run the command of a mode to its end."""
        places = {"src": str(self.source), "out": str(self.out)}
        template = self.commands.get(mode) or self.commands[""]
        return run_measured([word.format(**places) for word in shlex.split(template)], self.root / "log")

    def page(self, post: Post) -> str:
        """The page it made of a post; '' where there is none at the post's address."""
        try:
            return (self.out / post.url.strip("/") / "index.html").read_text(encoding="utf-8")
        except OSError:
            return ""
