"""The colours of a report: on a terminal, or where they are asked for, and never without."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mathblog.cli.printing.colours import is_coloured, paint_head, paint_line
from mathblog.core.diagnostic import Severity


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({}, None),
        ({"NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, None),
    ],
)
def test_when_there_are_colours(environment: dict[str, str], coloured: bool | None) -> None:  # noqa: FBT001 - a case
    assert is_coloured(environment) is coloured


def test_the_flag_counts_more_than_the_environment() -> None:
    assert is_coloured({"NO_COLOR": "1"}, asked=True) is True
    assert is_coloured({"FORCE_COLOR": "1"}, asked=False) is False


def test_the_parts_of_a_problem() -> None:
    assert paint_head("a.md:1:2: error: no: such [math]", Severity.ERROR) == (
        "\x1b[1ma.md:1:2\x1b[0m: \x1b[31m\x1b[1merror\x1b[0m: no: such \x1b[2m[math]\x1b[0m"
    )
    assert paint_head("something else", Severity.ERROR) == "something else"
    assert paint_line("      |   ^^", Severity.WARNING) == "      |   \x1b[33m\x1b[1m^^\x1b[0m"
    assert paint_line("    3 | a ^^ b", Severity.WARNING) == "    3 | a ^^ b"
    assert paint_line("      = write it", Severity.WARNING) == "\x1b[36m      = write it\x1b[0m"


@pytest.mark.parametrize(("name", "coloured"), [("FORCE_COLOR", True), ("NO_COLOR", False), ("OTHER", False)])
def test_a_file_gets_colours_only_where_they_are_forced(tmp_path: Path, name: str, *, coloured: bool) -> None:
    (tmp_path / "_config.yml").write_text("title: t\n")
    command = [sys.executable, "-m", "mathblog", "build"]
    done = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, name: "1"}, capture_output=True, encoding="utf-8", check=False
    )
    assert ("\x1b[" in done.stderr) is coloured
    assert "warning" in done.stderr
