"""`mathblog doctor`: what a site uses that mathblog does differently from Jekyll, or not at all."""

from dataclasses import replace
from pathlib import Path

import click

from mathblog.cli import options
from mathblog.cli.console import Console
from mathblog.cli.stopping import exit_on_stop


@click.command("doctor")
@options.source
@options.config_files
@options.drafts
@options.future
@options.unpublished
@options.offline
@click.option(
    "--fix", is_flag=True, help="Do what is mechanical: files of the site's own are no longer fetched from elsewhere."
)
@click.option("--dry-run", is_flag=True, help="With `--fix`: show what would be changed.")
@options.report_format
@options.every
@options.quiet
@options.trace
@click.pass_context
def command(  # noqa: PLR0913 - one parameter a flag
    ctx: click.Context,
    *,
    source: Path | None,
    config_files: str | None,
    drafts: bool | None,
    future: bool | None,
    unpublished: bool | None,
    offline: bool,
    fix: bool,
    dry_run: bool,
    report_format: str,
    every: bool,
    quiet: bool,
    trace: bool,
) -> None:
    """Say what the blog in SOURCE uses that mathblog does differently from Jekyll or not at all, and what to do about it.

    Nothing is published. The exit code is 1 where pages are in each other's way or cannot be made, 0 for differences only.

    \b
    Examples:
      mathblog doctor
      mathblog doctor --fix --dry-run
    """
    from mathblog.engine.doctor import diagnose
    from mathblog.engine.fixes import Change, apply, plan

    if dry_run and not fix:
        ctx.fail("`--dry-run` goes with `--fix`")
    console = Console(report_format, every=every, quiet=quiet)
    overrides = options.override(None, show_drafts=drafts, future=future, unpublished=unpublished)
    with exit_on_stop(console, ctx, trace=trace), console.progress() as progress:
        request = replace(
            options.request_build(source, config_files, overrides),
            offline=offline,
            tell=progress.telling(console.news),
            progress=progress,
        )
        console.source = request.source
        report = diagnose(request)
        changes: tuple[Change, ...] = ()
        if dry_run:
            changes = plan(request.source, report.fixes)
        elif fix and (changes := apply(request.source, report.fixes)):
            report = diagnose(request)  # of what is left
    fixable = 0 if changes else len(report.fixes)
    console.examined(report.diagnostics, changes, done=fix and not dry_run, fixable=fixable)
    ctx.exit(report.exit_code)
