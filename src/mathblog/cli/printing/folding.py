"""Many equal warnings are told once, with their number."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mathblog.core.diagnostic import Diagnostic, Severity
from mathblog.core.patterns import lazy_pattern

_MANY = 20  # of equal warnings more are one line
_WORDS = lazy_pattern(r"`[^`]*`|\d+")  # what the author wrote, and counts


class Told(NamedTuple):
    """A problem to print; it stands for `equal` problems in `files` files."""

    problem: Diagnostic
    equal: int = 1
    files: int = 1


def fold(problems: Iterable[Diagnostic]) -> Iterator[Told]:
    """The problems in their order; of many equal warnings only the first. Equal are those of one code and one wording.

    Errors are never folded: each keeps the site from being published.
    """
    problems = list(problems)
    groups: dict[tuple[str, str], list[Diagnostic]] = {}
    for problem in problems:
        groups.setdefault(_kind(problem), []).append(problem)
    for problem in problems:
        group = groups[_kind(problem)]
        if problem.severity is Severity.ERROR or len(group) <= _MANY:
            yield Told(problem)
        elif problem is group[0]:
            yield Told(problem, len(group), len({item.path for item in group}))


def _kind(problem: Diagnostic) -> tuple[str, str]:
    return (f"{problem.severity} {problem.code}", _WORDS.sub("", problem.message))
