"""Many equal problems are told once, or a hundred times, with their number."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mathblog.core.diagnostic import Diagnostic, Severity, kind_of

_MANY = 20  # of equal warnings more are one line
_ERRORS = 100  # of equal errors the last that is told has the number


class Told(NamedTuple):
    """A problem to print; it stands for `equal` problems in `files` files."""

    problem: Diagnostic
    equal: int = 1
    files: int = 1


def fold(problems: Iterable[Diagnostic]) -> Iterator[Told]:
    """The problems in their order; of many equal warnings only the first, of errors, each of which is to be mended, the first hundred.

    Equal are those of one code and one wording.
    """
    problems = list(problems)
    groups: dict[tuple[str, str], list[Diagnostic]] = {}
    kinds = [kind_of(problem) for problem in problems]
    for kind, problem in zip(kinds, problems, strict=True):
        groups.setdefault(kind, []).append(problem)
    told: Counter[tuple[str, str]] = Counter()
    for kind, problem in zip(kinds, problems, strict=True):
        group, is_error = groups[kind], problem.severity is Severity.ERROR
        told[kind] += 1
        if len(group) <= (_ERRORS if is_error else _MANY) or (is_error and told[kind] < _ERRORS):
            yield Told(problem)
        elif told[kind] == (_ERRORS if is_error else 1):
            yield Told(problem, len(group), len({item.path for item in group}))
