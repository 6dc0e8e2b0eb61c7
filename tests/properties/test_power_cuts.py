"""A power cut at any moment: what the manifest names was on the disk before, and what stands is in the manifest.

A layer under `Folder` notes what is written, renamed, removed and waited for, and after each step makes up what a disk may
hold after a power cut: of a file that was not waited for the bytes are lost, and of each name in a folder that was not waited
for any state since then may stand, each name for itself. File systems keep more than that.
"""

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from mathblog.core.digest import fingerprint
from mathblog.engine.folders.manifest import MANIFEST
from mathblog.engine.folders.root import Folder
from mathblog.engine.output.destination import open_destination
from mathblog.engine.output.publish import Publication
from mathblog.engine.output.staged import STAGING
from mathblog.model.output import OutputFile
from mathblog.text.urls import OWN_FILES

SAMPLES = 6  # states of the disk that are looked at after each step


@dataclass
class Node:
    """A file or a folder; `safe` are the bytes that a power cut leaves, None where they are lost."""

    content: bytes | None = None
    safe: bytes | None = None

    @property
    def is_folder(self) -> bool:
        return self.content is None


State: TypeAlias = dict[str, Node]


@dataclass
class Disk:
    """What is known of the disk below a folder: for each path all that stood there since its folder was waited for."""

    random: random.Random
    check: Callable[[State], None]
    seen: dict[str, list[Node | None]] = field(default_factory=dict)
    states: int = 0

    def stand(self, path: str, node: Node | None) -> None:
        parts = path.split("/")
        for depth in range(1, len(parts) if node is not None else 0):
            above = "/".join(parts[:depth])
            if self.now(above) is None:
                self.seen.setdefault(above, [None]).append(Node())
        self.seen.setdefault(path, [None]).append(node)

    def now(self, path: str) -> Node | None:
        return self.seen.get(path, [None])[-1]

    def wait(self, paths: Sequence[str]) -> None:
        """As `fsync` does: of a file its bytes, of a folder the names in it, and nothing else."""
        for path in paths:
            node = self.now(path) if path else Node()
            assert node is not None, f"{path} is waited for, and is not there"
            if not node.is_folder:
                node.safe = node.content
                continue
            for inner, known in self.seen.items():
                if inner.rpartition("/")[0] == path:
                    del known[:-1]

    def cut(self) -> None:
        """Look at some of the states that the disk may be in when the power goes now."""
        ways: list[Callable[[list[Node | None]], Node | None]] = [lambda known: known[0], lambda known: known[-1]]
        for choose in [*ways, *[self.random.choice] * SAMPLES]:
            chosen = {path: node for path, known in self.seen.items() if (node := choose(known)) is not None}
            self.check({path: node for path, node in chosen.items() if _is_reached(path, chosen)})
            self.states += 1


def _is_reached(path: str, chosen: State) -> bool:
    above = path.rpartition("/")[0]
    return not above or (above in chosen and chosen[above].is_folder and _is_reached(above, chosen))


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Disk], None]]:
    """Note on a disk what `Folder` does, and cut the power after each step."""

    def start(disk: Disk) -> None:
        monkeypatch.undo()  # the disk of the build before

        def note(name: str, act: Callable[..., None]) -> None:
            done = getattr(Folder, name)

            def step(folder: Folder, *values: Any, **more: Any) -> Any:
                answer = done(folder, *values, **more)
                if answer is not False:
                    act(*values, **more)
                    disk.cut()
                return answer

            monkeypatch.setattr(Folder, name, step)

        def write(path: str, content: bytes, *, durable: bool = False, early: bool = False) -> None:  # noqa: ARG001
            disk.stand(path, Node(content, content if durable else None))

        def move(path: str, place: str) -> None:
            disk.stand(place, disk.now(path))
            disk.stand(path, None)

        def clear(path: str) -> None:
            for known in [known for known in disk.seen if known == path or known.startswith(f"{path}/")]:
                disk.stand(known, None)

        note("write", write)
        note("copy", lambda original, path: disk.stand(path, Node(original.read_bytes())))
        note("move", move)
        note("remove", lambda path: disk.stand(path, None))
        note("remove_folder", lambda path: disk.stand(path, None))
        note("clear", clear)
        note("sync", disk.wait)

    yield start
    monkeypatch.undo()


def publish(source: Path, pages: Mapping[str, bytes], *, durable: bool = True) -> None:
    root = source / "_site"
    with Publication(open_destination(root, source, root), source, durable=durable) as publication:
        for path, content in pages.items():
            is_copied = path.endswith(".png")
            if is_copied:
                (source / path).parent.mkdir(parents=True, exist_ok=True)
                (source / path).write_bytes(content)
            publication.stage(OutputFile(path, None if is_copied else content, path), fingerprint(content))
        publication.commit()


def check_manifest(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Callable[[State], None]:
    """What holds of every state of the disk between two sites."""

    def check(state: State) -> None:
        manifest = state.get(MANIFEST)
        if manifest is None:
            assert not before, "the manifest is gone"
            listed = []
        else:
            assert manifest.safe is not None, "the manifest itself is lost"
            listed = json.loads(manifest.safe)["files"]
        for path in listed:
            node = state.get(path)
            if node is not None and not node.is_folder:
                assert node.safe is not None, f"the manifest names {path}, whose bytes are lost"
                assert node.safe in (before.get(path), after.get(path)), (
                    f"{path} is neither the old one nor the new one"
                )
        if set(listed) == set(after) and not set(before) <= set(after):  # else it may be the one of claims
            assert all(path in state for path in after), "the manifest lists a file that is not there"
        pages = {path for path, node in state.items() if not (path.startswith(OWN_FILES) or node.is_folder)}
        assert pages <= set(listed), "a page stands there that no manifest claims"

    return check


def load(disk: Disk, pages: Mapping[str, bytes]) -> None:
    """The disk after a build long ago."""
    if pages:
        for path, content in {**pages, MANIFEST: json.dumps({"files": sorted(pages)}).encode()}.items():
            disk.stand(path, Node(content, content))
        for known in disk.seen.values():
            del known[:-1]


def make_site(numbers: random.Random, before: Mapping[str, bytes]) -> dict[str, bytes]:
    """The next site: some pages stay, some change, some go, some come; a page may become a folder."""
    pages = {path: content for path, content in before.items() if numbers.random() < 0.7}
    for path in pages:
        if numbers.random() < 0.4:
            pages[path] = numbers.randbytes(8)
    for _ in range(numbers.randrange(4)):
        folder = "".join(f"{numbers.choice('abc')}/" for _ in range(numbers.randrange(4)))
        pages[f"{folder}{numbers.choice(('p.html', 'q.html', 'i.png', 'a', 'b'))}"] = numbers.randbytes(8)
    return {
        path: content for path, content in pages.items() if not any(other.startswith(f"{path}/") for other in pages)
    }


@pytest.mark.parametrize("seed", range(12))
def test_no_manifest_names_what_is_not_on_the_disk(tmp_path: Path, watch: Callable[[Disk], None], seed: int) -> None:
    numbers = random.Random(seed)
    before: dict[str, bytes] = {}
    disks = []
    for _ in range(6):
        after = make_site(numbers, before)
        disk = Disk(numbers, check_manifest(before, after))
        load(disk, before)
        disks.append(disk)
        watch(disk)
        publish(tmp_path, after)
        root = tmp_path / "_site"
        files = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        assert {path: content for path, content in files.items() if path != MANIFEST} == after
        before = after
    assert sum(disk.states for disk in disks) > 300


@pytest.mark.parametrize("lost", ["sync", "durable"])
def test_the_layer_finds_a_build_that_does_not_wait(tmp_path: Path, watch: Callable[[Disk], None], lost: str) -> None:
    before, after = {"a.html": b"old", "b/c.html": b"old"}, {"a.html": b"new", "d/e.html": b"new"}
    publish(tmp_path, before)
    disk = Disk(random.Random(0), check_manifest(before, after))
    load(disk, before)
    if lost == "sync":
        disk.wait = lambda _paths: None  # type: ignore[method-assign]
    watch(disk)
    with pytest.raises(AssertionError, match=r"lost|claims|not there"):
        publish(tmp_path, after, durable=lost == "sync")


def test_a_build_that_changes_nothing_waits_for_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {"a.html": b"1", "b/c.html": b"2"}
    publish(tmp_path, pages)
    waited: list[Sequence[str]] = []
    monkeypatch.setattr(Folder, "sync", lambda _folder, paths: waited.append(paths))
    publish(tmp_path, pages)
    assert [paths for paths in waited if paths] == []
    publish(tmp_path, {**pages, "a.html": b"3"})
    assert [paths for paths in waited if paths] == [[f"{STAGING}/0"]]
