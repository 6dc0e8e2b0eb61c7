"""A round of each attack with a fixed seed, and that a broken promise is noticed. `make torture` runs for minutes."""

import os
import random
import sys
from pathlib import Path

import pytest

from torture.campaign import ATTACKS, run_round
from torture.world import BrokenPromiseError, World, same, whole

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals, links and pipes")
SEED = 223


@pytest.mark.parametrize("attack", [pytest.param(name, marks=pytest.mark.slow) for name in ATTACKS])
def test_a_round(attack: str) -> None:
    failure = run_round(attack, SEED, 0, quick=True)
    assert failure is None, failure


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path / "world", random.Random(SEED))
    made.write_posts(2)
    return made


def test_a_good_build_breaks_no_promise(world: World) -> None:
    assert world.build() == 0
    world.is_as_clean("twice")


def test_what_is_touched_outside_is_noticed(world: World) -> None:
    text = (world.canary / "index.html").read_text()
    (world.canary / "index.html").write_text(text)
    with pytest.raises(BrokenPromiseError, match="canary/index"):
        world.check()


def test_a_page_that_differs_is_noticed() -> None:
    same("here", {"a": b"x"}, {"a": b"x"})
    with pytest.raises(BrokenPromiseError, match="differ"):
        same("here", {"a": b"x"}, {"a": b"y"})
    with pytest.raises(BrokenPromiseError, match="only one"):
        same("here", {"a": b"x"}, {})
    with pytest.raises(BrokenPromiseError, match="neither old nor new"):
        whole("here", {"a": b"x"}, {"a": b"xx"}, {"a": b"y"})


def test_what_is_read_outside_is_noticed(world: World) -> None:
    world.build()
    (world.public / "x.html").write_bytes((world.canary / "index.html").read_bytes())
    with pytest.raises(BrokenPromiseError, match="stands outside"):
        world.check()


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_a_process_that_is_left_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("torture.world.ORPHAN_SECONDS", 0.0)
    process = world.start()
    with pytest.raises(BrokenPromiseError, match="processes are left"):
        world.check()
    process.communicate(timeout=60)
