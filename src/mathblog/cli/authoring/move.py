"""`mathblog publish`, `unpublish`, `rename`: a text moves, and the links to it follow."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mathblog.cli import options
from mathblog.cli.console import Console
from mathblog.cli.stopping import exit_on_stop

if TYPE_CHECKING:
    from mathblog.engine.authoring.moving import Move

_dry_run = click.option("--dry-run", is_flag=True, help="Show what would be changed, and change nothing.")


@click.command("publish")
@click.argument("draft")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Its day (default: that of `date:` in it, or today).")
@click.option("--time", "timed", is_flag=True, help="Also write `date:` with the time of day into it.")
@_dry_run
@options.source
@click.pass_context
def publish(  # noqa: PLR0913 - one parameter a flag
    ctx: click.Context, *, draft: str, date: datetime.datetime | None, timed: bool, dry_run: bool, source: Path | None
) -> None:
    """Make a post of DRAFT: `_drafts/x.md` becomes `_posts/DATE-x.md`. DRAFT is a path or a name.

    This only moves the file, and mends links to it; `mathblog build` makes the site.

    \b
    Examples:
      mathblog publish _drafts/an-idea.md
      mathblog publish an-idea --date 2026-01-15 --time
    """
    from mathblog.engine.authoring.daily import publish_draft

    console = Console("text")
    with exit_on_stop(console, ctx, trace=False):
        day = date.date() if date else None
        move = publish_draft(options.request_build(source, None, {}), draft, day, timed=timed, dry_run=dry_run)
        _show(console, move, done=not dry_run)
        if move.new.data.get("published") is False:
            console.say("      = `published: false` stands in it: delete that line to show it")


@click.command("unpublish")
@click.argument("post")
@_dry_run
@options.source
@click.pass_context
def unpublish(ctx: click.Context, *, post: str, dry_run: bool, source: Path | None) -> None:
    """Make a draft of POST again: `_posts/DATE-x.md` becomes `_drafts/x.md`. POST is a path, a name or an address.

    Links to it are named, and stay: they lead nowhere until it is published again.

    \b
    Example:
      mathblog unpublish an-idea
    """
    from mathblog.engine.authoring.daily import unpublish_post

    console = Console("text")
    with exit_on_stop(console, ctx, trace=False):
        move, left = unpublish_post(options.request_build(source, None, {}), post, dry_run=dry_run)
        _show(console, move, done=not dry_run)
        for path, line in left:
            console.say(f"{path}:{line}: leads to it still")


@click.command("rename")
@click.argument("text")
@options.title
@_dry_run
@options.source
@click.pass_context
def rename(ctx: click.Context, *, text: str, title: str, dry_run: bool, source: Path | None) -> None:
    """Give TEXT another TITLE, and the file name and address that follow from it. TEXT is a path, a name or an address.

    Links and references to it in other texts follow; its old address becomes a redirect (`redirect_from:`).

    \b
    Examples:
      mathblog rename an-idea "A better idea"
      mathblog rename an-idea "A better idea" --dry-run
    """
    from mathblog.engine.authoring.daily import rename_text

    console = Console("text")
    with exit_on_stop(console, ctx, trace=False):
        request = options.request_build(source, None, {})
        move, redirects = rename_text(request, text, title, dry_run=dry_run)
        _show(console, move, done=not dry_run)
        if "redirect_from" in move.new.data and not redirects:
            console.say("      = the old address leads on when `plugins: [jekyll-redirect-from]` is in `_config.yml`")


def _show(console: Console, move: "Move", *, done: bool) -> None:
    """Print a move, and the lines that it changed or would change."""
    if move.old.path != move.new.path:
        console.say(f"{'moved' if done else 'would move'} {move.old.path} to {move.new.path}")
    console.changes(move.changes, done=done)
