"""`--help` of every command, and the completion of shells."""

import subprocess
import sys
from pathlib import Path
from shutil import which

import click
import pytest
from click.testing import CliRunner

from mathblog.cli.main import command
from support.commands_page import commands_page
from support.site import REPOSITORY, program_environment

HELP = Path(__file__).parent / "help"


def commands(group: click.Group, *above: str) -> list[tuple[str, ...]]:
    """The words of each command, those of groups within groups, too."""
    found: list[tuple[str, ...]] = [above]
    for name in group.list_commands(click.Context(group)):
        inner = group.get_command(click.Context(group), name)
        assert inner is not None, name
        found += commands(inner, *above, name) if isinstance(inner, click.Group) else [(*above, name)]
    return found


COMMANDS = commands(command)  # type: ignore[arg-type]  # a group


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words) or "mathblog")
def test_help_says_what_a_command_does_with_examples(words: tuple[str, ...], request: pytest.FixtureRequest) -> None:
    shown = CliRunner().invoke(command, [*words, "--help"], prog_name="mathblog")
    assert shown.exit_code == 0
    golden = HELP / f"{'-'.join(words) or 'mathblog'}.txt"
    if request.config.getoption("--update-golden"):
        HELP.mkdir(exist_ok=True)
        golden.write_text(shown.output, encoding="utf-8")
    assert "\\b" not in shown.output
    assert f"\n    mathblog {' '.join(words)}".rstrip() in shown.output  # each example on a line of its own
    # where lines end is click's matter, which is not the same in all of its versions
    assert shown.output.split() == golden.read_text("utf-8").split()


def test_the_page_of_commands_is_that_of_the_program(request: pytest.FixtureRequest) -> None:
    page = REPOSITORY / "docs/reference/commands.md"
    if request.config.getoption("--update-golden"):
        page.write_text(commands_page(), encoding="utf-8")
    # where words stand is click's matter, which is not the same in all of its versions
    assert page.read_text("utf-8").split() == commands_page().split()


def test_no_golden_text_is_left_of_a_command_that_is_gone() -> None:
    assert {path.stem for path in HELP.glob("*.txt")} == {"-".join(words) or "mathblog" for words in COMMANDS}


def complete(*words: str) -> list[str]:
    """What a shell is told to propose for the last of the words; bash asks like this."""
    environment = program_environment(
        _MATHBLOG_COMPLETE="bash_complete", COMP_WORDS=" ".join(("mathblog", *words)), COMP_CWORD=str(len(words))
    )
    program = "import sys; sys.argv[0] = 'mathblog'; from mathblog.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stderr == ""
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


def test_commands_and_flags_are_completed() -> None:
    assert complete("pu") == ["publish"]
    assert complete("publish", "--d") == ["--date", "--dry-run"]
    assert complete("theme", "sh") == ["show"]
    assert complete("completion", "") == ["bash", "zsh", "fish"]
    assert set(complete("no-such-command", "x")) <= {""}  # nothing, or the names of files


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_reads_its_script(shell: str) -> None:
    shown = CliRunner().invoke(command, ["completion", shell])
    assert shown.exit_code == 0
    assert "_MATHBLOG_COMPLETE" in shown.stdout
    if which(shell):
        subprocess.run([shell, "-n"], input=shown.stdout, encoding="utf-8", check=True)


def test_another_shell_is_refused() -> None:
    assert CliRunner().invoke(command, ["completion", "tcsh"]).exit_code == 2
