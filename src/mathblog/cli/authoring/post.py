"""`mathblog post` and `mathblog draft`: a file with its front matter."""

import datetime
import posixpath
from collections.abc import Callable
from pathlib import Path

import click

from mathblog.cli import options
from mathblog.cli.console import Console
from mathblog.cli.stopping import exit_on_stop

_tags = click.option("-t", "--tag", "tags", multiple=True, metavar="TAG", help="A tag; may be given more than once.")


@click.command("post")
@options.title
@_tags
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Its day (default: today).")
@options.source
@click.pass_context
def command(
    ctx: click.Context, *, title: str, tags: tuple[str, ...], date: datetime.datetime | None, source: Path | None
) -> None:
    """Begin a post: `_posts/DATE-title.md` with its front matter.

    \b
    Example:
      mathblog post "변분 오토인코더" --tag 기계학습
    """
    from mathblog.authoring.post import post_path, post_text

    _begin(ctx, source, lambda today: post_path(title, date.date() if date else today), post_text(title, tags))


@click.command("draft")
@options.title
@_tags
@options.source
@click.pass_context
def draft(ctx: click.Context, *, title: str, tags: tuple[str, ...], source: Path | None) -> None:
    """Begin a draft: `_drafts/title.md`, which `--drafts` shows.

    \b
    Example:
      mathblog draft "An idea" && mathblog serve --drafts
    """
    from mathblog.authoring.post import draft_path, post_text

    _begin(ctx, source, lambda _: draft_path(title), post_text(title, tags))


def _begin(ctx: click.Context, source: Path | None, path_on: Callable[[datetime.date], str], text: str) -> None:
    """Write a new text, whose path may depend on the day that it is in the time zone of the blog."""
    from mathblog.engine.authoring.new_files import write_new
    from mathblog.engine.problem import USAGE, BuildStopped
    from mathblog.engine.sources.blog_folder import require_blog
    from mathblog.engine.sources.configuration import load_config
    from mathblog.model.zones import load_zone

    console = Console("text")
    with exit_on_stop(console, ctx, trace=False):
        request = options.request_build(source, None, {})
        reading = load_config(request).config.reading
        require_blog(request.source)
        today = datetime.datetime.now(load_zone(reading.timezone)).date()
        path = posixpath.join(reading.collections_dir, path_on(today))
        if write_new(request.source, {path: text}).there:
            message = f"`{request.source / path}` is there already"
            raise BuildStopped(message, code=USAGE, hint="choose another title, or another day with `--date`")
        console.say(f"wrote {request.source / path}")
