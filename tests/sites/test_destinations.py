"""Where a site is published, and what publishing does to the files that stand there."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner

from mathblog.cli.main import command
from mathblog.engine.folders.manifest import MANIFEST
from mathblog.text.urls import OWN_FILES
from support.site import Site, program_environment


@pytest.mark.parametrize(
    ("choose", "why"),
    [
        (lambda site: site.source, "is the source folder"),
        (lambda site: site.source.parent, "holds the source folder"),
        (lambda _: Path("/"), "holds the source folder"),
        (lambda _: Path.home(), "is your home folder"),
        (lambda _: Path.cwd(), "is the current folder"),
        (lambda site: site.source / "_posts", "lies inside `_posts`"),
        (lambda site: site.source / "_posts/site", "lies inside `_posts`"),
        (lambda site: site.source / "maths/_posts/site", "lies inside `_posts`"),
        (lambda site: site.source / "_includes", "lies inside `_includes`"),
        (lambda site: site.source / "_bibliography/site", "lies inside `_bibliography`"),
    ],
)
def test_a_dangerous_destination_is_refused_and_nothing_is_touched(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, choose: Callable[[Site], Path], why: str
) -> None:
    for folder, act in (("home", lambda path: monkeypatch.setenv("HOME", str(path))), ("here", monkeypatch.chdir)):
        (tmp_path.parent / f"{tmp_path.name}-{folder}").mkdir()
        act(tmp_path.parent / f"{tmp_path.name}-{folder}")
    site.post("2018-10-06-vae", "글")
    before = sorted(tmp_path.rglob("*"))
    site.build(destination=str(choose(site)))
    assert site.report.splitlines()[0].endswith(why)
    assert site.report.splitlines()[1] == "      = name another folder with `--destination`, such as `_site`"
    assert site.code == 2
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_that_somebody_else_filled_is_refused_until_it_is_forced(site: Site) -> None:
    site.post("2018-10-06-vae", "글").publish_by_hand("index.html", "theirs").publish_by_hand("notes.txt", "mine")
    site.build()
    assert site.code == 2
    assert "the destination `" in site.report
    assert "holds files that mathblog did not write" in site.report
    assert site.files() == site.before
    site.build(force=True).is_good().has("index.html", "<!doctype html>").has("notes.txt", "mine")
    site.remove("_posts/2018-10-06-vae.md").build().is_good().has("notes.txt", "mine").lacks("2018")


def test_a_page_that_is_gone_goes_with_its_folders_and_files_of_others_stay(site: Site) -> None:
    site.post("2018-10-06-vae", "글", "tags: [수학]").build().is_good().has("2018/10/06/vae.html").has(
        "tags/수학/index.html"
    )
    site.publish_by_hand("2018/notes.txt", "mine").publish_by_hand("CNAME", "example.org")
    site.remove("_posts/2018-10-06-vae.md").post("2018-10-06-renamed", "글").build().is_good()
    site.has("2018/10/06/renamed.html").lacks("2018/10/06/vae.html").lacks("tags")
    site.remove("_posts/2018-10-06-renamed.md").build().is_good()
    site.lacks("2018/10").has("2018/notes.txt", "mine").has("CNAME", "example.org")


def test_keep_files_stay_when_their_source_goes(site: Site) -> None:
    site.config("keep_files: [old]\n").write({"old/a.txt": "1", "b.txt": "2"}).build().is_good()
    site.remove("old/a.txt").remove("b.txt").build().is_good().has("old/a.txt", "1").lacks("b.txt")


def test_a_file_of_somebody_elses_is_not_overwritten(site: Site) -> None:
    site.build().is_good()
    site.publish_by_hand("about.html", "theirs").write({"about.md": "---\n---\nours"}).build()
    assert site.code == 3
    assert "about.html` was not written by mathblog" in site.report
    assert site.files() == site.before


def test_a_destination_that_is_a_link_is_written_through(site: Site, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    site.output.symlink_to("real")
    site.post("2018-10-06-vae", "글").build().is_good()
    assert site.output.is_symlink()
    assert (tmp_path / "real/2018/10/06/vae.html").is_file()
    (tmp_path / "real/theirs.txt").write_text("theirs")
    site.remove("_posts/2018-10-06-vae.md").build().is_good().lacks("2018").has("theirs.txt", "theirs")


def test_a_destination_that_is_a_file_ends_with_3(site: Site) -> None:
    site.output.write_text("a file")
    site.build().fails(
        """
        the destination `OUTPUT` is a file
              = remove it, or name another folder with `--destination`
        """,
        code=3,
    )
    assert site.output.read_text() == "a file"


def test_a_destination_that_cannot_be_made_ends_with_3_in_two_lines(site: Site, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    site.build(destination=str(tmp_path / "file/site"))
    assert site.code == 3
    first, second = site.report.splitlines()
    assert first.startswith(f"cannot write `{tmp_path}/file/site")
    assert first.endswith("`: not a directory")
    assert second.startswith("      = ")


def test_the_site_folder_in_the_source_is_no_source(site: Site) -> None:
    site.output = site.source / "_site"
    site.write({"about.md": "---\n---\n글"}).build().is_good()
    first = site.files()
    site.build().is_good()
    assert site.files() == first


KILLED = """
    import os, signal, sys
    real, calls, last = os.replace, [], int(sys.argv.pop(1))

    def replace(source, target, **options):
        calls.append(target)
        if len(calls) == last:
            os.kill(os.getpid(), signal.SIGKILL)
        real(source, target, **options)

    os.replace = os.rename = replace
    from mathblog.cli.main import main
    main()
"""


@pytest.mark.parametrize("renames", [1, 2, 9])
def test_a_build_killed_while_it_publishes_leaves_whole_files_and_the_next_one_repairs(
    site: Site, renames: int
) -> None:
    site.post("2018-10-05-first", "$$x$$").post("2018-10-06-vae", "옛 글").build().is_good()
    old = site.files()
    site.remove("_posts/2018-10-05-first.md").post("2018-10-06-vae", "새 글").post(
        "2018-10-07-new", "$$y$$", "tags: [수학]"
    )
    arguments = [sys.executable, "-c", dedent(KILLED), str(renames), "build", *site.flags]
    killed = subprocess.run(arguments, env=program_environment(), capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    left = site.files()
    repaired = site.build().is_good().files()
    for path, content in left.items():
        assert content in (old.get(path), repaired.get(path)), f"{path} is neither the old one nor the new one"
    assert [path.name for path in site.output.glob(f"{OWN_FILES}*")] == [MANIFEST]
    site.output = site.output.with_name("fresh")
    assert site.build().is_good().files() == repaired


def test_the_manifest_names_what_is_published(site: Site) -> None:
    site.post("2018-10-06-vae", "글").build().is_good()
    manifest = json.loads((site.output / MANIFEST).read_text(encoding="utf-8"))
    assert set(manifest["files"]) == set(site.files())
    assert [path.name for path in site.output.glob(f"{OWN_FILES}*")] == [MANIFEST]


def test_a_path_that_no_system_takes_is_refused(site: Site) -> None:
    """Each of its 2,500 folders was looked at with all above it."""
    site.config(f"destination: {'y/' * 2500}\n").post("2020-01-01-a", "x")
    done = CliRunner().invoke(command, ["build", "-s", str(site.source)])
    assert done.exit_code == 2
    assert "the path of the destination has more than 4,000 bytes" in done.output + done.stderr
    assert not (site.source / "y").exists()
