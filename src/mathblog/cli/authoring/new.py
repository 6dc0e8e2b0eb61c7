"""`mathblog new`: a blog to begin with."""

import datetime
import os
import sys
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from mathblog.cli import options
from mathblog.cli.console import Console
from mathblog.cli.stopping import exit_on_stop


@click.command("new")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", help="The blog's title (default: asked for, or the folder's name).")
@click.option("--author", help="Who writes it.")
@click.option("--lang", help="Its language, such as `en`, `ko`, `zh`.")
@click.option("--theme", default="default", help="Its theme, `default` or `strap` (`mathblog theme list`).")
@click.option(
    "--from-jekyll",
    is_flag=True,
    help="DIR is a blog already: add `.gitignore`, the workflow and settings of editors where they are missing.",
)
@options.trace
@click.pass_context
def command(  # noqa: PLR0913 - one parameter a flag
    ctx: click.Context,
    *,
    folder: Path,
    title: str | None,
    author: str | None,
    lang: str | None,
    theme: str,
    from_jekyll: bool,
    trace: bool,
) -> None:
    """Make a blog in the new folder DIR, with a first post to change.

    \b
    Example:
      mathblog new notes --title "My notes" --author "Kim Haru" --lang ko
      mathblog serve -s notes
    """
    from mathblog.authoring.blog import LANGUAGES, WORKFLOW_PATH, Wishes, around_blog, new_blog
    from mathblog.authoring.editor_settings import SCHEMAS
    from mathblog.engine.authoring.new_files import workflows_of_jekyll, write_new, zone_of_machine
    from mathblog.engine.sources.configuration import schema_text
    from mathblog.engine.sources.theme_listing import require_language, require_theme

    console = Console("text")
    with exit_on_stop(console, ctx, trace=trace):
        schemas = {path: schema_text(name) for name, path in SCHEMAS.items()}
        if from_jekyll:
            done = write_new(folder, {**around_blog(), **schemas})
            for path in done.there:
                console.say(f"`{path}` is there already: it stays as it is")
            for path in workflows_of_jekyll(folder):
                console.say(f"`{path}` builds with Jekyll: delete it, else both workflows publish the site")
        else:
            require_theme(theme, folder)
            if lang:
                require_language(lang)
            wishes = Wishes(
                title or _ask("Title", folder.resolve().name),
                author if author is not None else _ask("Author", ""),
                lang or _ask(f"Language ({', '.join(LANGUAGES)}, …)", "en", require_language),
                theme,
                zone := zone_of_machine(),
            )
            today = datetime.datetime.now(ZoneInfo(zone)).date()
            done = write_new(folder, {**new_blog(wishes, today), **schemas}, empty=True)
        for path in done.new:
            console.say(f"wrote {folder / path}")
        if not from_jekyll:
            console.say("")
            console.say(f"next: cd {folder} && mathblog serve --open")
        if WORKFLOW_PATH in done.new:
            console.say(
                f"before you push: write the name of your fork of mathblog for `YOUR-NAME` in `{WORKFLOW_PATH}`"
            )


def _ask(question: str, default: str, require: Callable[[str], None] | None = None) -> str:
    """The answer of somebody at a terminal, asked again until it is what is required; else the default."""
    from mathblog.engine.problem import BuildStopped

    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("CI"):
        return default

    def read(answer: str) -> str:
        try:
            if require:
                require(answer)
        except BuildStopped as stop:
            message = f"{stop}; {stop.hint}"
            raise click.UsageError(message) from stop
        return answer

    return str(click.prompt(question, default=default, show_default=bool(default), value_proc=read))
