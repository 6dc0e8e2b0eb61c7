"""`mathblog lsp`: the server that an editor starts."""

from pathlib import Path

import click

from mathblog.cli import options
from mathblog.cli.console import Console
from mathblog.cli.stopping import exit_on_stop


@click.command("lsp")
@click.option(
    "-s", "--source", type=click.Path(path_type=Path), help="The folder of a blog (default: the one of each open file)."
)
@options.config_files
@options.trace
@click.pass_context
def command(ctx: click.Context, *, source: Path | None, config_files: str | None, trace: bool) -> None:
    """Serve an editor, by the Language Server Protocol over standard input and output: problems, completions, hovers.

    Your editor starts it; the guide `docs/guide/editors.md` has the settings. Nothing is written into the site or its
    cache. It needs the extra `mathblog[lsp]`.

    \b
    Example:
      mathblog lsp --help
    """
    from importlib.util import find_spec

    from mathblog.engine.extras import install_command
    from mathblog.engine.problem import ENVIRONMENT, BuildStopped

    console = Console("text")
    with exit_on_stop(console, ctx, trace=trace):
        if find_spec("pygls") is None:
            message = "`mathblog lsp` needs the package `pygls`, which is not installed"
            raise BuildStopped(message, code=ENVIRONMENT, hint=install_command("lsp"))
        from mathblog.engine.sources.configuration import follow_source
        from mathblog.lsp.features import serve

        console.take_logs(brief=True)
        serve(lambda root: follow_source(options.request_build(root, config_files, {})), source)
