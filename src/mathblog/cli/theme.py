"""`mathblog theme`: which themes there are, what one has, one of its files to change, and fetching one before a build."""

import json
from collections.abc import Iterable
from pathlib import Path

import click

from mathblog.cli import options
from mathblog.cli.console import Console
from mathblog.cli.stopping import exit_on_stop
from mathblog.model.values import Value


@click.group("theme")
def command() -> None:
    """Themes: which there are, what they have, how to change them.

    \b
    Examples:
      mathblog theme list
      mathblog theme show strap
      mathblog theme copy layouts/post.html
    """


@command.command("fetch")
@options.source
@options.config_files
@click.option("--update", is_flag=True, help="Do not heed `mathblog.lock`: fetch the newest version that is allowed.")
@options.quiet
@options.trace
@click.pass_context
def fetch(  # noqa: PLR0913 - one parameter a flag
    ctx: click.Context, *, source: Path | None, config_files: str | None, update: bool, quiet: bool, trace: bool
) -> None:
    """Fetch the theme that the blog in SOURCE names, and note in `mathblog.lock` which one it is.

    \b
    Example:
      mathblog theme fetch --update
    """
    from mathblog.engine.sources.gems.command import fetch_theme

    console = Console("text", quiet=quiet)
    with exit_on_stop(console, ctx, trace=trace):
        request = options.request_build(source, config_files, {})
        fetched = fetch_theme(request, console.note, update=update)
        if fetched is None:
            console.note("this blog needs no theme from elsewhere")
            return
        console.problems(fetched.diagnostics)
        label = fetched.stored.theme.label
        console.note(f"the theme `{label}` is " + ("here now" if fetched.is_new else "here already"))


@command.command("list")
@options.source
@options.config_files
@options.trace
@click.pass_context
def list_all(ctx: click.Context, *, source: Path | None, config_files: str | None, trace: bool) -> None:
    """Name the themes that the blog in SOURCE may choose; the one that it uses has a star.

    \b
    Example:
      mathblog theme list
    """
    from mathblog.engine.sources.theme_listing import name_themes

    console = Console("text")
    with exit_on_stop(console, ctx, trace=trace):
        found = name_themes(options.request_build(source, config_files, {}))
        themes = {**found.themes, **({} if found.used in found.themes else {found.used: "from elsewhere"})}
        rows = [(f"{'*' if name == found.used else ' '} {name}", about) for name, about in themes.items()]
        console.say(*_table(rows))


@command.command("show")
@click.argument("name", required=False, default="")
@options.source
@options.config_files
@options.trace
@click.pass_context
def show(ctx: click.Context, *, name: str, source: Path | None, config_files: str | None, trace: bool) -> None:
    """Show the settings of the theme NAME, and its files with the layer that each is from (default: the blog's theme).

    \b
    Example:
      mathblog theme show strap
    """
    from mathblog.engine.sources.theme_listing import describe_theme

    console = Console("text")
    with exit_on_stop(console, ctx, trace=trace):
        report = describe_theme(name, options.request_build(source, config_files, {}))
        console.say(f"{report.name}: {report.about}" if report.about else report.name)
        console.say(f"made of: {' over '.join(report.layers)}", "", "settings (`theme_settings:` of `_config.yml`)")
        rows: list[tuple[str, str, str]] = []
        for key, setting in report.settings.items():
            given, default = report.given.get(key), _word(setting.default)
            kinds = " or ".join(map(_word, setting.choices or setting.kinds))
            about = f"{setting.about} ({kinds})" if setting.about else kinds
            rows.append((key, default if given is None else f"{_word(given)} (default {default})", about))
        console.say(*_table(rows))
        console.say("", "files (`mathblog theme copy PATH` copies one into `_theme/`)")
        console.say(*_table(report.files.items()))


@command.command("copy")
@click.argument("path")
@options.source
@options.config_files
@options.trace
@click.pass_context
def copy(ctx: click.Context, *, path: str, source: Path | None, config_files: str | None, trace: bool) -> None:
    """Copy the file PATH of the blog's theme into `_theme/`, where it takes the place of the theme's. Nothing is overwritten.

    \b
    Example:
      mathblog theme copy includes/footer.html
    """
    from mathblog.engine.authoring.new_files import write_new
    from mathblog.engine.sources.theme_listing import read_theme_file
    from mathblog.engine.sources.themes import OVERRIDES

    console = Console("text")
    with exit_on_stop(console, ctx, trace=trace):
        request = options.request_build(source, config_files, {})
        place = f"{OVERRIDES}/{path}"
        done = write_new(request.source, {place: read_theme_file(path, request)})
        console.say(f"wrote {place}" if done.new else f"`{place}` is there already: it stays as it is")


def _word(value: Value) -> str:
    """A value as YAML has it."""
    return str(value) if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False, default=str)


def _table(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Lines with columns under each other."""
    listed = list(rows)
    widths = [max(map(len, column)) for column in zip(*listed, strict=True)]
    return [
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in listed
    ]
