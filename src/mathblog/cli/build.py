"""`mathblog build`: Jekyll's flags and ours, a report, an exit code."""

from dataclasses import replace

import click

from mathblog.cli import jekyll_flags, options
from mathblog.cli.console import Console
from mathblog.cli.stopping import exit_on_stop


@click.command("build")
@options.build_flags("Where the site goes (default: `_site`).")
@click.option("--strict", is_flag=True, default=None, help="Treat warnings as errors.")
@click.option(
    "--keep-going", is_flag=True, help="Publish the good pages although others have errors (still exits with 1)."
)
@click.option("--force", is_flag=True, help="Build into a folder that holds files mathblog did not write.")
@click.option(
    "--no-cache",
    "--disable-disk-cache",
    "no_cache",
    is_flag=True,
    help="Build everything anew, and keep nothing for the next build.",
)
@click.option(
    "--relative",
    is_flag=True,
    help="Make all links within the site relative, so that it opens from a disk without a server.",
)
@click.option("--verify", is_flag=True, help="Also build without the cache, and compare every file.")
@options.report_format
@options.every
@options.quiet
@click.option("-V", "--verbose", is_flag=True, help="Print the file of every page.")
@options.trace
@jekyll_flags.accept(jekyll_flags.BUILD)
@click.pass_context
def command(  # noqa: PLR0913 - one parameter a flag
    ctx: click.Context,
    *,
    flags: options.BuildFlags,
    strict: bool | None,
    keep_going: bool,
    force: bool,
    no_cache: bool,
    relative: bool,
    verify: bool,
    report_format: str,
    every: bool,
    quiet: bool,
    verbose: bool,
    trace: bool,
) -> None:
    """Build the site: the blog in SOURCE becomes pages in DESTINATION, its formulas rendered and checked.

    The exit code is 0, 1 for errors in the texts, 2 for a configuration or a flag that cannot be used, 3 for the system.

    \b
    Examples:
      mathblog build
      mathblog build -s notes -d public --strict
      mathblog build --drafts --future --limit_posts 5
    """
    from mathblog.engine.builder import build

    console = Console(report_format, every=every, quiet=quiet, verbose=verbose)
    console.explain(jekyll_flags.notices(ctx))
    with exit_on_stop(console, ctx, trace=trace), console.progress() as progress:
        request = replace(
            flags.request(console, progress, safe=jekyll_flags.is_safe(ctx), strict=strict),
            keep_going=keep_going,
            force=force,
            use_cache=not no_cache,
            relative=relative,
        )
        console.source = request.source
        result = build(request)
        if verify:
            from mathblog.engine.verify import verify as compare

            result = compare(request, result)
    console.report(result)
    ctx.exit(result.exit_code)
