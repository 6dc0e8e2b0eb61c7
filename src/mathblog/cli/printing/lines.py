"""The lines that sum up a build."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mathblog.core.diagnostic import Severity

if TYPE_CHECKING:
    from mathblog.engine.request import BuildResult

_REASONS = {"limit_posts": "beyond the limit"}
_FLAGS = {"draft": "--drafts", "future": "--future", "unpublished": "--unpublished"}


def summary(result: "BuildResult") -> str:
    """One line: pages, formulas, time, what was skipped and why, how many problems."""
    counts = Counter(item.severity for item in result.diagnostics)
    parts = [count(len(result.pages), "page"), count(result.formulas, "formula")]
    line = f"{', '.join(parts)} in {result.seconds:.2f} s" + (f" ({result.environment})" if result.environment else "")
    problems = [count(counts[severity], str(severity)) for severity in Severity if counts[severity]]
    if result.published is None:
        line = "nothing published: " + line
    elif not (result.published.written or result.published.removed):
        line += ", nothing changed"
    skipped = [(count, reason) for reason, count in sorted(result.skipped.items()) if count]
    if skipped:
        flags = [_FLAGS[reason] for _, reason in skipped if reason in _FLAGS]
        line += f"; skipped {', '.join(f'{count} {_REASONS.get(reason, reason)}' for count, reason in skipped)}"
        line += f" (use {', '.join(flags)})" if flags else ""
    return "; ".join([line, *problems])


def rebuild_line(causes: Sequence[str], result: "BuildResult") -> str:
    """`_posts/2018-10-06-vae.md: 3 files in 21 ms; 1 warning`."""
    counts = Counter(item.severity for item in result.diagnostics)
    problems = [count(counts[severity], str(severity)) for severity in Severity if counts[severity]]
    outcome = "nothing published" if result.published is None else count(len(result.changed), "file")
    more = f" and {len(causes) - 1:,} more" if len(causes) > 1 else ""
    return "; ".join([f"{causes[0]}{more}: {outcome} in {result.seconds * 1000:.0f} ms", *problems])


def count(number: int, noun: str) -> str:
    """`1 page`, `2,000 pages`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
