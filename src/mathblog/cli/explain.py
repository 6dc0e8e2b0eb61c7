"""`mathblog explain`: what the code of a message means; why a page was made again, and what it depends on."""

import difflib
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from mathblog.cli import options
from mathblog.cli.console import Console


@click.command("explain")
@click.argument("about", metavar="CODE|URL", default="")
@options.source
@click.option("-d", "--destination", type=click.Path(path_type=Path), help="Where the site is (default: `_site`).")
@options.config_files
@click.pass_context
def command(
    ctx: click.Context, *, about: str, source: Path | None, destination: Path | None, config_files: str | None
) -> None:
    """Say what the CODE of a message means, with an example and the remedy; without an argument, list all codes.

    Or say why the page at URL was made by the last build, whether the next one will make it again, and what it depends on.
    URL is an address, a path in the site, or the path of a source file. Name the same destination as the build.

    \b
    Examples:
      mathblog explain math-leftover
      mathblog explain /2026/01/15/title/
    """
    from mathblog.config.messages.catalogue import EXPLANATIONS, explain_code, find_code
    from mathblog.engine.explain import explain
    from mathblog.engine.problem import BuildStopped

    console = Console("text")
    if not about:
        width = max(map(len, EXPLANATIONS))
        lines = (f"{code:{width}}  {it.means.partition('. ')[0].rstrip('.')}" for code, it in EXPLANATIONS.items())
        console.say(*_wrapped(sorted(lines), " " * (width + 2)))
        return
    if code := find_code(about):
        console.say(*_wrapped(explain_code(code)))
        return
    try:
        page = explain(options.request_build(source, config_files, options.override(destination)), about)
    except BuildStopped as stop:
        near = difflib.get_close_matches(about, EXPLANATIONS, 1, 0.75)
        codes = "" if "/" in about or "." in about else "`mathblog explain` lists the codes of messages; "
        hint = f"did you mean the code `{near[0]}`?" if near else f"{codes}{stop.hint}"
        console.stopped(BuildStopped(str(stop), code=stop.code, hint=hint))
        ctx.exit(stop.code)
    console.say(f"{page.path}, made of `{page.source}`" if page.source else f"{page.path}, made by mathblog")
    if not page.built:
        console.say("  last build: none is known for this destination")
    elif page.reason:
        console.say(f"  last build: made it, because: {page.reason}")
    else:
        found = ", ".join(f"`{path}`" for path in page.changed) or "no document"
        console.say(f"  last build: left it as it was; {found} had changed")
    console.say(
        f"  next build: makes it again, because: {page.due}" if page.due else "  next build: leaves it as it is"
    )
    console.say("  depends on:", *(f"    {read}" for read in page.reads))


def _wrapped(lines: Iterable[str], indent: str = "") -> Iterator[str]:
    """The lines, on a terminal broken between words; examples, which are indented, stay as they are."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    for line in lines:
        if len(line) <= width or line.startswith(" ") or not width:
            yield line
        else:
            yield from textwrap.wrap(
                line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
            )
