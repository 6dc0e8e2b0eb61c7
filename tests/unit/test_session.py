"""The order of what a preview does: the reader of a new page waits for nothing that is not the page."""

from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, cast

import pytest

from mathblog.engine.request import BuildRequest, BuildResult
from mathblog.model.options import Config
from mathblog.serve.session import PreviewSettings, _Session


@dataclass
class _Builder:
    """Believes what it is told, as the real one does, and writes down what it is asked for."""

    done: list[str] = field(default_factory=list)
    owes_a_look: bool = False

    def build(self, told: tuple[str, ...] = ()) -> BuildResult:
        self.owes_a_look = bool(told)
        self.done.append("build" if told else "look")
        return BuildResult((), (), 0, {}, None, 0.0)

    def rest(self) -> None:
        self.done.append("rest")


@dataclass
class _Watch:
    changes: list[frozenset[str]]

    def wait(self, _seconds: float) -> frozenset[str]:
        return self.changes.pop(0)


@pytest.mark.parametrize("saves", [1, 3])
def test_what_can_wait_is_done_after_the_look(saves: int, tmp_path: Path) -> None:
    """It held the server up, which shares its processor with the build: a fifth of the time from a save to the page."""
    builder, save = _Builder(), frozenset({"a.md"})
    watch = _Watch([*[save] * saves, frozenset(), save])
    settings = PreviewSettings(BuildRequest(tmp_path))
    session = _Session(settings, cast("Any", builder), cast("Any", watch), Config())
    assert len(list(islice(session.run(), saves + 2))) == saves + 2
    assert builder.done == ["look", "rest", *["build"] * saves, "look", "rest", "build"]


def test_a_save_by_another_file_is_told_by_the_name_that_is_there(tmp_path: Path) -> None:
    """`sed -i` writes `sedAb1`, which takes the name of the post: the terminal said `sedAb1 and 1 more`."""
    (tmp_path / "z.md").write_text("x")
    watch = _Watch([frozenset({"sedAb1", "z.md", "gone.md"})])
    settings = PreviewSettings(BuildRequest(tmp_path))
    session = _Session(settings, cast("Any", _Builder()), cast("Any", watch), Config())
    *_, (rebuild, _) = islice(session.run(), 2)
    assert rebuild.causes == ("z.md", "gone.md", "sedAb1")
