"""`mathblog new`, `post`, `draft`: what they write builds, and nothing that is there is touched."""

import datetime
import json
import os
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from mathblog.authoring.blog import LANGUAGES, Wishes, new_blog
from mathblog.authoring.post import post_path, post_text, quoted
from mathblog.cli.main import command as mathblog
from mathblog.core.source import SourceText
from mathblog.text.yaml.data import load_yaml
from support.site import Site

DAY = datetime.date(2026, 1, 15)


def run(*arguments: str, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mathblog", *arguments]
    return subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **more},
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.parametrize("lang", [*LANGUAGES, "de"])
def test_a_new_blog_builds_without_a_warning(site: Site, lang: str) -> None:
    files = new_blog(Wishes("수학: 노트", 'A "B" C', lang), DAY)
    (site.source / "_config.yml").unlink(missing_ok=True)
    site.write(dict(files)).build().is_good()
    page = site.read("2026/01/15/hello/index.html")
    assert "수학: 노트" in page
    assert page.count('class="eqref') >= 2
    assert ">(1)</a>" in page
    assert 'class="theorem' in page
    assert 'class="cite' in page


def test_a_new_blog_displays_dollars_on_lines_of_their_own(tmp_path: Path) -> None:
    """What `_config.yml` names must not make it a blog from Jekyll, where such a formula stands in the line without a number."""
    assert run("new", "notes", cwd=tmp_path).returncode == 0
    text = "Text\n$$\nx \\label{x}\n$$\nmore\n\n1. one\n   $$\n   y \\label{y}\n   $$\n\n> [!theorem]\n> Then\n> $$\n> z \\label{z}\n> $$\n"
    (tmp_path / "notes/_posts/2026-01-15-a.md").write_text(f"---\ntitle: a\n---\n{text}", "utf-8")
    built = run("build", "-s", "notes", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    page = (tmp_path / "notes/_site/2026/01/15/a/index.html").read_text("utf-8")
    assert [f'id="eq-{name}"' in page for name in "xyz"] == [True, True, True]


def test_a_new_blog_may_choose_its_theme(tmp_path: Path) -> None:
    done = run("new", "notes", "--theme", "strap", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "theme: strap\n" in (tmp_path / "notes/_config.yml").read_text("utf-8")
    built = run("build", "-s", "notes", "--strict_front_matter", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    assert 'class="navbar"' in (tmp_path / "notes/_site/index.html").read_text("utf-8")
    wrong = run("new", "others", "--theme", "strop", cwd=tmp_path)
    assert wrong.returncode == 2
    assert "did you mean `strap`?" in wrong.stderr
    assert not (tmp_path / "others").exists()


def test_new_asks_nothing_where_nobody_can_answer(tmp_path: Path) -> None:
    seoul = ZoneInfo("Asia/Seoul")
    before = datetime.datetime.now(seoul).date()
    done = run("new", "my-notes", cwd=tmp_path, TZ="Asia/Seoul")
    assert done.returncode == 0, done.stderr
    config = (tmp_path / "my-notes/_config.yml").read_text("utf-8")
    assert "title: my-notes\n" in config
    assert "lang: en\n" in config
    assert "\ntimezone: Asia/Seoul " in config
    [post] = (tmp_path / "my-notes/_posts").iterdir()
    days = {day.isoformat() for day in (before, datetime.datetime.now(seoul).date())}
    assert post.name[:10] in days  # on a later day it would not be shown yet
    assert "next: cd my-notes && mathblog serve --open" in done.stdout
    assert "fork of mathblog for `YOUR-NAME` in `.github/workflows/pages.yml`" in done.stdout


@pytest.mark.parametrize(
    ("lang", "hint"),
    [("Korean", "did you mean `ko`?"), ("jp", "write the code of a language, such as `de` or `pt-BR`")],
)
def test_a_language_that_is_none_makes_no_blog(tmp_path: Path, lang: str, hint: str) -> None:
    """The first build of such a blog, which is strict, would end with an error."""
    done = run("new", "notes", "--lang", lang, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [f"mathblog: error: `{lang}` is no language", f"      = {hint}"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of Unix")
def test_a_language_that_is_none_is_asked_for_again(tmp_path: Path) -> None:
    import pty

    main, of_program = pty.openpty()
    command = [sys.executable, "-m", "mathblog", "new", "notes"]
    environment = {key: value for key, value in os.environ.items() if key != "CI"}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdin=of_program, stdout=of_program) as started:
        os.write(main, b"Notes\nKim\nKorean\nko\n")
        assert started.wait(30) == 0
    assert b"did you mean `ko`?" in os.read(main, 10_000)
    os.close(main)
    os.close(of_program)
    assert "lang: ko\n" in (tmp_path / "notes/_config.yml").read_text("utf-8")


def test_a_folder_with_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("mine")
    done = run("new", ".", cwd=tmp_path)
    assert done.returncode == 2
    assert "is not empty" in done.stderr
    assert [item.name for item in tmp_path.iterdir()] == ["a.txt"]
    assert run("new", "a.txt", cwd=tmp_path).returncode == 2


def test_a_blog_of_jekylls_gets_what_it_lacks(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine")
    (tmp_path / "_config.yml").write_text("title: t")
    (tmp_path / ".github/workflows/old.yaml").parent.mkdir(parents=True)
    (tmp_path / ".github/workflows/old.yaml").write_text("run: bundle exec Jekyll build")
    (tmp_path / ".github/workflows/test.yml").write_text("run: make test")
    done = run("new", "--from-jekyll", ".", cwd=tmp_path)
    assert [line for line in done.stdout.splitlines() if "Jekyll" in line] == [
        "`.github/workflows/old.yaml` builds with Jekyll: delete it, else both workflows publish the site"
    ]
    assert done.returncode == 0
    assert "`.gitignore` is there already" in done.stdout
    assert (tmp_path / ".gitignore").read_text() == "mine"
    assert (tmp_path / ".github/workflows/pages.yml").is_file()
    assert sorted(item.name for item in tmp_path.iterdir()) == [
        ".editorconfig", ".github", ".gitignore", ".vscode", "_config.yml",
    ]  # fmt: skip
    settings = json.loads((tmp_path / ".vscode/settings.json").read_text("utf-8"))
    for path in settings["yaml.schemas"]:
        schema = (tmp_path / path).read_text("utf-8")
        assert json.loads(schema)["properties"]["title"]
        name = path.removeprefix(".vscode/").removesuffix(".schema.json")
        shown = CliRunner().invoke(mathblog, ["schema", name])
        assert (shown.exit_code, shown.output) == (0, schema)


def test_a_post_and_a_draft(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text("collections_dir: texts")
    done = run("post", "변분: 오토인코더", "--date", "2026-01-15", "--tag", "a: b", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    written = tmp_path / "texts/_posts/2026-01-15-변분-오토인코더.md"
    assert written.read_text("utf-8") == '---\ntitle: "변분: 오토인코더"\ntags: ["a: b"]\n---\n'
    again = run("post", "변분: 오토인코더", "--date", "2026-01-15", cwd=tmp_path)
    assert again.returncode == 2
    assert "is there already" in again.stderr
    assert run("draft", "An idea", cwd=tmp_path).returncode == 0
    assert (tmp_path / "texts/_drafts/an-idea.md").is_file()


@pytest.mark.parametrize(
    "text",
    ["a", "Yes", "a: b", "- x", "#1", "1.5", 'say "x"', "a\\b", "{x}", "변분", "~", "null", "2026-01-15", "a #b", "x "],
)
def test_a_title_is_the_same_text_to_yaml(text: str) -> None:
    assert load_yaml(SourceText("x", f"title: {quoted(text)}"), code="x").value == {"title": text}


def test_a_title_without_letters_has_a_file_too() -> None:
    assert post_path("!!!", DAY) == "_posts/2026-01-15-post.md"
    assert post_text("x", []) == "---\ntitle: x\n---\n"


@pytest.mark.parametrize("arguments", [("post", "A title"), ("draft", "A title"), ("import", "a.ipynb")])
def test_a_text_begins_in_a_blog_only(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """The folder above the blog, where `mathblog new` was called, got a `_posts` that no build of the blog reads."""
    notebook = {
        "cells": [{"cell_type": "markdown", "metadata": {}, "source": "# A title"}],
        "metadata": {},
        "nbformat": 4,
    }
    (tmp_path / "a.ipynb").write_text(json.dumps(notebook))
    none = run(*arguments, cwd=tmp_path)
    assert none.returncode == 2
    assert none.stderr.splitlines() == [
        "mathblog: error: `.` holds no blog: no `_config.yml`, no `_posts`",
        "      = name the folder of your blog with `--source`; `mathblog new` begins one",
    ]
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/_config.yml").write_text("title: Notes\n")
    above = run(*arguments, cwd=tmp_path)
    assert above.returncode == 2
    assert above.stderr.splitlines()[-1] == "      = did you mean `--source notes`?"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.ipynb", "notes"]
    assert run(*arguments, "-s", "notes", cwd=tmp_path).returncode == 0


def test_a_post_begins_on_the_day_of_the_blog(tmp_path: Path) -> None:
    """On a later day than that of the blog's time zone it would be a post to come, which a build leaves out."""
    (tmp_path / "_config.yml").write_text("timezone: Pacific/Pago_Pago\n")
    before = datetime.datetime.now(ZoneInfo("Pacific/Pago_Pago")).date()
    assert run("post", "x", cwd=tmp_path, TZ="Pacific/Kiritimati").returncode == 0  # 25 hours ahead
    days = {day.isoformat() for day in (before, datetime.datetime.now(ZoneInfo("Pacific/Pago_Pago")).date())}
    assert [path.name[:10] in days for path in (tmp_path / "_posts").iterdir()] == [True]


@pytest.mark.skipif(sys.platform == "win32", reason="links")
@pytest.mark.parametrize("folder", ["link", "../outside", "sub/link", "{outside}"])
def test_a_post_stays_in_the_folder_of_the_blog(tmp_path: Path, folder: str) -> None:
    """A configuration that somebody else wrote does not say where on this computer a file is made."""
    blog, outside = tmp_path / "blog", tmp_path / "outside"
    (blog / "sub").mkdir(parents=True)
    outside.mkdir()
    (blog / "link").symlink_to(outside)
    (blog / "sub" / "link").symlink_to(outside)
    (blog / "_config.yml").write_text(f"collections_dir: {folder.format(outside=outside)}\n")
    for command in ("post", "draft"):
        assert run(command, "../../x/../../y", cwd=blog).returncode == (0 if folder == "{outside}" else 3)
    assert list(outside.rglob("*")) == []
    assert {path.name for path in tmp_path.iterdir()} == {"blog", "outside"}
