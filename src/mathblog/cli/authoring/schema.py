"""`mathblog schema`: the JSON schemas of the files of a blog, for editors."""

import click

from mathblog.cli.console import Console


@click.command("schema")
@click.argument("name", type=click.Choice(["config", "front-matter"]))
def command(*, name: str) -> None:
    """Print the JSON schema of `_config.yml` or of front matter, with which editors complete keys and say what they mean.

    \b
    Examples:
      mathblog schema config > .vscode/config.schema.json
      mathblog schema front-matter > .vscode/front-matter.schema.json
    """
    from mathblog.engine.sources.configuration import schema_text

    Console("text").say(*schema_text(name).rstrip("\n").split("\n"))
