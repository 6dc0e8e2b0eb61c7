"""`mathblog import`: posts of what was written for other programs."""

import datetime
from pathlib import Path

import click

from mathblog.cli import options
from mathblog.cli.console import Console
from mathblog.cli.stopping import exit_on_stop


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "kind",
    type=click.Choice(["notebook", "obsidian", "hugo", "quarto", "latex"]),
    help="What PATH was written for (default: told by its name, or by what is in the folder).",
)
@click.option(
    "--date", type=click.DateTime(["%Y-%m-%d"]), help="The day of posts without one (default: of their files)."
)
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@options.source
@options.every
@options.trace
@click.pass_context
def command(  # noqa: PLR0913 - one parameter a flag
    ctx: click.Context,
    *,
    path: Path,
    kind: str | None,
    date: datetime.datetime | None,
    dry_run: bool,
    source: Path | None,
    every: bool,
    trace: bool,
) -> None:
    """Make posts of PATH: a Jupyter notebook, a folder of Obsidian's, a page or site of Hugo's or Quarto's, a paper in LaTeX.

    Only new files are written, below `_posts` and `_drafts`. What cannot be carried over is named with its place.

    \b
    Examples:
      mathblog import analysis.ipynb
      mathblog import ~/vault --from obsidian --dry-run
      mathblog import paper.tex --date 2026-01-15
    """
    from mathblog.engine.authoring.importing import import_into, kind_of
    from mathblog.engine.problem import USAGE, BuildStopped

    console = Console("text", every=every)
    with exit_on_stop(console, ctx, trace=trace):
        site = options.request_build(source, None, {}).source
        told = kind or kind_of(path)
        if not told and path.exists():
            message = f"`{path}` does not say what it was written for"
            raise BuildStopped(
                message, code=USAGE, hint="name it: `--from notebook`, `obsidian`, `hugo`, `quarto` or `latex`"
            )
        report = import_into(site, path, told, date.date() if date else None, dry_run=dry_run)
        console.problems(report.problems)
        for name in report.there:
            console.say(f"`{name}` is there already: it stays as it is")
        for name in report.new:
            console.say(f"{'would write' if dry_run else 'wrote'} {site / name}")
        if not (report.new or report.there):
            console.say("nothing to import")
