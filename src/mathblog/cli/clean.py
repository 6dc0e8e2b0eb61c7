"""`mathblog clean`: remove the built site and the cache."""

from pathlib import Path

import click

from mathblog.cli import options
from mathblog.cli.console import Console


@click.command("clean")
@options.source
@click.option("-d", "--destination", type=click.Path(path_type=Path), help="Where the site is (default: `_site`).")
@options.config_files
@click.pass_context
def command(ctx: click.Context, *, source: Path | None, destination: Path | None, config_files: str | None) -> None:
    """Remove what mathblog wrote: the site in DESTINATION and the cache. Files of yours stay.

    \b
    Example:
      mathblog clean -s notes
    """
    from mathblog.engine.output.cleaning import clean
    from mathblog.engine.problem import BuildStopped

    console = Console("text")
    try:
        done = clean(options.request_build(source, config_files, options.override(destination)))
    except BuildStopped as stop:
        console.stopped(stop)
        ctx.exit(stop.code)
    console.say(f"removed {_count(done.pages)} of the site from `{done.destination}`")
    console.say(f"removed {_count(done.cached)} of the cache from `{done.cache}`")
    if done.left:
        console.say(f"left {_count(done.left)} there that mathblog did not write")


def _count(number: int) -> str:
    return f"{number} file" if number == 1 else f"{number} files"
