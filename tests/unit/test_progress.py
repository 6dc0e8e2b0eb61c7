"""The line that says how far a build is: where it is drawn, what it says, and that nothing of it stays."""

import io
import sys
import threading

import pytest

from mathblog.cli import progress
from mathblog.cli.progress import ProgressLine, describe, is_watched


class Terminal(io.StringIO):
    """A terminal that says when something was drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn = threading.Event()

    def isatty(self) -> bool:
        return True

    def flush(self) -> None:
        self.drawn.set()


@pytest.mark.parametrize(
    ("environment", "watched"),
    [({}, True), ({"TERM": "xterm-256color"}, True), ({"TERM": "dumb"}, False), ({"CI": "true"}, False)],
)
def test_where_somebody_watches(environment: dict[str, str], *, watched: bool) -> None:
    assert is_watched(Terminal(), environment) is watched
    assert is_watched(io.StringIO(), environment) is False


def test_it_says_phase_rate_and_time_left() -> None:
    assert describe("reading", 0, 3000, 0.2, 0.5) == f"  reading {'░' * 24} 0 of 3,000, 0.5 s"
    assert (
        describe("compiling", 1500, 3000, 10, 12)
        == f"  compiling {'█' * 12}{'░' * 12} 1,500 of 3,000, 150 a second, 10 s left"
    )
    assert describe("compiling", 3, 303, 2, 2).endswith(" 3 of 303, 1.5 a second, 3 min 20 s left")
    assert describe("laying out", 5, 5, 4, 9.04).endswith(" 5 of 5, 9.0 s")
    assert describe("reading", 0, 0, 0, 0).endswith(" 0 of 0, 0.0 s")


def test_it_is_drawn_while_a_step_goes_on_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress, "_AFTER", 0)
    for name in ("CI", "TERM"):
        monkeypatch.delenv(name, raising=False)
    line = ProgressLine(shown=True)
    for phase in ("compiling", "writing"):  # a preview builds again
        terminal.drawn.clear()
        line(phase, 0, 7)
        assert terminal.drawn.wait(60)
        line.telling(terminal.write)("a theme is fetched\n")
        line.clear()
        assert f"\r  {phase} " in terminal.getvalue()
        last = terminal.getvalue().rpartition("fetched\n")[2]
        assert last == "" or last.endswith("\r\x1b[K")
    assert "\r\x1b[Ka theme is fetched\n" in terminal.getvalue()


def test_in_a_pipe_nothing_is_drawn_and_no_thread_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    before = threading.active_count()
    line = ProgressLine(shown=True)
    line("compiling", 1, 7)
    assert threading.active_count() == before
    line.clear()
    assert sys.stderr.getvalue() == ""  # type: ignore[attr-defined]
