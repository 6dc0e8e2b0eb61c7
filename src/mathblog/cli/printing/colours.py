"""The colours of a report on a terminal: by severity, few, and none where they would be signs in a file."""

import re
from collections.abc import Mapping

import click

from mathblog.core.diagnostic import Severity
from mathblog.core.patterns import lazy_pattern

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
_HEAD = lazy_pattern(
    r"(?P<place>.*?): (?P<severity>error|warning): (?P<message>.*) (?P<code>\[[^\[\]]*\])\Z", re.DOTALL
)
_CARETS = lazy_pattern(r"( +\| +)(\^+)\Z")


def is_coloured(environment: Mapping[str, str], asked: bool | None = None) -> bool | None:  # noqa: FBT001 - an answer
    """Whether to write colours: as `--color` asked, else never with `NO_COLOR` and always with `FORCE_COLOR` (no-color.org).

    None leaves it to the terminal.
    """
    if asked is not None:
        return asked
    if environment.get("NO_COLOR"):
        return False
    return True if environment.get("FORCE_COLOR") else None


def paint_head(line: str, severity: Severity) -> str:
    """The first line of a problem: its place, its severity, what is wrong, and its code."""
    found = _HEAD.match(line)
    if found is None:
        return line
    kind = click.style(found["severity"], fg=_COLOURS[severity], bold=True)
    return (
        f"{click.style(found['place'], bold=True)}: {kind}: {found['message']} {click.style(found['code'], dim=True)}"
    )


def paint_line(line: str, severity: Severity) -> str:
    """A line below it: the excerpt as it is, the marks under it, the next step."""
    if found := _CARETS.match(line):
        return found[1] + click.style(found[2], fg=_COLOURS[severity], bold=True)
    return click.style(line, fg="cyan") if line.startswith("      = ") else line
