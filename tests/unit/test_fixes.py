"""Fixes written into files that others change, remove or exchange at the same time."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from mathblog.core.source import Span
from mathblog.engine.fixes import apply
from mathblog.engine.problem import ENVIRONMENT, BuildStopped
from mathblog.pipeline.doctor.subject import Fix

TEXT = "one\ntwo 10^10\n"
FIX = Fix("a.md", Span(8, 13), "10^10", "10^{10}")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _shorten(path: Path) -> None:
    path.write_bytes(b"one")


def _encode(path: Path) -> None:
    path.write_bytes(TEXT.encode("utf-16"))


def _link_out(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.parents[1] / "canary.md")


def _become_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.skipif(os.name == "nt", reason="links")
@pytest.mark.parametrize("change", [_empty, _shorten, _encode, _link_out, _become_a_folder, Path.unlink])
def test_a_file_that_changes_before_it_is_fixed(tmp_path: Path, change: Callable[[Path], object]) -> None:
    source, canary = tmp_path / "blog", tmp_path / "canary.md"
    source.mkdir()
    canary.write_text(TEXT)
    (source / "a.md").write_text(TEXT)
    change(source / "a.md")
    before = sorted(source.iterdir())
    with pytest.raises(BuildStopped) as stopped:
        apply(source, [FIX])
    assert stopped.value.code == ENVIRONMENT
    assert canary.read_text() == TEXT
    assert sorted(source.iterdir()) == before


def test_a_fix_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TEXT)
    assert [change.after for change in apply(tmp_path, [FIX])] == ["two 10^{10}"]
    assert (tmp_path / "a.md").read_text() == "one\ntwo 10^{10}\n"
