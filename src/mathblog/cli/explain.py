"""`mathblog explain`: why a page was made again, and what it depends on."""

from pathlib import Path

import click

from mathblog.cli import options
from mathblog.cli.console import Console


@click.command("explain")
@click.argument("url")
@options.source
@click.option("-d", "--destination", type=click.Path(path_type=Path), help="Where the site is (default: `_site`).")
@options.config_files
@click.pass_context
def command(
    ctx: click.Context, *, url: str, source: Path | None, destination: Path | None, config_files: str | None
) -> None:
    """Say why the page at URL was made by the last build, whether the next one will make it again, and what it depends on.

    URL is an address, a path in the site, or the path of a source file. Name the same destination as the build.
    """
    from mathblog.engine.explain import explain
    from mathblog.engine.problem import BuildStopped

    console = Console("text")
    try:
        page = explain(options.request_build(source, config_files, options.override(destination)), url)
    except BuildStopped as stop:
        console.stopped(stop)
        ctx.exit(stop.code)
    console.say(f"{page.path}, made of `{page.source}`" if page.source else f"{page.path}, made by mathblog")
    if not page.built:
        console.say("  last build: none is known for this destination")
    elif page.reason:
        console.say(f"  last build: made it, because: {page.reason}")
    else:
        found = ", ".join(f"`{path}`" for path in page.changed) or "no document"
        console.say(f"  last build: left it as it was; {found} had changed")
    console.say(
        f"  next build: makes it again, because: {page.due}" if page.due else "  next build: leaves it as it is"
    )
    console.say("  depends on:", *(f"    {read}" for read in page.reads))
