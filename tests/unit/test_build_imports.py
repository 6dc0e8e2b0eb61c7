"""What a build loads: loading is most of the time of a build of which little or nothing changed."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from support.site import program_environment

# what fetches themes, runs scripts, deals out work, reads locks
SELDOM = ("ssl", "urllib.request", "tarfile", "tomllib", "concurrent.futures", "mathblog.engine.sources.gems.find")
# what compiles and lays out pages
OF_PAGES = (
    "mathblog.pipeline.compiling",
    "mathblog.engine.incremental.build_record",
    "mathblog.site",
    "mathblog.theme.load",
)
# what makes statements, removes folders
OF_FEW = ("mathblog.markdown.rules.statements.gather", "shutil")
# what deals out documents to other processes
OF_WORKERS = ("multiprocessing", "subprocess", "mathblog.engine.stages.workers")


def loaded(code: str, names: Sequence[str]) -> list[str]:
    """Those of the modules that a fresh process has after some code."""
    code = f"{code}\nimport sys\nprint(*(name for name in {tuple(names)} if name in sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", code], env=program_environment(), capture_output=True, text=True, check=True
    )
    return run.stdout.splitlines()[-1].split()


def build(source: Path) -> str:
    """Code that builds a blog as the command does, in one process."""
    words = ["build", "--source", str(source), "--destination", str(source.parent / "site"), "--jobs", "1"]
    return f"from mathblog.cli.main import command\ncommand.main({words}, standalone_mode=False)"


def test_a_build_begins_without_what_most_builds_do_not_need() -> None:
    assert loaded("import mathblog.engine.builder", SELDOM) == []


def test_a_build_loads_what_its_changes_need(tmp_path: Path) -> None:
    post = tmp_path / "blog" / "_posts" / "2024-01-01-a.md"
    post.parent.mkdir(parents=True)
    (tmp_path / "blog" / "a.gif").write_bytes(b"GIF89a\x05\0\x07\0\0\0\0;")
    post.write_text("---\ntitle: A\n---\nA point. ![a](/a.gif)\n", encoding="utf-8")
    code = build(tmp_path / "blog")
    made = ["mathblog.pipeline.compiling", "imagesize", "mathblog.engine.stages.extra_files.searching"]
    assert loaded(code, [*made, "multiprocessing"]) == made
    for words in ("A line.", "A plane."):
        post.write_text(f"---\ntitle: A\n---\n{words} ![a](/a.gif)\n", encoding="utf-8")
        # sizes of images are known, and the index of the search has titles and headings only
        assert loaded(code, (*OF_WORKERS, "mathblog.math.declared", *made[1:])) == []
        assert loaded(code, (*OF_PAGES, *OF_WORKERS, "logging", "traceback")) == []
        page = (tmp_path / "site" / "2024/01/01/a.html").read_text(encoding="utf-8")
        assert words in page
        assert 'width="5" height="7"' in page


def test_a_build_that_cites_loads_no_reader_of_the_web_and_no_regular_expressions_of_queries(tmp_path: Path) -> None:
    blog = tmp_path / "blog"
    (blog / "_bibliography").mkdir(parents=True)
    (blog / "_bibliography" / "references.bib").write_text("@misc{one, title={One}}", encoding="utf-8")
    (blog / "index.md").write_text("---\ntitle: A\n---\nAs in [@one].\n", encoding="utf-8")
    names = ["mathblog.citations.formatting", "http.client", "urllib.request", "regex"]
    assert loaded(build(blog), names) == ["mathblog.citations.formatting"]


def test_a_build_of_which_nothing_changed_loads_no_part_that_makes_pages(tmp_path: Path) -> None:
    post = tmp_path / "blog" / "_posts" / "2024-01-01-a.md"
    post.parent.mkdir(parents=True)
    post.write_text("---\ntitle: A\n---\nA point.\n", encoding="utf-8")
    makers = ("markdown_it", "jinja2", "pygments", "mathblog.pipeline", "mathblog.liquid", "mathblog.markdown")
    code = build(tmp_path / "blog")
    assert loaded(code, makers) == list(makers)
    assert loaded(code, (*makers, *OF_FEW)) == []


def test_an_edit_loads_statements_for_a_text_that_has_one(tmp_path: Path) -> None:
    post = tmp_path / "blog" / "_posts" / "2024-01-01-a.md"
    post.parent.mkdir(parents=True)
    for words, made in (("A point.", []), ("A line.", []), ("> **Lemma.** A\n{: .lemma}", ["gather"])):
        post.write_text(f"---\ntitle: A\n---\n{words}\n", encoding="utf-8")
        parts = loaded(build(tmp_path / "blog"), ["mathblog.markdown.rules.statements.gather"])
        assert [name.rpartition(".")[2] for name in parts] == made
