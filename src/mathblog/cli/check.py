"""`mathblog check`: what is wrong with a site, and what most probably is."""

from dataclasses import replace
from pathlib import Path

import click

from mathblog.cli import options
from mathblog.cli.console import Console
from mathblog.cli.stopping import exit_on_stop


@click.command("check")
@options.source
@options.config_files
@options.drafts
@options.future
@options.unpublished
@options.trust_cache
@options.offline
@options.allow_plugins
@options.jobs
@click.option("--style", is_flag=True, help="Heed the rules of style, too.")
@click.option("--external", is_flag=True, help="Ask for the addresses of other sites, each once a day.")
@click.option("--fix", is_flag=True, help="Write what is certain into the files, and report what is left.")
@click.option("--dry-run", is_flag=True, help="With `--fix`: show what would be changed.")
@click.option("--rules", is_flag=True, help="List the rules, and end.")
@click.option(
    "--format",
    "report_format",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    help="How problems are reported.",
)
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
    trust_cache: bool,
    offline: bool,
    allow_plugins: bool,
    jobs: int | None,
    style: bool,
    external: bool,
    fix: bool,
    dry_run: bool,
    rules: bool,
    report_format: str,
    every: bool,
    quiet: bool,
    trace: bool,
) -> None:
    """Say what is wrong with the blog in SOURCE, and what most probably is: brackets that do not pair, links that lead nowhere.

    Nothing is published. The exit code is 1 where anything is reported; `check:` in `_config.yml` turns rules off.

    \b
    Examples:
      mathblog check --style
      mathblog check --fix --dry-run
      mathblog check --format sarif > report.sarif
    """
    from mathblog.config.rules import RULES, Heeded
    from mathblog.engine.check import check, check_and_fix

    if dry_run and not fix:
        ctx.fail("`--dry-run` goes with `--fix`")
    if external and offline:
        ctx.fail("`--external` asks other sites, and `--offline` none")
    console = Console(report_format, every=every, quiet=quiet)
    if rules:
        width = max(map(len, RULES))
        for heeded in Heeded:
            for name, rule in sorted(RULES.items()):
                if rule.heeded == heeded:
                    console.say(f"{name:{width}}  {heeded:5}  {rule.about}")
        return
    overrides = options.override(None, show_drafts=drafts, future=future, unpublished=unpublished)
    with exit_on_stop(console, ctx, trace=trace), console.progress() as progress:
        request = replace(
            options.request_build(source, config_files, overrides),
            jobs=jobs,
            trust_cache=trust_cache,
            offline=offline,
            style=style,
            tell=progress.telling(console.news),
            progress=progress,
            allow_plugins=allow_plugins,
        )
        console.source = request.source
        report = (
            check_and_fix(request, dry_run=dry_run, external=external) if fix else check(request, external=external)
        )
    console.checked(report, written=fix and not dry_run)
    ctx.exit(report.exit_code)
