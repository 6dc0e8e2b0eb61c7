"""The documentation: it is a site without a dead link, and its snippets do what it says.

A block of `markdown` becomes a page of one site, which has to build without a warning. A block of `yaml`, `html` or `css` whose first line is a
comment with a path is written there; other blocks of `yaml` are read as `_config.yml`. Of `sh` and `console` each line that calls mathblog
is read by the command line. The tutorial is followed as it is written.
"""

import re
import shlex
import tomllib
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import click
import pytest
import yaml
from click.testing import CliRunner

from mathblog.authoring.blog import WORKFLOW
from mathblog.cli.main import command
from mathblog.config.parse import parse_config
from mathblog.core.source import SourceText
from mathblog.engine.check import check
from mathblog.engine.request import BuildRequest
from support.site import REPOSITORY, Site

DOCS = REPOSITORY / "docs"
PAGES = sorted(
    [*DOCS.glob("guide/*.md"), *DOCS.glob("from/*.md"), *DOCS.glob("reference/*.md"), *REPOSITORY.glob("README*.md")]
)
_FENCE = re.compile(r"^( *)(`{3,})(\w+)[^\n]*\n(.*?)^\1\2$", re.MULTILINE | re.DOTALL)
_PATH = re.compile(r"(?:#|<!--|/\*) (\S+?\.\w+)(?: -->| \*/)?\n")


class Block(NamedTuple):
    """A block of code of the documentation: where it is, its language, its text."""

    place: str
    language: str
    text: str


def blocks(path: Path) -> Iterator[Block]:
    text = path.read_text("utf-8")
    for found in _FENCE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        place = f"{path.relative_to(REPOSITORY).as_posix()}:{line}"
        yield Block(place, found[3], re.sub(rf"^{found[1]}", "", found[4], flags=re.MULTILINE))


BLOCKS = [block for path in PAGES for block in blocks(path)]


def of(*languages: str) -> list[Block]:
    return [block for block in BLOCKS if block.language in languages]


def test_the_documentation_is_a_site_without_a_fault() -> None:
    report = check(BuildRequest(DOCS, jobs=1, use_cache=False))
    outside = [it for it in report.diagnostics if not (it.path.startswith("adr/") and "`../../" in it.message)]
    assert outside == []  # decisions may link to files of the repository that are no pages
    assert report.pages > 60


def test_each_page_stands_in_the_contents() -> None:
    book = yaml.safe_load((DOCS / "_data/book.yml").read_text("utf-8"))
    urls = [page["url"] for part in book for page in part["pages"]]
    pages = [path for path in DOCS.rglob("*.md") if path.parent.name != "adr" and path.name != "README.md"]
    # a new page is named in `docs/_data/book.yml`
    assert sorted(urls) == sorted(f"/{path.relative_to(DOCS).with_suffix('.html').as_posix()}" for path in pages)


@pytest.mark.parametrize("block", of("yaml"), ids=lambda block: block.place)
def test_settings_are_known(block: Block) -> None:
    found = _PATH.match(block.text)
    value = yaml.safe_load(block.text)
    if (found and found[1] != "_config.yml") or isinstance(value, list) or {"jobs", "runs"} & value.keys():
        return  # a file of data, or steps of a workflow
    _, problems = parse_config([SourceText("_config.yml", block.text)])
    assert [problem.message for problem in problems if "`blog-films`" not in problem.message] == []


def test_the_guide_shows_the_workflow_of_a_new_blog() -> None:
    assert WORKFLOW in [block.text for block in of("yaml")]


def test_the_guide_names_each_extra() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    page = (DOCS / "guide/getting-started.md").read_text("utf-8")
    assert [name for name in project["optional-dependencies"] if f"\n| `{name}` | " not in page] == []


def command_lines(block: Block) -> Iterator[list[str]]:
    """The words of each line that calls mathblog, without what the shell does with its answer."""
    for line in block.text.split("\n"):
        if found := re.match(r"(?:\$ )?(?:[A-Z_]+=\S+ )*(?:\S*/)?mathblog ((?!\S*:\s).*)", line):
            words = shlex.split(found[1], comments=True)
            ends = [number for number, word in enumerate(words) if word in ("|", ">", "&&")]
            yield words[: ends[0]] if ends else words


@pytest.mark.parametrize("block", of("sh", "console"), ids=lambda block: block.place)
def test_commands_and_flags_exist(block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for words in command_lines(block):
        group = command
        context = click.Context(group, info_name="mathblog", **group.context_settings)
        for number, word in enumerate(words):
            if word.startswith("-"):
                break
            found = group.get_command(context, word)  # type: ignore[attr-defined]
            assert found is not None, words
            if not isinstance(found, click.Group):
                with suppress(click.exceptions.Exit):  # of `--help`
                    found.make_context(word, words[number + 1 :], parent=context)
                break
            group, context = found, click.Context(found, info_name=word, parent=context)


IMAGE = re.compile(r"\]\(/?([\w/-]+\.(?:svg|png|jpg|webp))|\"/([\w/-]+\.svg)\"")
PIXEL = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
REFERENCES = """
@book{hardy1979, title = {Number theory}, author = {Hardy, G. H.}, year = {1979}}
@book{knuth1998, title = {Sorting}, author = {Knuth, Donald}, year = {1998}}
@article{erdos1959, title = {Random graphs}, author = {Erdős, Paul}, year = {1959}}
"""


def test_each_snippet_of_markdown_builds(site: Site) -> None:
    images = {name for block in of("markdown") for found in IMAGE.findall(block.text) for name in found if name}
    files: dict[str, str | bytes] = {
        "_config.yml": "title: t\nurl: https://example.org\ntheorems: true\nplugins: [jekyll-redirect-from]\n",
        "_bibliography/references.bib": REFERENCES,
        "_data/macros.tex": r"\newcommand{\RR}{\mathbb{R}} \newcommand{\norm}[1]{\left\lVert #1 \right\rVert}",
        **dict.fromkeys(("_posts/2018-10-06-vae.md", "2018-10-06-vae.md"), "---\n---\n$$x \\label{eq:elbo}$$\n"),
        **dict.fromkeys(images, '<svg xmlns="http://www.w3.org/2000/svg"/>'),
    }
    for number, block in enumerate(of("markdown")):
        files[f"{number}.md"] = block.text if block.text.startswith("---\n") else f"---\n---\n{block.text}"
    site.write(files).build()
    places = {f"{number}.md": block.place for number, block in enumerate(of("markdown"))}
    assert [(places.get(it.path, it.path), it.line, it.message) for it in site.done.diagnostics] == []


def test_the_tutorial_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = DOCS / "guide/tutorial.md"
    new, post, check_it = (
        words for block in blocks(page) if block.language == "sh" for words in command_lines(block) if words[0] in ("new", "post", "check")
    )  # fmt: skip
    run = CliRunner().invoke
    assert run(command, new).exit_code == 0
    monkeypatch.chdir(tmp_path / new[1])
    written = run(command, post)
    path = Path(written.stdout.partition("wrote ")[2].strip())
    [text] = (block.text for block in blocks(page) if block.language == "markdown")
    path.write_text(f"{path.read_text('utf-8')}{text}", "utf-8")
    checked = run(command, check_it)
    assert (checked.exit_code, checked.stderr) == (0, "")
    [shown] = re.findall(r"\n```\n(_posts/.*?)\n```", page.read_text("utf-8"), re.DOTALL)
    path.write_text(path.read_text("utf-8").replace("= \\frac{n", "= \\farc{n"), "utf-8")
    built = run(command, ["build", "--jobs", "1"])
    assert built.exit_code == 1
    told = built.stderr.replace(str(path), "_posts/2026-01-15-how-gauss-added.md")
    assert shown in told
