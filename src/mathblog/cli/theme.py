"""`mathblog theme fetch`: fetch the site's theme before a build."""

from pathlib import Path

import click

from mathblog.cli import options
from mathblog.cli.console import Console
from mathblog.cli.stopping import exit_on_stop


@click.group("theme")
def command() -> None:
    """Themes that are gems or repositories."""


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
    """Fetch the theme that the blog in SOURCE names, and note in `mathblog.lock` which one it is."""
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
