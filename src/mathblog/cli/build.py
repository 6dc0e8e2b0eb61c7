"""`mathblog build`: Jekyll's flags and ours, a report, an exit code."""

from dataclasses import replace
from pathlib import Path

import click

from mathblog.cli import jekyll_flags, options
from mathblog.cli.console import Console
from mathblog.cli.stopping import exit_on_stop


@click.command("build")
@options.source
@click.option("-d", "--destination", type=click.Path(path_type=Path), help="Where the site goes (default: `_site`).")
@options.config_files
@options.baseurl
@options.drafts
@options.future
@options.unpublished
@options.trust_cache
@options.offline
@options.allow_plugins
@options.limit_posts
@options.layouts
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
@options.jobs
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
    source: Path | None,
    destination: Path | None,
    config_files: str | None,
    baseurl: str | None,
    drafts: bool | None,
    future: bool | None,
    unpublished: bool | None,
    trust_cache: bool,
    offline: bool,
    allow_plugins: bool,
    limit_posts: int | None,
    layouts: str | None,
    strict: bool | None,
    keep_going: bool,
    force: bool,
    no_cache: bool,
    relative: bool,
    verify: bool,
    jobs: int | None,
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
    overrides = options.override(
        destination,
        baseurl=baseurl,
        show_drafts=drafts,
        future=future,
        unpublished=unpublished,
        limit_posts=limit_posts,
        layouts_dir=layouts,
        strict=strict,
        safe=jekyll_flags.is_safe(ctx) or None,
    )
    with exit_on_stop(console, ctx, trace=trace), console.progress() as progress:
        request = replace(
            options.request_build(source, config_files, overrides),
            keep_going=keep_going,
            force=force,
            use_cache=not no_cache,
            jobs=jobs,
            progress=progress,
            trust_cache=trust_cache,
            offline=offline or jekyll_flags.is_safe(ctx),
            tell=progress.telling(console.news),
            allow_plugins=allow_plugins,
            relative=relative,
        )
        console.source = request.source
        result = build(request)
        if verify:
            from mathblog.engine.verify import verify as compare

            result = compare(request, result)
    console.report(result)
    ctx.exit(result.exit_code)
