"""The man pages of mathblog's commands, made of their `--help` by click-man: for the wheel (`hatch_build.py`)."""

import re
import sys
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click

SOURCE = Path(__file__).parent / "src"
_EXAMPLES = re.compile(r"\x08\n(.*?)(?=\n\.PP|\n\.SH|\Z)", re.DOTALL)  # click keeps the lines of such a paragraph apart
_SIGN = re.compile(
    r"^(['.])(?!(?:TH|SH|TP|PP|B|nf|fi)\b)", re.MULTILINE
)  # a line of text that roff takes for a command


def man_pages() -> dict[str, str]:
    """The pages by the names of their files, such as `mathblog-build.1`."""
    sys.path.insert(0, str(SOURCE))
    try:
        from click_man.core import generate_man_page

        from mathblog import __version__
        from mathblog.cli.main import command

        pages = {}
        for context in _contexts(command, "mathblog", None):
            page = generate_man_page(context, version=__version__, date="mathblog")
            name = context.command_path.replace(" ", "-")
            pages[f"{name}.1"] = _SIGN.sub(r"\\&\1", _EXAMPLES.sub(r".nf\n\1\n.fi", page))
        return pages
    finally:
        sys.path.remove(str(SOURCE))


def _contexts(command: "click.Command", name: str, parent: "click.Context | None") -> "Iterator[click.Context]":
    """The contexts of a command and of all below it, whose commands are loaded only when they are asked for."""
    import click

    command = copy(command)
    command.short_help = (command.help or "").partition("\n\n")[0].replace("\n", " ")
    settings = {} if parent else command.context_settings
    context = click.Context(command, info_name=name, parent=parent, **settings)
    if isinstance(command, click.Group):
        found = ((below, command.get_command(context, below)) for below in command.list_commands(context))
        command.commands = {below: copy(it) for below, it in found if it is not None}
        for it in command.commands.values():
            it.short_help = (it.help or "").partition("\n\n")[0].replace("\n", " ")
    yield context
    if isinstance(command, click.Group):
        for below, it in command.commands.items():
            yield from _contexts(it, below, context)
