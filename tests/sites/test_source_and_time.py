"""`source:` and `time:` in the configuration."""

import json

import pytest
from click.testing import CliRunner, Result

from mathblog.cli.main import command
from support.site import Site


def run_there(site: Site, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Result:
    """`mathblog …` in the blog's folder, which no flag names."""
    monkeypatch.chdir(site.source)
    return CliRunner().invoke(command, list(arguments))


def test_the_folder_that_the_configuration_names_is_the_site(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.config("source: docs\ndestination: public\n").write(
        {
            "index.md": "---\n---\noutside\n",
            "docs/index.md": "---\n---\ninside {% nothing %}\n",
            "docs/_config.yml": "title: not read\n",
        }
    )
    result = run_there(site, monkeypatch, "build", "--format", "json")
    assert [problem["path"] for problem in json.loads(result.stdout)["diagnostics"]] == ["index.md"]
    site.write({"docs/index.md": "---\n---\ninside {{ site.title }}\n"})
    assert run_there(site, monkeypatch, "build").exit_code == 0
    assert "inside 수학 노트" in (site.source / "public/index.html").read_text(encoding="utf-8")
    assert not (site.source / "docs/_site").exists()
    assert "depends on" in run_there(site, monkeypatch, "explain", "/").stdout
    assert "removed" in run_there(site, monkeypatch, "clean").stdout
    assert not (site.source / "public").exists()


def test_the_command_line_counts_more_than_source(site: Site) -> None:
    site.config("source: docs\n").write({"index.md": "---\n---\noutside\n", "docs/index.md": "---\n---\ninside\n"})
    assert site.run().exit_code == 0
    site.has("index.html", "outside").has("docs/index.html", "inside")


def test_problems_in_such_a_folder_are_annotated_at_their_path(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.config("source: docs\nmath: {engin: auto}\n").write({"docs/index.md": "---\n---\n$\\oops$\n"})
    lines = run_there(site, monkeypatch, "build", "--format", "github").stdout
    assert "file=docs/index.md,title=mathblog%3A math,line=3" in lines
    assert "file=_config.yml,title=mathblog%3A config,line=4" in lines


@pytest.mark.parametrize("folder", ["_posts", "_drafts"])
def test_a_folder_of_a_blog_is_no_blog(site: Site, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    """`cd _posts` and a command there built `_posts/_site`, which the blog took for posts."""
    site.post("2018-10-06-vae").write({"_drafts/a.md": "x", "notes/_posts/2018-10-06-a.md": "x"})
    monkeypatch.chdir(site.source / folder)
    result = CliRunner().invoke(command, ["build"])
    assert (result.exit_code, result.stderr.splitlines()) == (
        2,
        ["mathblog: error: `.` is a folder of the blog above it", "      = name that one: `--source ..`"],
    )
    monkeypatch.chdir(site.source / "notes/_posts")  # no configuration above it
    assert CliRunner().invoke(command, ["build"]).exit_code == 0


@pytest.mark.parametrize("path", ["..", "/etc", "docs/../.."])
def test_a_source_outside_of_the_folder_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    site.config(f"source: {path}\n")
    result = run_there(site, monkeypatch, "build")
    assert result.exit_code == 2
    assert f"`source: {path}` leads out of the folder of the configuration" in result.stderr
    assert not (site.source / "_site").exists()


@pytest.mark.parametrize("name", ["build", "check", "doctor", "list", "clean"])
def test_a_source_that_no_folder_can_be_called_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    result = run_there(site.config('source: "a\\0b"\n'), monkeypatch, name)
    assert result.exit_code == 2, result.output
    assert r"`source: a\x00b` is the name of no folder" in result.stderr


def test_a_source_that_is_not_there_is_named(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.config("source: docs\n")
    result = run_there(site, monkeypatch, "build")
    assert result.exit_code == 2
    assert "the source folder `docs` does not exist" in result.stderr


def test_a_source_that_is_a_file_is_named(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write({"a.md": "x"})
    result = run_there(site, monkeypatch, "build", "-s", "a.md")
    assert (result.exit_code, result.stderr.splitlines()) == (
        2,
        [
            "mathblog: error: `a.md` is a file, not the folder of a blog",
            "      = name the folder of your blog with `--source`",
        ],
    )


def test_a_build_of_the_folder_above_the_blog_says_so(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Jekyll builds any folder, and so does mathblog: but its settings are the blog's, and it finds none."""
    site.remove("_config.yml").write({"notes/_config.yml": "title: Notes\n", "notes/index.md": "---\n---\nx\n"})
    result = run_there(site, monkeypatch, "build")
    assert result.exit_code == 0
    told = (
        "notes/_config.yml: warning: this configuration does not count: it is not in the folder that is built [config]"
    )
    assert f"{told}\n      = `--source notes` builds that blog\n" in result.stderr
    result = run_there(site, monkeypatch, "build", "-s", "notes")
    assert "does not count" not in result.stderr


def test_a_site_of_a_fixed_time_is_never_due_again(site: Site) -> None:
    site.config("time: 2020-06-01\n").post("2020-05-31-a").post("2020-06-02-b")
    site.write({"index.md": "---\n---\n{{ site.time | date: '%F %T' }} {{ site.posts.size }}\n"}).build().is_good()
    assert site.done.valid_until is None
    site.has("index.html", "2020-06-01 00:00:00 1").lacks("2020/06/02/b.html")
    site.config("time: 2020-06-02\n").build().is_good().has("index.html", "2020-06-02 00:00:00 2")
    site.equals_a_clean_build()


def test_now_is_the_clock_s_time_also_where_the_time_is_fixed(site: Site) -> None:
    site.config("time: 1999-06-01\n").write(
        {"now.txt": "---\n---\n{{ 'now' | date: '%Y' }} {{ site.time | date: '%Y' }}"}
    )
    site.build().is_good()
    now, fixed = site.read("now.txt").split()
    assert fixed == "1999"
    assert int(now) > 2020


def test_a_time_that_is_none_is_an_error(site: Site) -> None:
    site.config("time: soon\n").post("2020-05-31-a").build().fails(
        """
        _config.yml:3:7: error: `time` has to be a date, not `soon` [config]
            3 | time: soon
              |       ^^^^
              = write `time: 2018-10-06` or `time: 2018-10-06 20:00:00 +0900`
    """,
        code=2,
    )
