"""`mathblog deploy`: the finished site on a branch of its own."""

import os
import sys
from dataclasses import replace
from pathlib import Path

import click

from mathblog.cli import options
from mathblog.cli.console import Console
from mathblog.cli.stopping import exit_on_stop

_SHOWN = 20  # changes by name


@click.command("deploy")
@options.source
@options.config_files
@options.baseurl
@click.option("--branch", default="gh-pages", show_default=True, help="The branch that has the site, and nothing else.")
@click.option("--remote", default="origin", show_default=True, help="Where it is pushed: a remote of the repository.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and push nothing.")
@click.option("-y", "--yes", is_flag=True, help="Push without a question.")
@options.quiet
@options.trace
@click.pass_context
def command(  # noqa: PLR0913 - one parameter a flag
    ctx: click.Context,
    *,
    source: Path | None,
    config_files: str | None,
    baseurl: str | None,
    branch: str,
    remote: str,
    dry_run: bool,
    yes: bool,
    quiet: bool,
    trace: bool,
) -> None:
    """Build the site, show what would change on its branch, and push it there: what GitHub Pages can serve.

    A branch that mathblog did not make is left alone, and nothing is pushed by force.

    \b
    Examples:
      mathblog deploy --dry-run
      mathblog deploy --yes
    """
    from mathblog.engine.authoring.deploying import prepare, push
    from mathblog.engine.builder import build
    from mathblog.engine.problem import USAGE, BuildStopped
    from mathblog.engine.sources.configuration import load_config

    console = Console("text", quiet=quiet)
    os.environ.setdefault("JEKYLL_ENV", "production")
    with exit_on_stop(console, ctx, trace=trace):
        request = options.request_build(source, config_files, options.override(None, baseurl=baseurl))
        with console.progress() as progress:
            result = build(replace(request, tell=progress.telling(console.news), progress=progress))
        console.report(result)
        if result.published is None:
            ctx.exit(result.exit_code or 1)
        ready = prepare(request.source, result.root, remote, branch)
        if not ready.changes:
            console.note(f"`{branch}` has this site already: nothing is pushed")
            return
        ordered = sorted(ready.changes, key=lambda it: (("changed", "removed", "added").index(it[0]), it[1]))
        told = [f"  {word:7}  {path}" for word, path in ordered]
        more = [f"  … and {len(told) - _SHOWN:,} more"] if len(told) > _SHOWN else []
        console.say(
            f"{'new branch' if ready.is_new else 'changes on'} `{branch}` of `{remote}`:", *told[:_SHOWN], *more
        )
        if ready.base is not None and ready.base != (base := load_config(request).config.site.baseurl):
            console.say(f"      = GitHub serves it below `{ready.base}/`, and `baseurl` is `{base}`: correct it first")
        if dry_run:
            return
        if not yes:
            if not sys.stdin.isatty():
                message = "nobody can be asked here, so nothing was pushed"
                raise BuildStopped(message, code=USAGE, hint="`--yes` pushes without a question")
            click.confirm("Push it?", abort=True)
        push(ready)
        console.note(f"pushed {len(ready.changes):,} changes to `{branch}` of `{remote}`")
        if ready.is_new:
            where = "in the settings of the repository: Pages -> Deploy from a branch"
            console.note(f"once, for GitHub Pages: choose `{branch}` {where}")
