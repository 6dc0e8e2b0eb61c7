"""`mathblog list` and `mathblog open`: the texts of a site, and one of them in the browser or an editor."""

import json
import webbrowser
from dataclasses import asdict
from pathlib import Path

import click

from mathblog.cli import options
from mathblog.cli.console import Console
from mathblog.cli.stopping import exit_on_stop


@click.command("list")
@click.option("--drafts", "state", flag_value="draft", help="Only drafts.")
@click.option("--future", "state", flag_value="future", help="Only posts with a date in the future.")
@click.option("--posts", "state", flag_value="published", help="Only posts that the site shows.")
@click.option("-t", "--tag", metavar="TAG", default="", help="Only those with this tag.")
@click.option(
    "--format", "report_format", type=click.Choice(["text", "json"]), default="text", help="How to list them."
)
@options.source
@click.pass_context
def list_texts(ctx: click.Context, *, state: str | None, tag: str, report_format: str, source: Path | None) -> None:
    """List the drafts, then the posts, the newest first: state, day, path, title.

    \b
    Examples:
      mathblog list --drafts
      mathblog list --tag series --format json
    """
    from mathblog.cli.printing.objects import printable_json
    from mathblog.engine.authoring.browsing import list_posts

    console = Console(report_format)
    with exit_on_stop(console, ctx, trace=False):
        every = list_posts(options.request_build(source, None, {}), tag=tag)
        found = [it for it in every if not state or it.state == state]
    if report_format == "json":
        click.echo(printable_json(json.dumps([asdict(it) for it in found], ensure_ascii=False, indent=2)))
        return
    width = max((len(it.path) for it in found), default=0)
    for it in found:
        console.say(f"{it.state:11}  {it.date[:10]:10}  {it.path:{width}}  {it.title}")


@click.command("open")
@click.argument("text", default="")
@click.option("-e", "--editor", is_flag=True, help="Open the source in your editor (`EDITOR`) instead.")
@click.option("-P", "--port", type=click.IntRange(1, 65535), help="The port of the preview (default: 4000).")
@options.source
@click.pass_context
def open_text(ctx: click.Context, *, text: str, editor: bool, port: int | None, source: Path | None) -> None:
    """Show TEXT, or the home page, in the browser, from the preview that `mathblog serve` runs.

    \b
    Examples:
      mathblog open an-idea
      mathblog open an-idea --editor
    """
    from mathblog.engine.authoring.browsing import edit_source, find_page

    console = Console("text")
    with exit_on_stop(console, ctx, trace=False):
        request = options.request_build(source, None, {})
        if editor:
            edit_source(request, text)
            return
        address = find_page(request, text, port)
        console.say(f"opening {address}")
        if not webbrowser.open(address):
            console.say("      = no browser was found: open that address yourself")
