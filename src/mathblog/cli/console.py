"""The only place that prints: problems, the summary line, in the format asked for."""

import io
import os
import posixpath
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mathblog.cli.printing.annotations import annotation
from mathblog.cli.printing.colours import is_coloured, paint_head, paint_line
from mathblog.cli.printing.folding import fold
from mathblog.cli.printing.lines import count, rebuild_line, summary
from mathblog.cli.printing.objects import OLD_COMMAND, printable_json, to_json
from mathblog.cli.progress import ProgressLine
from mathblog.core.diagnostic import Diagnostic, Severity, as_error, in_file
from mathblog.core.excerpt import describe
from mathblog.core.patterns import lazy_pattern
from mathblog.core.printable import printable

if TYPE_CHECKING:
    from mathblog.engine.check import CheckReport
    from mathblog.engine.fixes import Change
    from mathblog.engine.problem import BuildStopped
    from mathblog.engine.request import BuildResult

_COMMAND = lazy_pattern(r"^(\s*):(?=:)")  # of a GitHub workflow, wherever a line begins with it
_RULE = 60  # characters of the line between two rounds of a preview
_WITH_COMMANDS = ("GITHUB_ACTIONS", "TF_BUILD")


class ReaderGoneError(BrokenPipeError):
    """Nobody reads on (`mathblog list | head -1`). Click ends the command without a word; a pipe to a worker is another one."""


class UnwritableError(OSError):
    """A report that cannot be printed: the disk that standard output leads to is full."""


class Console:
    """Reports for people (`text`), programs (`json`, `sarif`) or GitHub's annotations (`github`).

    `source` is the blog's folder, where it is known: GitHub wants paths that start at the checkout, where its jobs run.
    """

    def __init__(
        self,
        report_format: str,
        *,
        quiet: bool = False,
        verbose: bool = False,
        every: bool = False,
    ) -> None:
        self._format = report_format
        self.source = Path()
        self._quiet = quiet
        self._verbose = verbose
        self._every = every

    def report(self, result: "BuildResult") -> None:
        """Print the outcome of a build."""
        if self._format == "json":
            numbers: dict[str, object] = {
                "pages": len(result.pages),
                "formulas": result.formulas,
                "seconds": round(result.seconds, 3),
                "environment": result.environment,
                "skipped": dict(result.skipped),
                "published": None if result.published is None else asdict(result.published),
                "exit_code": result.exit_code,
            }
            _print(to_json(result.diagnostics, numbers))
            return
        self._problems(result.diagnostics)
        if self._verbose:
            self.say(*(f"  {path}" for path in result.pages))
        if not self._quiet:
            self.say(summary(result))

    def examined(
        self, diagnostics: Sequence[Diagnostic], changes: "Sequence[Change]", *, done: bool, fixable: int = 0
    ) -> None:
        """Print what the doctor found, and what `--fix` changed (`done`) or would change; `fixable` findings are left for it."""
        counts = Counter(item.severity for item in diagnostics)
        if self._format == "json":
            listed = [asdict(change) for change in changes]
            numbers = {str(severity): counts[severity] for severity in Severity}
            _print(to_json(diagnostics, {**numbers, "changes": listed, "written": done}))
            return
        self._problems(diagnostics)
        self.changes(changes, done=done)
        if not self._quiet:
            parts = [count(counts[severity], str(severity)) for severity in Severity if counts[severity]]
            self.say("; ".join(parts) if parts else "nothing to report")
            if fixable:
                shown = "`--fix --dry-run` shows the lines first"
                self.say(f"      = `mathblog doctor --fix` does away with {fixable} of them; {shown}")
            if counts[Severity.ERROR]:
                self.say("      = mend the errors: `mathblog build` publishes nothing before")
            elif counts[Severity.WARNING] > fixable:
                shown = "`mathblog serve` shows the pages as they are"
                self.say(f"      = no warning keeps the site from being published: {shown}")

    def checked(self, report: "CheckReport", *, written: bool) -> None:
        """Print what `mathblog check` found, and the lines that `--fix` changed (`written`) or would change."""
        counts = Counter(item.severity for item in report.diagnostics)
        if self._format == "json":
            numbers: dict[str, object] = {
                **{str(severity): counts[severity] for severity in Severity},
                "pages": report.pages,
                "formulas": report.formulas,
                "changes": [asdict(change) for change in report.changes],
                "written": written,
                "exit_code": report.exit_code,
            }
            _print(to_json(report.diagnostics, numbers))
            return
        if self._format == "sarif":
            _print(self._sarif(report.diagnostics))
            return
        self._problems(report.diagnostics)
        self.changes(report.changes, done=written)
        if not self._quiet:
            problems = [count(counts[severity], str(severity)) for severity in Severity if counts[severity]]
            looked_at = f"{count(report.pages, 'page')}, {count(report.formulas, 'formula')} in {report.seconds:.2f} s"
            self.say("; ".join([looked_at, *(problems or ["nothing to report"])]))

    def rebuilt(self, causes: Sequence[str], result: "BuildResult", told: Collection[Diagnostic]) -> None:
        """Print the outcome of one build of a preview: in one line its cause and what it changed, before it the problems.

        Warnings that the author was `told` of after the build before are left out.
        """
        if not causes:
            self.report(result)
            return
        new = [item for item in result.diagnostics if item.severity is Severity.ERROR or item not in told]
        if new or not self._quiet:
            self.say(f"-- {time.strftime('%H:%M:%S')} ".ljust(_RULE, "-"))
        self._problems(new)
        if self._verbose:
            self.say(*(f"  {path}" for path in result.changed))
        if not self._quiet:
            self.say(rebuild_line(causes, result))

    def note(self, text: str, *, important: bool = False) -> None:
        """Print something the author should know, in a preview; what is important also when asked to be quiet."""
        if important or not self._quiet:
            self.say(f"mathblog: {text}", err=important)

    def news(self, text: str) -> None:
        """Print what a build does that takes a while; not where a program or an annotation reads the report."""
        if self._format == "text" and not self._quiet:
            self.say(f"mathblog: {text}", err=True)

    @contextmanager
    def progress(self) -> Iterator[ProgressLine]:
        """A line that says how far a build is, until the block ends, however it ends."""
        line = ProgressLine(shown=self._format == "text" and not self._quiet)
        try:
            yield line
        finally:
            line.clear()

    def explain(self, explanations: Iterable[str]) -> None:
        """Print what holds instead of what a flag asked for."""
        if not self._quiet:
            self.say(*(f"mathblog: {explanation}" for explanation in explanations), err=True)

    def stopped(self, stop: "BuildStopped") -> None:
        """Print why a build could not go on."""
        self._end("error", in_file("", str(stop), code="build", hint=stop.hint), stop.code)

    def fault(self, fault: Exception) -> int:
        """Print what nobody expected, without a traceback; return the exit code. One of the system with a file is no fault of ours."""
        from mathblog.engine.problem import stopped_by

        if stop := stopped_by(fault):
            self.stopped(stop)
            return stop.code
        hint = "this is a bug in mathblog; run again with `--trace` and report what it prints"
        problem = in_file("", f"{type(fault).__name__}: {fault}", code="internal", hint=hint)
        self._end("internal error", problem, 1)
        return 1

    def _end(self, kind: str, found: Diagnostic, exit_code: int) -> None:
        """Print what ended the program, which stands in no file."""
        problem = as_error(found)
        if self._format == "json":
            _print(to_json([problem], {"exit_code": exit_code}))
        elif self._format == "github":
            _annotate(problem)
        elif self._format == "sarif":
            _print(self._sarif([problem]))
        else:
            hint = [f"      = {found.hint}"] if found.hint else []
            self.say(f"mathblog: {kind}: {found.message}", *hint, err=True)

    def failed(self, fault: BaseException) -> None:
        """Print the full traceback of a fault of our own."""
        import traceback

        self.say(*"".join(traceback.format_exception(fault)).rstrip("\n").split("\n"), err=True)

    def misused(self, error: click.ClickException) -> None:
        """Print what is wrong with the words of a command, in click's manner."""
        shown = io.StringIO()
        error.show(shown)
        self.say(*shown.getvalue().rstrip("\n").replace("\n\t", " ").split("\n"), err=True)  # choices: one a line

    def take_logs(self, *, brief: bool = False) -> None:
        """Print what libraries log, the web server of a preview above all: it may hold words of a stranger's request.

        In `brief` a fault is a line.
        """
        import logging

        from mathblog.cli.printing.logs import LogHandler

        logging.getLogger().addHandler(LogHandler(self.say, brief=brief))

    def problems(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Print problems without an outcome."""
        for diagnostic in diagnostics:
            self._problem(diagnostic)

    def changes(self, changes: "Sequence[Change]", *, done: bool) -> None:
        """Print lines of the author's files before and after they are `done`."""
        for change in changes:
            self.say(f"{change.path}:{change.line}: {'fixed' if done else 'would be fixed'}")
            self.say(f"    - {change.before}", f"    + {change.after}")

    def _problems(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Print problems, errors first; for people many equal ones are one, unless `every` one was asked for."""
        diagnostics = sorted(diagnostics, key=lambda problem: problem.severity is not Severity.ERROR)
        if self._every or self._format != "text":
            for diagnostic in diagnostics:
                self._problem(diagnostic)
            return
        for problem, equal, files in fold(diagnostics):
            self._problem(problem)
            if equal > 1:
                like = f"{equal:,} {problem.severity}s like this in {count(files, 'file')}"
                self.say(f"      = {like}: `--all` shows each", err=True)

    def _problem(self, diagnostic: Diagnostic) -> None:
        if self._format == "github":
            _annotate(replace(diagnostic, path=self._shown(diagnostic.path)))
        else:
            head, *rest = describe(diagnostic).split("\n")
            self.say(head, err=True, paint=partial(paint_head, severity=diagnostic.severity))
            self.say(*rest, err=True, paint=partial(paint_line, severity=diagnostic.severity))

    def _sarif(self, diagnostics: Iterable[Diagnostic]) -> str:
        from mathblog.cli.printing.sarif import to_sarif

        return printable_json(to_sarif(diagnostics, self._shown))

    def _shown(self, path: str) -> str:
        """The path of a source file from the current folder on, where it lies below that."""
        whole, root = (self.source / path).absolute(), Path.cwd()
        return posixpath.normpath(whole.relative_to(root).as_posix() if whole.is_relative_to(root) else path)

    @staticmethod
    def say(*lines: str, err: bool = False, paint: Callable[[str], str] = str) -> None:
        """Print lines. What stands in them stays on its line, and tells neither a terminal nor a CI service what to do.

        `paint` adds colours afterwards, which a terminal shows (`--color`, `NO_COLOR`, `FORCE_COLOR`: see `is_coloured`).
        """
        context = click.get_current_context(silent=True)
        color = is_coloured(os.environ, context.color if context else None)
        for line in lines:
            shown = _COMMAND.sub(r"\1\\x3a", printable(line))
            if any(name in os.environ for name in _WITH_COMMANDS):
                shown = OLD_COMMAND.sub(r"\\x23", shown)
            _print(paint(shown), err=err, color=color)


def _print(text: str, *, err: bool = False, color: bool | None = None) -> None:
    try:
        click.echo(text, err=err, color=color)
    except BrokenPipeError as gone:
        raise ReaderGoneError(*gone.args) from gone
    except OSError as error:
        raise UnwritableError(*error.args) from error


def _annotate(diagnostic: Diagnostic) -> None:
    _print(annotation(diagnostic))
