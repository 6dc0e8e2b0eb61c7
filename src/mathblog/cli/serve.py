"""`mathblog serve`: a preview that follows the author's edits, with Jekyll's flags and ours."""

import webbrowser
from threading import Thread
from typing import TYPE_CHECKING

import click

from mathblog.cli import jekyll_flags, options
from mathblog.cli.console import Console
from mathblog.engine.problem import BuildStopped

if TYPE_CHECKING:
    from mathblog.cli.progress import ProgressLine
    from mathblog.core.diagnostic import Diagnostic
    from mathblog.serve.listen import Listening
    from mathblog.serve.session import Rebuild
_EDITOR = "vscode://file{path}:{line}:{column}"
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - what is warned of


@click.command("serve")
@click.option("-H", "--host", help="The address to listen on (default: 127.0.0.1, which only this computer reaches).")
@click.option(
    "-P", "--port", type=click.IntRange(0, 65535), help="The port (default: 4000); the next one when it is taken."
)
@click.option("-o", "--open-url", "--open", "open_url", is_flag=True, help="Open the site in a browser.")
@options.build_flags("Where `build` puts the site; a preview leaves it alone, and keeps its files in the cache.")
@click.option(
    "-l/ ",
    "--livereload/--no-livereload",
    "livereload",
    default=True,
    help="Refresh pages in the browser when they change (default: yes).",
)
@click.option("--navigate", is_flag=True, help="Let the browser go to the page that was just edited.")
@click.option(
    "--editor-url",
    metavar="URL",
    default=_EDITOR,
    show_default=True,
    help="Where the place of a problem leads; '' for no link.",
)
@click.option(
    "--force_polling",
    "--force-polling",
    "polling",
    is_flag=True,
    help="Look for changes again and again, where the file system does not tell (network folders).",
)
@options.every
@options.quiet
@click.option("-V", "--verbose", is_flag=True, help="Print the files that each rebuild wrote.")
@options.trace
@jekyll_flags.accept(jekyll_flags.SERVE)
@click.pass_context
def command(  # noqa: PLR0913 - one parameter a flag
    ctx: click.Context,
    *,
    flags: options.BuildFlags,
    host: str | None,
    port: int | None,
    open_url: bool,
    livereload: bool,
    navigate: bool,
    editor_url: str,
    polling: bool,
    every: bool,
    quiet: bool,
    verbose: bool,
    trace: bool,
) -> None:
    """Preview the blog in SOURCE: serve it here, build it again after each change, refresh the pages that changed.

    \b
    Examples:
      mathblog serve --open
      mathblog serve --drafts --port 4001
    """
    from mathblog.serve.session import PreviewSettings, serve

    console = Console("text", every=every, quiet=quiet, verbose=verbose)
    console.take_logs()
    console.explain(jekyll_flags.notices(ctx))
    try:
        with console.progress() as progress:
            settings = PreviewSettings(
                flags.request(console, progress, safe=jekyll_flags.is_safe(ctx)),
                host=host,
                port=port,
                livereload=livereload,
                navigate=navigate,
                editor_url=editor_url,
                polling=polling,
            )
            console.source = settings.request.source
            serve(settings, _Terminal(console, progress, open_url=open_url, trace=trace))
    except BuildStopped as stop:
        console.stopped(stop)
        ctx.exit(stop.code)
    except KeyboardInterrupt:  # the way to end a preview
        ctx.exit(0)


class _Terminal:
    """Tells the author at the terminal; opens the browser after the first build."""

    def __init__(self, console: Console, progress: "ProgressLine", *, open_url: bool, trace: bool) -> None:
        self._console = console
        self._progress = progress
        self._open_url = open_url
        self._trace = trace
        self._address = ""
        self._told: frozenset[Diagnostic] = frozenset()

    def listening(self, listening: "Listening", address: str) -> None:
        """Say where the site will be."""
        if listening.asked not in (0, listening.port):
            self._console.note(f"port {listening.asked} is in use: serving on port {listening.port}", important=True)
        if listening.host in _EVERYWHERE:
            self._console.note("everyone in this network can read the preview, drafts too", important=True)
        self._address = address
        self._console.note(f"serving {address} (Ctrl-C ends it)")

    def rebuilt(self, rebuild: "Rebuild") -> None:
        """Report a build; the preview goes on with the last good site where it failed."""
        self._progress.clear()
        if rebuild.fault is not None and self._trace:
            raise rebuild.fault
        if rebuild.result is not None:
            self._console.rebuilt(rebuild.causes, rebuild.result, self._told)
            self._told = frozenset(rebuild.result.diagnostics)
        elif rebuild.stop is not None:
            self._console.stopped(rebuild.stop)
        elif rebuild.fault is not None:
            self._console.fault(rebuild.fault)
        if self._open_url:
            self._open_url = False
            Thread(target=webbrowser.open, args=(self._address,), daemon=True).start()  # some browsers stay
