"""`mathblog check`: what a build would report, and what the lints find; nothing is published or kept."""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from mathblog.core.diagnostic import Diagnostic
from mathblog.engine.builder import Builder
from mathblog.engine.problem import USAGE
from mathblog.engine.request import BuildRequest


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The problems of a site, in order, and how much was looked at."""

    diagnostics: tuple[Diagnostic, ...]
    pages: int = 0
    formulas: int = 0
    seconds: float = 0.0
    config_failed: bool = False

    @property
    def exit_code(self) -> int:
        """0 where nothing was found, 1 where anything was, 2 where the configuration cannot be used."""
        return USAGE if self.config_failed else int(bool(self.diagnostics))


def check(request: BuildRequest) -> CheckReport:
    """Build a site as ever, but into no place, and report all that is wrong with it.

    Raises:
        BuildStopped: as a build does.

    """
    with tempfile.TemporaryDirectory(prefix="mathblog-") as folder:
        trial = replace(request, publish=False, keep_going=True, into=Path(folder), lints=True)
        with Builder(trial) as builder:
            result = builder.build()
    return CheckReport(
        result.diagnostics, len(result.pages), result.formulas, result.seconds, config_failed=result.config_failed
    )
