"""Where the cache may be: a folder of its own, so that `clean` deletes nothing of the author's, and nothing of it is published."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mathblog.cli.main import command
from mathblog.engine.builder import Builder
from mathblog.engine.problem import BuildStopped
from mathblog.engine.request import BuildRequest
from mathblog.engine.sources.configuration import follow_source, load_config
from support.site import Site

HINT = "      = name a folder of its own in `_config.yml`, such as `cache_dir: .mathblog-cache`"


def run(site: Site, name: str, *flags: str) -> Result:
    return CliRunner().invoke(command, [name, "--source", str(site.source), *flags])


def everything(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.fixture
def own(site: Site) -> Site:
    site.output = site.source / "_site"
    return site.post("2018-10-06-vae", "글 $x$")


@pytest.mark.parametrize("name", ["build", "clean", "doctor"])
@pytest.mark.parametrize(
    ("folder", "why"),
    [
        (".", "is the source folder"),
        ("./a/..", "is the source folder"),
        ("..", "holds the source folder"),
        ("../x", "lies outside of the source folder"),
        ("a/../../x", "lies outside of the source folder"),
        ("/", "holds the source folder"),
        ("_posts", "lies inside `_posts`"),
        ("_posts/cache", "lies inside `_posts`"),
        ("_drafts", "lies inside `_drafts`"),
        ("_layouts", "lies inside `_layouts`"),
        ("_site", "is the destination"),
        ("_site/cache", "lies inside the destination"),
        (".git/x", "lies inside `.git`"),
        ("notes", "holds files that mathblog did not write, such as `a.txt`"),
    ],
)
def test_a_folder_that_is_not_the_caches_own_is_refused(own: Site, name: str, folder: str, why: str) -> None:
    own.config(f"cache_dir: {folder}\n").write({"notes/a.txt": "mine", ".gitignore": "*\n", "a/b.md": "mine"})
    (own.source.parent / "x").mkdir()
    (own.source.parent / "x/.gitignore").write_text("*\n")
    before = everything(own.source.parent)
    done = run(own, name)
    assert done.stderr.splitlines() == [f"mathblog: error: the cache folder `{folder}` {why}", HINT]
    assert done.exit_code == 2
    assert everything(own.source.parent) == before


def test_the_authors_own_ignore_file_makes_no_folder_the_caches(own: Site) -> None:
    own.config("cache_dir: notes\n").write({"notes/.gitignore": "*\n", "notes/a.txt": "mine"})
    assert run(own, "clean").exit_code == 2
    assert (own.source / "notes/.gitignore").read_text() == "*\n"


@pytest.mark.parametrize("folder", [".cache/mathblog", "tmp/c/", "c", "../{name}/c", "{parent}/elsewhere/c"])
def test_a_folder_of_its_own_is_used_and_cleaned(own: Site, folder: str) -> None:
    folder = folder.format(name=own.source.name, parent=own.source.parent)
    own.config(f"cache_dir: {folder}\n")
    for _ in range(2):
        own.build().is_good()
        assert any((own.source / folder).glob("store-*.sqlite3"))
        assert not any("store-" in path for path in own.files())
    (own.source / folder / "notes.txt").write_text("mine")
    own.build().is_good()
    assert run(own, "clean").exit_code == 0
    assert [path.name for path in (own.source / folder).iterdir()] == ["notes.txt"]


def test_an_ignore_file_that_is_not_ours_stays(own: Site) -> None:
    own.write({".mathblog-cache/.gitignore": "!keep\n"}).build().is_good()
    assert run(own, "clean").exit_code == 0
    assert (own.source / ".mathblog-cache/.gitignore").read_text() == "!keep\n"


@pytest.mark.parametrize("name", ["build", "clean"])
@pytest.mark.parametrize("dangling", [False, True])
def test_a_cache_folder_that_is_a_link_out_of_the_site_is_refused(
    own: Site, tmp_path: Path, name: str, *, dangling: bool
) -> None:
    target = tmp_path / "elsewhere"
    if not dangling:
        target.mkdir()
        (target / ".gitignore").write_text("*\n")
    own.link(".mathblog-cache", target)
    done = run(own, name)
    assert done.exit_code == 2
    assert done.stderr.splitlines()[0] == (
        "mathblog: error: the cache folder `.mathblog-cache` is a link, or lies behind one, that leads out of the source "
        f"folder, to `{target}`"
    )
    assert [path.name for path in target.rglob("*")] == ([] if dangling else [".gitignore"])
    own.config(f"cache_dir: {target}\n")
    assert run(own, "build").exit_code == 0


def test_a_link_on_the_way_to_the_cache_is_not_followed_either(own: Site, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    own.config("cache_dir: tmp/cache\n").link("tmp", tmp_path / "elsewhere").build()
    assert own.code == 2
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("part", ["", "-wal", "-shm", "-journal"])
@pytest.mark.parametrize("content", [None, "", "precious"])
@pytest.mark.parametrize("hard", [False, True])
def test_the_files_of_the_store_are_no_links(
    own: Site, tmp_path: Path, part: str, content: str | None, *, hard: bool
) -> None:
    own.build().is_good()
    (store,) = (own.source / ".mathblog-cache").glob("store-*.sqlite3")
    target, link = tmp_path / "outside", store.with_name(store.name + part)
    if content is not None:
        target.write_text(content)
    link.unlink(missing_ok=True)
    if hard and content is not None:
        link.hardlink_to(target)
    else:
        link.symlink_to(target)
    own.post("2018-10-06-vae", "neu").build().is_good().equals_a_clean_build()
    assert store.is_file()
    assert not store.is_symlink()
    assert store.stat().st_nlink == 1
    assert not target.exists() if content is None else target.read_text() == content


def test_an_ignore_file_that_is_a_link_is_not_written_through(own: Site, tmp_path: Path) -> None:
    own.link(".mathblog-cache/.gitignore", tmp_path / "new").build().is_good()
    assert not (tmp_path / "new").exists()


def test_a_store_that_is_a_pipe_hangs_nobody(own: Site) -> None:
    own.build().is_good()
    (store,) = (own.source / ".mathblog-cache").glob("store-*.sqlite3")
    store.unlink()
    os.mkfifo(store)
    assert run(own, "explain", "/2018/10/06/vae.html").exit_code == 0
    own.build().is_good()
    assert store.is_file()


def test_a_preview_that_is_a_link_is_refused(own: Site, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/index.html").write_text("precious")
    own.link(".mathblog-cache/preview", tmp_path / "elsewhere")
    with Builder(BuildRequest(own.source, preview=True)) as builder, pytest.raises(BuildStopped) as stop:
        builder.build()
    assert stop.value.code == 3
    assert "links are not followed here" in str(stop.value)
    assert everything(tmp_path / "elsewhere") == {str(tmp_path / "elsewhere/index.html"): b"precious"}
    assert run(own, "clean").exit_code == 0
    assert everything(tmp_path / "elsewhere") == {str(tmp_path / "elsewhere/index.html"): b"precious"}


@pytest.mark.parametrize("link", [".mathblog-cache", "_site", "docs"])
def test_a_link_to_itself_is_no_internal_error(own: Site, link: str) -> None:
    """`Path.resolve` raises RuntimeError for one."""
    own.config("source: docs\n" if link == "docs" else "").link(link, link)
    for name in ("build", "clean", "check"):
        done = run(own, name)
        assert done.exception is None or isinstance(done.exception, SystemExit), name
    request = BuildRequest(own.source)
    assert request.never_read(load_config(request).config.output)
    assert (follow_source(request).source == own.source / "docs") == (link == "docs")
