"""Changes of the source folder, as the preview hears of them."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mathblog.serve.watch import Watch

SOON = 5.0
QUIET = 0.15
SKIPPED = ("_site", ".mathblog-cache", "posts/drafts")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "blog"
    for folder in ("posts/deep", "_site", ".git", "node_modules/katex", "posts/drafts"):
        (root / folder).mkdir(parents=True)
    (root / "posts/a.md").write_text("a", encoding="utf-8")
    return root


@pytest.fixture
def watch(root: Path) -> Iterator[Watch]:
    with Watch(root, lambda folder: folder not in SKIPPED) as watch:
        yield watch


def expect(watch: Watch, *paths: str) -> None:
    """All of `paths` are told of, however the system bundles them."""
    wanted, end = set(paths), time.monotonic() + SOON
    while wanted and time.monotonic() < end:
        wanted -= watch.wait(0.2)
    assert not wanted


def test_files_are_written_made_renamed_and_removed(watch: Watch, root: Path) -> None:
    (root / "posts/a.md").write_text("edited", encoding="utf-8")
    expect(watch, "posts/a.md")
    (root / "posts/deep/가우스.md").write_text("new", encoding="utf-8")
    expect(watch, "posts/deep/가우스.md")
    (root / "posts/a.md").rename(root / "posts/b.md")
    expect(watch, "posts/a.md", "posts/b.md")
    (root / "posts/b.md").unlink()
    expect(watch, "posts/b.md")


def test_an_editor_that_saves_by_renaming(watch: Watch, root: Path) -> None:
    (root / "posts/.a.md.swp").write_text("swap", encoding="utf-8")
    (root / "posts/4913").touch()
    (root / "posts/a.md~").write_text("a", encoding="utf-8")
    assert watch.wait(QUIET) == frozenset()
    (root / "posts/a.md~").replace(root / "posts/a.md")
    expect(watch, "posts/a.md")


def test_a_new_folder_is_followed_at_once(watch: Watch, root: Path) -> None:
    (root / "new/deeper").mkdir(parents=True)
    (root / "new/deeper/a.md").write_text("a", encoding="utf-8")
    expect(watch, "new")
    watch.wait(QUIET)
    (root / "new/deeper/a.md").write_text("b", encoding="utf-8")
    expect(watch, "new/deeper/a.md")


def test_a_folder_that_is_replaced_by_one_of_its_name(watch: Watch, root: Path) -> None:
    shutil.rmtree(root / "posts/deep")
    (root / "posts/deep").mkdir()
    expect(watch, "posts/deep")
    watch.wait(QUIET)
    (root / "posts/deep/a.md").write_text("a", encoding="utf-8")
    expect(watch, "posts/deep/a.md")


def test_what_is_not_the_sites_is_not_told(watch: Watch, root: Path) -> None:
    for path in ("_site/a.html", ".git/index", "node_modules/katex/a.js", "posts/drafts/a.md", ".#lock", ".DS_Store"):
        (root / path).write_text("x", encoding="utf-8")
    (root / ".mathblog-cache").mkdir()
    (root / ".mathblog-cache/store").write_text("x", encoding="utf-8")
    assert watch.wait(QUIET) == frozenset()


def test_a_configuration_file_elsewhere(root: Path, tmp_path: Path) -> None:
    with Watch(root, bool, (tmp_path / "shared.yml",)) as watch:
        (tmp_path / "other.yml").write_text("a: 1", encoding="utf-8")
        assert watch.wait(QUIET) == frozenset()
        (tmp_path / "shared.yml").write_text("a: 1", encoding="utf-8")
        expect(watch, str(tmp_path / "shared.yml"))


def test_polling_finds_changes_too(root: Path) -> None:
    with Watch(root, bool, polling=True) as watch:
        later = time.time() + 5  # polling sees whole seconds only
        os.utime(root / "posts/a.md", (later, later))
        expect(watch, "posts/a.md")


def test_edits_made_while_nobody_waits_come_together(watch: Watch, root: Path) -> None:
    write: Callable[[str], object] = lambda name: (root / "posts" / name).write_text("x", encoding="utf-8")  # noqa: E731
    for name in ("x.md", "y.md"):
        write(name)
        time.sleep(QUIET)
    assert watch.wait(SOON) == {"posts/x.md", "posts/y.md"}
    assert watch.wait(0.0) == frozenset()


def test_a_folder_that_was_moved_away_and_came_back(watch: Watch, root: Path) -> None:
    """As itself, then as another one of its name: changes are told again, and that all may have changed."""
    for copied in (False, True):
        away = root.with_name(f"away-{copied}")
        root.rename(away)
        time.sleep(1.2)
        if copied:
            shutil.copytree(away, root)
        else:
            away.rename(root)
        expect(watch, ".")
        (root / "posts/a.md").write_text(f"edited {copied}", encoding="utf-8")
        expect(watch, "posts/a.md")


def test_what_a_preview_prints_into_a_file_of_the_folder_is_no_change(root: Path) -> None:
    """It would build and print for ever: `mathblog serve > log`."""
    kept, log = os.dup(1), os.open(root / "log", os.O_WRONLY | os.O_CREAT)
    os.dup2(log, 1)
    try:
        with Watch(root, lambda _: True) as watch:
            os.write(log, b"built")
            (root / "other").write_text("x")
            told, end = set[str](), time.monotonic() + SOON
            while "other" not in told and time.monotonic() < end:
                told |= watch.wait(0.2)
            assert told == {"other"}
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(log)
