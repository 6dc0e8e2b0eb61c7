"""The page of the documentation that lists every command and flag, made of what `--help` says."""

from collections.abc import Iterator
from inspect import cleandoc

import click

from mathblog.cli.main import command

HEAD = """\
# Commands

`mathblog COMMAND --help` prints what stands here. Every command has `--color auto|always|never`, and `-h` for `--help`; `mathblog --version` prints the version.
The wheel has a man page for each command: `man mathblog-build`.
"""


def commands_page() -> str:
    """The page, which is `docs/reference/commands.md`."""
    context = click.Context(command, info_name="mathblog", **command.context_settings)
    return "\n".join([HEAD, *_sections(context)]).rstrip("\n") + "\n"


def _sections(above: click.Context) -> Iterator[str]:
    group = above.command
    assert isinstance(group, click.Group)
    for name in group.list_commands(above):
        found = group.get_command(above, name)
        assert found is not None
        context = click.Context(found, info_name=name, parent=above)
        yield _section(context)
        if isinstance(found, click.Group):
            yield from _sections(context)


def _section(context: click.Context) -> str:
    words = context.command_path
    lines = [f"## {words}", "", f"```\n{words} {' '.join(context.command.collect_usage_pieces(context))}\n```", ""]
    for paragraph in cleandoc(context.command.help or "").split("\n\n"):
        if paragraph.startswith("\b"):
            head, *commands = paragraph.removeprefix("\b").strip("\n").split("\n")
            lines += [head, "", "```sh", *(line.strip() for line in commands), "```", ""]
        else:
            lines += [paragraph.replace("\n", " "), ""]
    rows = [(item.get_help_record(context), item) for item in context.command.params]
    shown = [record for record, item in rows if record is not None and item.name != "color"]
    if shown:
        lines += [
            "| flag | |",
            "|---|---|",
            *(f"| `{flag.replace('|', ', ')}` | {_cell(text)} |" for flag, text in shown),
            "",
        ]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
