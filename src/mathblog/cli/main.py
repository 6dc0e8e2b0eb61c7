"""The `mathblog` command: the list of its commands, each imported when it is called, and the exit codes."""

import contextlib
import errno
import importlib
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import click

from mathblog import __version__
from mathblog.cli.options import color
from mathblog.engine.collector import collect_less

if TYPE_CHECKING:
    from mathblog.cli.console import Console

_COMMANDS = {
    "build": "mathblog.cli.build",
    "b": "mathblog.cli.build",
    "serve": "mathblog.cli.serve",
    "s": "mathblog.cli.serve",
    "server": "mathblog.cli.serve",
    "check": "mathblog.cli.check",
    "new": "mathblog.cli.authoring.new",
    "post": "mathblog.cli.authoring.post",
    "draft": "mathblog.cli.authoring.post:draft",
    "publish": "mathblog.cli.authoring.move:publish",
    "unpublish": "mathblog.cli.authoring.move:unpublish",
    "rename": "mathblog.cli.authoring.move:rename",
    "import": "mathblog.cli.authoring.importing",
    "list": "mathblog.cli.authoring.browse:list_texts",
    "open": "mathblog.cli.authoring.browse:open_text",
    "deploy": "mathblog.cli.authoring.deploy",
    "lsp": "mathblog.cli.authoring.lsp",
    "schema": "mathblog.cli.authoring.schema",
    "doctor": "mathblog.cli.doctor",
    "hyde": "mathblog.cli.doctor",
    "explain": "mathblog.cli.explain",
    "clean": "mathblog.cli.clean",
    "theme": "mathblog.cli.theme",
    "completion": "mathblog.cli.completion",
}
_SUMMARIES = {
    "build": "Build the site.",
    "serve": "Preview the site, and follow every edit.",
    "check": "Say what is wrong with the site, and publish nothing.",
    "new": "Make a blog in a new folder.",
    "post": "Begin a post.",
    "draft": "Begin a draft.",
    "publish": "Make a post of a draft.",
    "unpublish": "Make a draft of a post again.",
    "rename": "Give a text another title, and mend the links to it.",
    "import": "Make posts of notebooks, notes, pages of Hugo or Quarto, LaTeX.",
    "list": "List drafts, posts to come, and posts.",
    "open": "Show a text in the browser, or in your editor.",
    "deploy": "Push the finished site to a branch of its own.",
    "lsp": "Serve an editor: problems, completions, hovers.",
    "schema": "Print a JSON schema for editors.",
    "doctor": "Say what this site uses that mathblog does differently or not at all.",
    "explain": "Say what a message means, or why a page was made again.",
    "clean": "Remove the built site and the cache.",
    "theme": "List, show, change or fetch themes.",
    "completion": "Print what makes a shell complete commands and flags.",
}
_ELSEWHERE = {  # commands of Jekyll's, and of other programs
    "new-theme": "a theme is a folder in `themes/`; see the guide on themes",
    "docs": "the documentation is in the folder `docs` of mathblog's repository",
    "compose": "see `mathblog post`",
    "init": "see `mathblog new`",
    "move": "see `mathblog rename`",
    "mv": "see `mathblog rename`",
    "preview": "see `mathblog serve`",
    "watch": "see `mathblog serve`",
    "help": "see `mathblog --help`",
}
INTERRUPTED = 130
TERMINATED = 143
_ENVIRONMENT = 3
_FULL = (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EFBIG)


class _Commands(click.Group):
    """A group that imports a command's module when the command is called: `--help` needs none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_SUMMARIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name or "command")
        if color not in command.params:  # every command has it
            command.params.append(color)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            if args[0] in _ELSEWHERE:
                ctx.fail(f"mathblog has no command `{args[0]}`; {_ELSEWHERE[args[0]]}")
            import difflib

            near = difflib.get_close_matches(args[0], _SUMMARIES, 1)
            hint = f"; did you mean `{near[0]}`?" if near else "; see `mathblog --help`"
            ctx.fail(f"no such command `{args[0]}`{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(_SUMMARIES.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-v", "--version", prog_name="mathblog")
def command() -> None:
    """A static blog generator for people who write mathematics.

    \b
    Examples:
      mathblog new notes           begins a blog
      mathblog serve --open        shows it, and follows every edit
      mathblog post "A title"      begins a post
      mathblog build --strict      makes the finished site
      mathblog COMMAND --help      says more
    """


class _Terminated(BaseException):
    """SIGTERM, as an exception, so that what is half written is cleaned up on the way out."""


def _terminate(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise _Terminated


def main() -> NoReturn:
    """Run the command line and leave with its exit code: 0 ok, 1 content, 2 usage or config, 3 environment, 130, 143.

    No fault of ours ends in a traceback of Python's, which would print what is in it as it is.
    """
    # workers are `python -c …`, which looks for every module in the working folder first: a site's `re.py` is not to be run
    os.environ["PYTHONSAFEPATH"] = "1"
    # in some locales Python takes names of files for ASCII or Latin-1
    if sys.platform != "win32" and sys.getfilesystemencoding().lower() not in ("utf-8", "utf8"):
        # a site must not depend on the locale, and its names are UTF-8: become a Python in UTF-8 mode (PEP 540)
        os.environ["PYTHONUTF8"] = "1"
        command_line = [sys.executable, "-P", "-X", "utf8", "-m", "mathblog", *sys.argv[1:]]
        os.execv(sys.executable, command_line)  # noqa: S606 - ourselves
    _open_streams()
    signal.signal(signal.SIGTERM, _terminate)
    collect_less()  # before most of the program is loaded, of which nothing is garbage
    try:
        Path.cwd()
    except OSError:
        os.write(2, b"mathblog: error: the current folder is not there any more: go to another one\n")
        sys.exit(_ENVIRONMENT)
    try:
        code = command.main(standalone_mode=False)
    except click.exceptions.Exit as done:
        code = done.exit_code
    except click.Abort:
        code = INTERRUPTED
    except click.ClickException as error:
        _console().misused(error)
        if folder := _folder_without_flag(error):
            _console().say(f"      = name the folder of your blog with `--source {folder}`", err=True)
        code = error.exit_code
    except KeyboardInterrupt:
        code = INTERRUPTED
    except _Terminated:
        code = TERMINATED
    except Exception as fault:  # noqa: BLE001 - said here, and never to be seen by Python's own hook
        code = _fail(fault)
    collect_less()
    sys.exit(code if isinstance(code, int) else 0)


def _folder_without_flag(error: click.ClickException) -> str:
    """The folder that stands among the words of a command that wants it behind `--source`; '' where there is none."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None or not any(parameter.name == "source" for parameter in context.command.params):
        return ""
    word = error.message.rpartition("unexpected extra argument (")[2].removesuffix(")")
    is_folder = os.path.isdir(word)  # noqa: PTH112 - no error, whatever the word is
    return word if word != error.message and is_folder else ""


def _fail(fault: Exception) -> int:
    """Say what ended the program that nobody expected, and return the exit code."""
    from mathblog.cli.console import UnwritableError

    full = isinstance(fault, OSError) and fault.filename is None and fault.errno in _FULL  # of click's own printing
    try:
        if isinstance(fault, UnwritableError) or full:
            return _give_up_output()
        if {"-t", "--trace"}.intersection(sys.argv[1:]):
            _console().failed(fault)
            return 1
        return _console().fault(fault)
    except UnwritableError:
        return _give_up_output()


def _open_streams() -> None:
    """Open the standard streams that are closed: the next file that is opened would be one of them, and reports would go into it."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, os.O_RDWR)
            if opened != number:  # never on a system where the lowest free number is taken
                os.dup2(opened, number)
                os.close(opened)
        if getattr(sys, name) is None:
            stream = open(number, "r" if number == 0 else "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - a number
            setattr(sys, name, stream)


def _give_up_output() -> int:
    """Say that the report cannot be written, and let what is left of it go, of which Python would complain at its end."""
    with contextlib.suppress(OSError):
        os.write(2, b"mathblog: error: what is printed cannot be written: is the disk full?\n")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return _ENVIRONMENT


def _console() -> "Console":
    from mathblog.cli.console import Console

    return Console("text")
