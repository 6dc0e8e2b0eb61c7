"""What a stranger put into the destination or the cache: nothing outside of them is written, emptied or deleted.

A repository may hold a `_site` of its own, with links and a manifest in it. Every attack here is what `git clone` or an
archive can make, and is tried with each command that writes or deletes.
"""

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mathblog.cli.main import command
from mathblog.engine.builder import Builder
from mathblog.engine.folders.manifest import MANIFEST
from mathblog.engine.folders.root import Folder
from mathblog.engine.output.staged import STAGING
from mathblog.engine.problem import BuildStopped
from mathblog.engine.request import BuildRequest
from support.site import Site

LOCK = ".mathblog-lock"
PRECIOUS = "precious\n"


@pytest.fixture
def own(site: Site) -> Site:
    """A blog that is published to `_site` in its own folder, as a clone is."""
    site.output = site.source / "_site"
    return site.post("2018-10-06-vae", "글 $x$")


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder of the builder's, beside the blog."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "authorized_keys").write_text(PRECIOUS)
    return folder


def tree(root: Path) -> dict[str, bytes | str]:
    """All below a folder: the bytes of files, where links lead."""
    found = sorted(root.rglob("*"))
    return {
        str(path): str(path.readlink()) if path.is_symlink() else path.read_bytes()
        for path in found
        if path.is_symlink() or path.is_file()
    }


def run(site: Site, name: str, *flags: str) -> Result:
    return CliRunner().invoke(command, [name, "--source", str(site.source), *flags])


def preview(site: Site) -> None:
    """The builds of `mathblog serve`."""
    with Builder(BuildRequest(site.source, preview=True)) as builder:
        builder.build()


def claim(folder: Path, *paths: object) -> None:
    """A manifest that names files."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MANIFEST).write_text(json.dumps({"files": list(paths)}))


# the lock


@pytest.mark.parametrize("name", ["build", "clean"])
@pytest.mark.parametrize("kind", ["symlink", "dangling", "hard link"])
def test_a_lock_that_is_a_link_is_not_followed(own: Site, outside: Path, name: str, kind: str) -> None:
    claim(own.output)
    target = outside / ("authorized_keys" if kind != "dangling" else "new")
    if kind == "hard link":
        (own.output / LOCK).hardlink_to(target)
    else:
        (own.output / LOCK).symlink_to(target)
    before = tree(outside)
    done = run(own, name)
    assert tree(outside) == before
    if kind == "hard link":
        assert done.exit_code == 0
    else:
        assert done.exit_code == 3
        assert done.stderr.splitlines()[0].endswith(f"{LOCK}` is a link, which mathblog never makes")


def test_the_lock_of_a_preview_is_not_followed(own: Site, outside: Path) -> None:
    own.link(f".mathblog-cache/preview/{LOCK}", outside / "authorized_keys")
    before = tree(outside)
    with pytest.raises(BuildStopped, match="is a link, which mathblog never makes"):
        preview(own)
    assert tree(outside) == before


@pytest.mark.parametrize("name", ["build", "clean"])
def test_a_lock_that_is_a_pipe_does_not_hang(own: Site, name: str) -> None:
    claim(own.output)
    os.mkfifo(own.output / LOCK)
    done = run(own, name)
    assert done.exit_code == 3
    assert f"{LOCK}`: it is no plain file" in done.stderr


# links in the destination


@pytest.mark.parametrize("name", ["build", "clean"])
def test_what_the_manifest_names_behind_a_link_is_not_deleted(own: Site, outside: Path, name: str) -> None:
    claim(own.output, "l/authorized_keys", "gone.html")
    (own.output / "l").symlink_to(outside)
    (own.output / "gone.html").write_text("old")
    before = tree(outside)
    assert run(own, name).exit_code == 0
    assert tree(outside) == before
    assert not (own.output / "gone.html").exists()


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("claimed", [(), ("l/page.html", "l/authorized_keys")])
def test_nothing_is_written_through_a_link(own: Site, outside: Path, claimed: tuple[str, ...], *, force: bool) -> None:
    claim(own.output, *claimed)
    (own.output / "l").symlink_to(outside)
    own.write({"l/authorized_keys": "evil", "page.md": "---\npermalink: /l/page.html\n---\nevil"})
    before = tree(outside)
    own.build(force=force)
    assert tree(outside) == before
    assert str(own.stop) == f"`{own.output}/l` is a link, and a folder of the site belongs there"
    assert own.code == 3
    assert not (own.output / "index.html").exists()


def test_a_link_that_the_manifest_owns_goes_and_its_target_stays(own: Site, outside: Path) -> None:
    claim(own.output, "l", "2018", "index.html")
    for name in ("l", "2018"):
        (own.output / name).symlink_to(outside)
    (own.output / "index.html").symlink_to(outside / "authorized_keys")
    before = tree(outside)
    own.build().is_good().has("index.html", "<!doctype html>").has("2018/10/06/vae.html").lacks("l")
    assert tree(outside) == before
    assert not any(path.is_symlink() for path in own.output.rglob("*"))


def test_the_parts_of_publishing_are_no_links(own: Site, outside: Path) -> None:
    own.output.mkdir()
    (outside / "x").mkdir()
    (own.output / STAGING).symlink_to(outside / "x")
    own.build().is_good()
    assert tree(outside / "x") == {}
    (own.output / MANIFEST).rename(outside / "list.json")
    (own.output / MANIFEST).symlink_to(outside / "list.json")
    before = tree(outside)
    own.post("2018-10-07-b", "둘째").build(force=True)
    assert own.code == 0
    assert "the manifest cannot be used" in own.report or "it cannot be read" in own.report
    assert tree(outside) == before
    assert not (own.output / MANIFEST).is_symlink()


def test_a_file_with_another_name_is_replaced_and_never_written_to(own: Site, outside: Path) -> None:
    own.build().is_good()
    for path in ("index.html", MANIFEST):
        place = own.output / path
        place.unlink()
        place.hardlink_to(outside / "authorized_keys")
    before = tree(outside)
    own.build(force=True)
    assert own.has("index.html", "<!doctype html>").code == 0
    assert tree(outside) == before


def test_a_folder_that_becomes_a_link_while_the_site_is_made_is_not_followed(
    own: Site, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.build().is_good()
    moved = Folder.move

    def move(folder: Folder, path: str, place: str) -> None:
        year = own.output / "2018"
        if not year.is_symlink():  # after all were looked at
            year.rename(own.output / "moved")
            year.symlink_to(outside)
        moved(folder, path, place)

    monkeypatch.setattr(Folder, "move", move)
    before = tree(outside)
    own.post("2018-10-06-vae", "neu").post("2018-10-07-b", "neu").build()
    assert tree(outside) == before
    assert own.code == 3
    assert "links are not followed here" in own.report


def test_the_destination_is_not_another_one_after_it_was_checked(
    own: Site, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.build().is_good()
    taken = Builder._build

    def build(*arguments: object) -> object:
        own.output.rename(own.source / "_old")
        own.output.symlink_to(outside)
        return taken(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Builder, "_build", build)
    before = tree(outside)
    own.post("2018-10-07-b", "neu").build(force=True)
    assert own.code == 3
    assert tree(outside) == before


# other things in the destination


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the names of sockets are short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def make_link_to_a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [make_pipe, make_socket, make_link_to_a_device])
def test_what_is_no_file_is_replaced_where_it_is_ours_and_refused_where_not(
    own: Site, make: Callable[[Path], None]
) -> None:
    claim(own.output, "empty.txt", "old.txt")
    own.write({"empty.txt": ""})
    make(own.output / "empty.txt")
    make(own.output / "old.txt")
    own.build().is_good().lacks("old.txt")
    assert (own.output / "empty.txt").read_bytes() == b""
    make(own.output / "other.txt")
    own.write({"other.txt": ""}).build()
    assert own.code == 3
    assert "other.txt` was not written by mathblog" in own.report


def test_a_folder_where_a_page_goes_and_a_file_where_a_folder_goes(own: Site) -> None:
    own.build().is_good()
    own.publish_by_hand("about.html/notes.txt", "mine").write({"about.md": "---\n---\n글"}).build()
    assert str(own.stop) == f"`{own.output}/about.html` is a folder, and a page of the site belongs there"
    assert (own.code, own.files()) == (3, own.before)
    own.remove("about.md").publish_by_hand("new", "mine").write({"new/page.md": "---\n---\n글"}).build()
    assert str(own.stop) == f"`{own.output}/new` is a file, and a folder of the site belongs there"
    assert (own.code, own.files()) == (3, own.before)


@pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may write anywhere")
@pytest.mark.parametrize("mode", [0o400, 0])
def test_files_that_nobody_may_write_are_replaced(own: Site, mode: int) -> None:
    own.build().is_good()
    for path in own.output.rglob("*"):
        if path.is_file() and not path.name.startswith(".mathblog"):
            path.chmod(mode)
    own.post("2018-10-06-vae", "neu").build().is_good().has("2018/10/06/vae.html", "neu")


# the manifest

STRANGE: Mapping[str, object] = {
    "parents": {"files": ["../_posts/2018-10-06-vae.md", "a/../../_config.yml"]},
    "absolute": {"files": ["/etc/passwd"]},
    "empty": {"files": ["", "/", ".", "..", "a//b", "./_config.yml"]},
    "backslash": {"files": ["..\\_config.yml", "a\\b"]},
    "nul": {"files": ["a\0b"]},
    "surrogate": {"files": ["\ud800"]},
    "twice": {"files": ["gone.html", "gone.html"]},
    "types": {"files": [1, None, True, ["x"], {"a": 1}, 1e308]},
    "own": {"files": [MANIFEST, LOCK, f"{STAGING}/0"]},
    "a text": {"files": "gone.html"},
    "a mapping": {"files": {"gone.html": 1}},
    "a list": ["gone.html"],
    "nothing": None,
}


@pytest.mark.parametrize("name", ["build", "clean"])
@pytest.mark.parametrize("wrong", STRANGE)
def test_a_manifest_is_believed_for_plain_paths_only(own: Site, outside: Path, name: str, wrong: str) -> None:
    claim(own.output)
    (own.output / MANIFEST).write_text(json.dumps(STRANGE[wrong]))
    before = tree(own.source / "_posts"), tree(outside), (own.source / "_config.yml").read_text()
    done = run(own, name)
    assert done.exit_code == 0, done.output
    assert before == (tree(own.source / "_posts"), tree(outside), (own.source / "_config.yml").read_text())
    if name == "build":
        assert done.stderr.count("_site/.mathblog-manifest.json: warning: ") == 1
        again = run(own, "build")
        assert (again.exit_code, again.stderr) == (0, "")
        assert own.build().is_good().equals_a_clean_build()


@pytest.mark.parametrize("text", ["[" * 100_000, '{"files":' * 50_000, "\xff\xfe", '{"files": [NaN, "\\ud800"]}', "{"])
def test_a_manifest_that_is_no_list_owns_nothing(own: Site, text: str) -> None:
    own.output.mkdir()
    (own.output / MANIFEST).write_bytes(text.encode("latin-1"))
    own.build()
    assert own.code == 0
    assert own.report.startswith("_site/.mathblog-manifest.json: warning: ")
    assert len(own.report.splitlines()) == 2
    own.build().is_good()


def test_a_manifest_that_is_a_pipe_does_not_hang(own: Site) -> None:
    own.output.mkdir()
    os.mkfifo(own.output / MANIFEST)
    own.build()
    assert (own.code, own.report.splitlines()[0]) == (
        0,
        "_site/.mathblog-manifest.json: warning: it cannot be read: it is no plain file [destination]",
    )
    own.build().is_good()


@pytest.mark.skipif(os.name == "nt", reason="a backslash is no part of a name there")
def test_a_file_with_a_backslash_is_published_without_a_warning(own: Site) -> None:
    own.write({"a\\b.txt": "mine"})
    for _ in range(2):
        own.build().is_good().has("a\\b.txt", "mine")


# the destination itself


def test_a_destination_in_the_repository_of_git_is_refused(own: Site) -> None:
    (own.source / ".git").mkdir()
    own.config("destination: .git/hooks\n")
    done = run(own, "build")
    assert (done.exit_code, done.stderr.splitlines()[0]) == (
        2,
        f"mathblog: error: the destination `{own.source}/.git/hooks` lies inside `.git`",
    )
    assert list((own.source / ".git").iterdir()) == []


def make_repository(site: Site, *, index: str = "") -> None:
    """A repository of git with the blog in it, as a clone has it."""
    for arguments in (("init", "-q"), *([("update-index", "--index-version", index)] if index else []), ("add", "-A")):
        subprocess.run(["git", *arguments], cwd=site.source, check=True, capture_output=True)


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.parametrize("name", ["build", "clean"])
@pytest.mark.parametrize("index", ["2", "4"])
def test_a_destination_that_came_as_a_link_is_not_followed(own: Site, outside: Path, name: str, index: str) -> None:
    (outside / "authorized_keys").unlink()
    claim(outside, "theirs.html")
    (outside / "theirs.html").write_text("theirs")
    own.output.symlink_to(outside)
    make_repository(own, index=index)
    before = tree(outside)
    done = run(own, name)
    assert done.exit_code == 2
    why = f"is a link that came with the repository and leads out of the source folder, to `{outside}`"
    assert done.stderr.splitlines() == [
        f"mathblog: error: the destination `{own.output}` {why}",
        f"      = if the site belongs there, say so: `--destination {outside}`",
    ]
    assert tree(outside) == before
    own.output = outside
    own.build().is_good().lacks("theirs.html")


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_a_link_on_the_way_to_the_destination_is_not_followed_either(own: Site, outside: Path) -> None:
    (outside / "authorized_keys").unlink()
    own.config("destination: public/site\n").link("public", outside)
    (outside / "site").mkdir()
    make_repository(own)
    assert run(own, "build").exit_code == 2
    assert tree(outside) == {}


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_a_link_of_the_authors_own_is_followed(own: Site, outside: Path) -> None:
    (outside / "authorized_keys").unlink()
    own.write({".gitignore": "/_site\n"}).output.symlink_to(outside)
    make_repository(own)
    done = run(own, "build")
    assert (done.exit_code, done.stderr) == (0, "")
    assert (outside / "index.html").is_file()
    assert run(own, "build", "--safe").exit_code == 2
    assert run(own, "build", "--safe", "--destination", str(outside)).exit_code == 0
    (outside / "notes.txt").write_text("mine")
    assert run(own, "clean").exit_code == 0
    assert [path.name for path in outside.iterdir()] == ["notes.txt"]
    assert own.output.is_symlink()


def test_a_link_to_a_folder_that_is_not_there_makes_none(own: Site, outside: Path) -> None:
    own.output.symlink_to(outside / "new")
    assert run(own, "build").exit_code == 2
    assert not (outside / "new").exists()


def test_a_link_inside_the_site_is_followed_and_the_folder_checked(own: Site) -> None:
    (own.source / "public").mkdir()
    own.output.symlink_to("public")
    own.build(destination="_site").is_good()
    assert (own.source / "public/index.html").is_file()
    own.output.unlink()
    own.output.symlink_to("_posts")
    own.build(destination="_site")
    assert (own.code, own.report.splitlines()[0].rpartition("` ")[2]) == (2, "lies inside `_posts`")


@pytest.mark.parametrize("config", ["destination: ../home/new\n", "cache_dir: {outside}/new\n"])
def test_safe_is_to_write_nothing_outside(own: Site, outside: Path, config: str) -> None:
    own.config(config.format(outside=outside))
    before = tree(outside)
    for _ in range(2):
        done = run(own, "build", "--safe")
        assert done.exit_code == 2
        assert "lies outside of the source folder" in done.stderr
        assert tree(outside) == before
    assert run(own, "build").exit_code == 0
    assert tree(outside) != before


@pytest.mark.parametrize(
    "place", [".config/autostart", ".ssh/new", "Library/LaunchAgents", "bin", "etc/cron.d", "x/site-packages", "a/.b/c"]
)
def test_a_configuration_publishes_to_no_folder_whose_files_are_run(own: Site, outside: Path, place: str) -> None:
    own.config(f"destination: {outside}/{place}\n")
    before = tree(outside)
    done = run(own, "build")
    assert done.exit_code == 2
    assert "where programs keep their own files" in done.stderr
    assert tree(outside) == before
    assert run(own, "build", "--destination", f"{outside}/{place}").exit_code == 0
    published = tree(outside)
    assert run(own, "clean").exit_code == 2
    assert tree(outside) == published
    assert run(own, "clean", "--destination", f"{outside}/{place}").exit_code == 0
    assert tree(outside) == before
