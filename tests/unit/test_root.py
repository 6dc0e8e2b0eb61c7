"""A folder that is written to: paths lead nowhere else, with handles of folders and without."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mathblog.engine.folders import root as module
from mathblog.engine.folders.root import Folder, remove_empty_folder
from mathblog.engine.folders.way import HAS_HANDLES, LinkError, is_link

OUT = ("..", "../x", "a/../x", "a/../../x", "", ".", "/x", "//x", "a//x", "./x", "a/./x", "a/", "a/..")


@pytest.fixture(params=[True, False] if HAS_HANDLES else [False], ids=lambda handles: "handles" if handles else "looks")
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Folder]:
    """A folder, opened in both ways."""
    with Folder(tmp_path / "made/site", make=True, handles=request.param) as made:
        yield made


@pytest.mark.parametrize("path", OUT)
def test_no_path_leads_out(folder: Folder, tmp_path: Path, path: str) -> None:
    (tmp_path / "made/x").write_text("mine")
    (tmp_path / "made/site/y").write_text("y")
    for act in (
        lambda: folder.write(path, b"evil"),
        lambda: folder.read(path),
        lambda: folder.copy(tmp_path / "made/x", path),
        lambda: folder.move("y", path),
        lambda: folder.move(path, "z"),
        lambda: folder.remove(path),
        lambda: folder.open_lock(path),
        lambda: folder.clear(path),
    ):
        with pytest.raises(OSError, match="leads out of its folder"):
            act()
    assert not folder.remove_folder(path)
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["x", "y"]


@pytest.mark.parametrize("path", ["l/x", "l/new", "l/inner/x", "real/back/x"])
def test_no_folder_on_the_way_is_a_link(folder: Folder, tmp_path: Path, path: str) -> None:
    (tmp_path / "outside/inner").mkdir(parents=True)
    for name in ("x", "inner/x"):
        (tmp_path / "outside" / name).write_text("mine")
    (folder.path / "l").symlink_to(tmp_path / "outside")
    (folder.path / "real").mkdir()
    (folder.path / "real/back").symlink_to("..")
    folder.write("y", b"y")
    for act in (
        lambda: folder.write(path, b"evil"),
        lambda: folder.read(path),
        lambda: folder.move("y", path),
        lambda: folder.replace(path, b"evil"),
        lambda: folder.open_lock(path),
    ):
        with pytest.raises(LinkError, match="links are not followed here") as error:
            act()
        assert str(error.value.filename) == str(folder.path / path.rpartition("/")[0].removesuffix("/inner"))
    assert not folder.remove(path)
    assert not folder.remove_folder("l/inner")
    folder.clear("l/inner")
    assert folder.find_obstacle(path) == ("l" if path.startswith("l/") else "real/back")
    assert {file.name: file.read_text() for file in (tmp_path / "outside").rglob("x")} == {"x": "mine"}
    folder.clear("l")
    assert not os.path.lexists(folder.path / "l")
    assert (tmp_path / "outside/x").read_text() == "mine"


def test_the_folder_itself_is_reached_over_no_link(tmp_path: Path) -> None:
    (tmp_path / "real/site").mkdir(parents=True)
    (tmp_path / "l").symlink_to("real")
    for handles in {HAS_HANDLES, False}:
        if handles:
            with pytest.raises(LinkError):
                Folder(tmp_path / "l/site", handles=handles)
        (tmp_path / "m").unlink(missing_ok=True)
        (tmp_path / "m").symlink_to("real/site")
        with pytest.raises(LinkError):
            Folder(tmp_path / "m", handles=handles)
        with pytest.raises(FileNotFoundError):
            Folder(tmp_path / "none", handles=handles)
    remove_empty_folder(tmp_path / "m")
    remove_empty_folder(tmp_path / "real")
    assert (tmp_path / "m").is_symlink()
    remove_empty_folder(tmp_path / "real/site")
    assert not (tmp_path / "real/site").exists()


def test_a_file_is_never_written_in_its_place(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    for name in ("link", "hard", "pipe"):
        place = folder.path / name
        if name == "link":
            place.symlink_to(tmp_path / "mine")
        elif name == "hard":
            place.hardlink_to(tmp_path / "mine")
        else:
            os.mkfifo(place)
        with pytest.raises(FileExistsError):
            folder.write(name, b"new")
        folder.replace(name, b"new", 0o640)
        assert folder.read(name) == b"new"
        assert place.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "mine").read_text() == "mine"
    assert sorted(folder.names()) == ["hard", "link", "pipe"]


def test_a_pipe_is_not_waited_for(folder: Folder) -> None:
    os.mkfifo(folder.path / "pipe")
    for act in (lambda: folder.read("pipe"), lambda: folder.copy(folder.path / "pipe", "new")):
        with pytest.raises(OSError, match="no plain file"):
            act()
    assert not (folder.path / "new").exists()


def test_many_folders_are_held_by_few_handles(folder: Folder) -> None:
    handles = Path("/proc/self/fd")
    before = len(list(handles.iterdir())) if handles.is_dir() else 0
    paths = [
        f"{year}/{month}/{day}/{'x/' * (day % 4)}p.html" for year in range(3) for month in range(12) for day in range(9)
    ]
    for path in paths:
        folder.write(path, path.encode())
    deep = "d/" * 300 + "p.html"
    folder.write(deep, b"deep")
    folder.move(paths[0], deep)
    if before:
        assert len(list(handles.iterdir())) < before + 80
    assert folder.read(deep) == paths[0].encode()
    for path in paths[1:]:
        assert folder.remove(path)
        assert not folder.remove(path)
    while deep := deep.rpartition("/")[0]:
        folder.clear(deep)
    folder.clear("0")
    folder.write("0/1/2.html", b"again")
    assert folder.read("0/1/2.html") == b"again"


def test_large_files_are_copied_whole(folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = bytes(range(256)) * 20_000
    (tmp_path / "large").write_bytes(content)
    folder.copy(tmp_path / "large", "a/one")

    def refuse(*_arguments: object) -> int:
        raise OSError

    monkeypatch.setattr(os, "copy_file_range", refuse, raising=False)
    folder.copy(tmp_path / "large", "a/two")
    assert folder.read("a/one") == folder.read("a/two") == content


def test_single_files_are_waited_for_where_a_file_system_cannot_be(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [f"f{number}/x" for number in range(50)]
    for path in paths:
        folder.write(path, b"x")
    synced: list[int] = []
    guard = threading.Lock()

    def sync(handle: int) -> None:
        with guard:
            synced.append(os.fstat(handle).st_ino)

    monkeypatch.setattr(module, "sync_file_system", lambda _handle: False)
    monkeypatch.setattr(os, "fsync", sync)
    folder.sync([*paths, "f1"])
    assert sorted(synced) == sorted((folder.path / path).stat().st_ino for path in [*paths, "f1"])


def test_what_is_a_link(tmp_path: Path) -> None:
    (tmp_path / "l").symlink_to(tmp_path)
    assert is_link((tmp_path / "l").lstat())
    assert not is_link(tmp_path.lstat())
