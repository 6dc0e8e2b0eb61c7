"""The only place that prints: problems, the summary line, in the format asked for."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from mathblog.core.diagnostic import Diagnostic, Severity
from mathblog.core.excerpt import describe

if TYPE_CHECKING:
    from mathblog.engine.problem import BuildStopped
    from mathblog.engine.request import BuildResult

_FLAGS = {"draft": "--drafts", "future": "--future", "unpublished": "--unpublished"}


class Console:
    """Reports for people (`text`), programs (`json`) or GitHub's annotations (`github`)."""

    def __init__(self, report_format: str, *, quiet: bool = False, verbose: bool = False) -> None:
        self._format = report_format
        self._quiet = quiet
        self._verbose = verbose

    def report(self, result: "BuildResult") -> None:
        """Print the outcome of a build."""
        if self._format == "json":
            problems = [asdict(item) for item in result.diagnostics]
            click.echo(json.dumps({"diagnostics": problems, "summary": _numbers(result)}, ensure_ascii=False, indent=2))
            return
        for diagnostic in result.diagnostics:
            self._problem(diagnostic)
        if self._verbose:
            for path in result.pages:
                click.echo(f"  {path}")
        if not self._quiet:
            click.echo(summary(result))

    def stopped(self, stop: "BuildStopped") -> None:
        """Print why a build could not go on."""
        if self._format == "json":
            problem = {"severity": "error", "message": str(stop), "hint": stop.hint, "code": stop.code}
            click.echo(json.dumps({"diagnostics": [problem]}, ensure_ascii=False))
        elif self._format == "github":
            click.echo(f"::error::{_escape(str(stop))}")
        else:
            click.echo(f"mathblog: error: {stop}", err=True)
            if stop.hint:
                click.echo(f"      = {stop.hint}", err=True)

    def fault(self, fault: Exception) -> None:
        """Print a fault of our own, without a traceback."""
        click.echo(f"mathblog: internal error: {type(fault).__name__}: {fault}", err=True)
        click.echo("      = this is a bug in mathblog; run again with `--trace` and report what it prints", err=True)

    def _problem(self, diagnostic: Diagnostic) -> None:
        if self._format == "github":
            click.echo(annotation(diagnostic))
        else:
            click.echo(describe(diagnostic), err=True)


def annotation(diagnostic: Diagnostic) -> str:
    """GitHub's workflow command for one problem (docs.github.com, "Workflow commands for GitHub Actions")."""
    place = {"file": diagnostic.path, "title": f"mathblog: {diagnostic.code}"}
    if diagnostic.line:
        place |= {"line": str(diagnostic.line)}
    if diagnostic.column:
        place |= {"col": str(diagnostic.column), "endColumn": str(diagnostic.end_column)}
    properties = ",".join(f"{key}={_escape(value, in_property=True)}" for key, value in place.items())
    text = diagnostic.message + (f" ({diagnostic.hint})" if diagnostic.hint else "")
    return f"::{diagnostic.severity} {properties}::{_escape(text)}"


def _escape(text: str, *, in_property: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if in_property else text


def summary(result: "BuildResult") -> str:
    """One line: pages, formulas, time, what was skipped and why, how many problems."""
    counts = Counter(item.severity for item in result.diagnostics)
    parts = [_count(len(result.pages), "page"), _count(result.formulas, "formula")]
    line = f"{', '.join(parts)} in {result.seconds:.2f} s"
    problems = [_count(counts[severity], str(severity)) for severity in Severity if counts[severity]]
    if result.published is None:
        line = "nothing published: " + line
    elif not (result.published.written or result.published.removed):
        line += ", nothing changed"
    skipped = _skipped(result.skipped)
    return "; ".join([line, *([skipped] if skipped else []), *problems])


def _skipped(skipped: Mapping[str, int]) -> str:
    parts = [f"{count} {reason}" for reason, count in sorted(skipped.items()) if count]
    flags = [_FLAGS[reason] for reason, count in sorted(skipped.items()) if count and reason in _FLAGS]
    if not parts:
        return ""
    return f"skipped {', '.join(parts)}" + (f" (use {', '.join(flags)})" if flags else "")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _numbers(result: "BuildResult") -> dict[str, object]:
    return {
        "pages": len(result.pages),
        "formulas": result.formulas,
        "seconds": round(result.seconds, 3),
        "skipped": dict(result.skipped),
        "published": None if result.published is None else asdict(result.published),
        "exit_code": result.exit_code,
    }
