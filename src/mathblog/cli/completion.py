"""`mathblog completion`: the script that makes a shell complete commands and flags."""

import click
from click.shell_completion import get_completion_class

from mathblog.cli.console import Console

NAME, VARIABLE = "mathblog", "_MATHBLOG_COMPLETE"  # click's, of the name of a program


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, *, shell: str) -> None:
    """Print the script that makes SHELL complete the commands, flags and file names of mathblog.

    \b
    Examples:
      mathblog completion bash > ~/.local/share/bash-completion/completions/mathblog
      mathblog completion zsh > ~/.zfunc/_mathblog      (with ~/.zfunc in `fpath`)
      mathblog completion fish > ~/.config/fish/completions/mathblog.fish
    """
    kind = get_completion_class(shell)
    if kind is None:
        ctx.fail(f"this version of click knows no completion for `{shell}`")
    Console("text").say(*kind(ctx.find_root().command, {}, NAME, VARIABLE).source().rstrip("\n").split("\n"))
