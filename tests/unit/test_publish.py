"""Where a site may be written, and what writing it does to the files that stand there."""

import errno
import json
import os
from pathlib import Path

import pytest

from mathblog.core.digest import fingerprint
from mathblog.engine.folders.manifest import MANIFEST
from mathblog.engine.output.destination import Destination, find_destination, open_destination
from mathblog.engine.output.lock import hold_lock
from mathblog.engine.output.publish import Publication, Published
from mathblog.engine.output.staged import stopping
from mathblog.engine.problem import BuildStopped
from mathblog.model.output import OutputFile


def pages(**texts: str) -> list[OutputFile]:
    return [OutputFile(name.replace("__", "/") + ".html", text.encode(), name) for name, text in texts.items()]


def tree(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_text()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "blog"
    (folder / "_posts").mkdir(parents=True)
    return folder


def opened(root: Path, source: Path, *, force: bool = False) -> Destination:
    return open_destination(root, source, find_destination(root, source), force=force)


def write(source: Path, files: list[OutputFile], keep: tuple[str, ...] = (), *, force: bool = False) -> Published:
    destination = opened(source / "_site", source, force=force)
    with Publication(destination, source, keep) as publication:
        for file in files:
            publication.stage(file, fingerprint(file.content))
        return publication.commit()


def test_a_site_is_written_then_only_what_changed(source: Path) -> None:
    assert write(source, pages(a="1", b__c="2")) == Published(2, 0, 0)
    assert tree(source / "_site") == {"a.html": "1", "b/c.html": "2"}
    assert write(source, pages(a="1", b__c="3")) == Published(1, 1, 0)
    assert tree(source / "_site") == {"a.html": "1", "b/c.html": "3"}


def test_what_the_last_build_wrote_and_this_one_does_not_is_removed_with_its_empty_folders(source: Path) -> None:
    write(source, pages(a="1", b__c__d="2"))
    assert write(source, pages(a="1")) == Published(0, 1, 1)
    assert tree(source / "_site") == {"a.html": "1"}
    assert not (source / "_site/b").exists()


def test_files_of_others_are_never_deleted(source: Path) -> None:
    write(source, pages(a="1", b__c="2"))
    (source / "_site/b/notes.txt").write_text("mine")
    (source / "_site/CNAME").write_text("example.org")
    write(source, pages(a="1"))
    assert tree(source / "_site") == {"a.html": "1", "b/notes.txt": "mine", "CNAME": "example.org"}


def test_a_file_of_somebody_elses_is_not_overwritten(source: Path) -> None:
    write(source, pages(a="1"))
    (source / "_site/b.html").write_text("mine")
    with pytest.raises(BuildStopped, match=r"b\.html. was not written by mathblog") as stop:
        write(source, pages(a="2", b="2"))
    assert stop.value.code == 3
    assert tree(source / "_site") == {"a.html": "1", "b.html": "mine"}


def test_keep_files_stay(source: Path) -> None:
    write(source, pages(a="1", kept__b="2"))
    write(source, pages(a="1"), keep=("kept",))
    assert "kept/b.html" in tree(source / "_site")


def test_a_folder_without_our_manifest_is_refused_and_left_as_it_is(source: Path) -> None:
    (source / "_site").mkdir()
    (source / "_site/old.html").write_text("jekyll's")
    with pytest.raises(BuildStopped, match="holds files that mathblog did not write") as stop:
        write(source, pages(a="1"))
    assert stop.value.code == 2
    assert tree(source / "_site") == {"old.html": "jekyll's"}
    write(source, pages(a="1"), force=True)
    assert tree(source / "_site") == {"a.html": "1", "old.html": "jekyll's"}


def test_a_page_may_become_a_folder_and_a_folder_a_page(source: Path) -> None:
    write(source, [OutputFile("a", b"file", "a")])
    write(source, [OutputFile("a/index.html", b"page", "a")])
    assert tree(source / "_site") == {"a/index.html": "page"}
    write(source, [OutputFile("a", b"file", "a")])
    assert tree(source / "_site") == {"a": "file"}


@pytest.mark.parametrize("name", [".", "..", "_posts", "_posts/x", "/"])
def test_dangerous_destinations_are_refused(source: Path, name: str) -> None:
    (source / "_posts/p.md").write_text("x")
    with pytest.raises(BuildStopped) as stop:
        opened(source / name, source)
    assert stop.value.code == 2


def test_home_and_the_current_folder_are_refused(source: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for folder in (tmp_path / "home", tmp_path / "here"):
        folder.mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path / "here")
    for folder in (tmp_path / "home", tmp_path / "here"):
        with pytest.raises(BuildStopped):
            opened(folder, source)


def test_a_destination_that_is_a_file_is_the_environments_fault(source: Path) -> None:
    (source / "_site").write_text("x")
    with pytest.raises(BuildStopped, match="is a file") as stop:
        opened(source / "_site", source)
    assert stop.value.code == 3


def test_a_linked_destination_is_written_through(source: Path, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (source / "_site").symlink_to(tmp_path / "real")
    write(source, pages(a="1"))
    assert tree(tmp_path / "real") == {"a.html": "1"}
    assert (source / "_site").is_symlink()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"files": 3}', '{"files": ["../blog/_posts/p.md", "/etc/passwd", "a/../../x"]}']
)
def test_a_damaged_manifest_owns_nothing_outside(source: Path, text: str) -> None:
    (source / "_posts/p.md").write_text("precious")
    (source / "_site").mkdir()
    (source / "_site" / MANIFEST).write_text(text)
    write(source, pages(a="1"))
    assert (source / "_posts/p.md").read_text() == "precious"


def test_a_build_killed_in_the_middle_leaves_files_that_the_next_one_owns(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(source, pages(a="1", b="1", c="1"))
    real, calls = os.replace, []

    def killed(src: str, dst: str, **folders: int | None) -> None:
        calls.append(dst)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(src, dst, **folders)

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        write(source, pages(a="2", x="2", y="2"))
    monkeypatch.undo()
    after = tree(source / "_site")
    assert set(after.values()) <= {"1", "2"}
    assert not [name for name in after if "tmp" in name]
    write(source, pages(y="3"))
    assert tree(source / "_site") == {"y.html": "3"}


def test_static_files_are_copied(source: Path) -> None:
    (source / "img").mkdir()
    (source / "img/x.png").write_bytes(b"\x89PNG")
    file = OutputFile("img/x.png", None, "img/x.png")
    assert write(source, [file]) == Published(1, 0, 0)
    assert (source / "_site/img/x.png").read_bytes() == b"\x89PNG"
    assert write(source, [file]) == Published(0, 1, 0)


def test_the_manifest_lists_the_files_and_no_times(source: Path) -> None:
    write(source, pages(b="1", a="1"))
    assert json.loads((source / "_site" / MANIFEST).read_text()) == {"files": ["a.html", "b.html"]}


def test_a_source_folder_that_was_moved_away_is_not_made_again(source: Path) -> None:
    """Else nothing could take its place again."""
    destination = opened(source / ".mathblog-cache/preview", source)
    source.rename(source.with_name("aside"))
    with pytest.raises(BuildStopped, match="no such file"), Publication(destination, source):
        pass
    with pytest.raises(BuildStopped, match="no such file"), hold_lock(destination.real, source):
        pass
    assert not source.exists()


@pytest.mark.parametrize(
    ("number", "step"),
    [
        (errno.EMFILE, "raise the limit (`ulimit -n`)"),
        (errno.ENOSPC, "free some"),
        (errno.EXDEV, "one disk"),
        (errno.EROFS, "can be written to"),
        (errno.EEXIST, "make room for it"),
    ],
)
def test_what_the_system_refuses_has_the_step_that_fits(tmp_path: Path, number: int, step: str) -> None:
    with pytest.raises(BuildStopped) as stopped, stopping(tmp_path):
        raise OSError(number, os.strerror(number), "x")
    assert step in stopped.value.hint
