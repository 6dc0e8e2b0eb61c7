"""Versions of gems, and what a requirement such as `~> 2.5` allows (RubyGems' `version.rb`, `requirement.rb`)."""

import re
from collections.abc import Iterable, Sequence
from functools import cmp_to_key
from itertools import zip_longest

from mathblog.core.patterns import lazy_pattern

_SEGMENT = lazy_pattern(r"[0-9]+|[a-z]+", re.IGNORECASE)
_VERSION = lazy_pattern(r"[0-9]+(?:\.[0-9a-zA-Z]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?", re.ASCII)
_REQUIREMENT = lazy_pattern(r"\s*(=|!=|>=|<=|>|<|~>)?\s*(\S+)\s*")
_LONGEST = 100  # characters of a version: none is longer, and a number of a million digits takes its time


def is_version(text: str) -> bool:
    """Whether a text is a version; one that names a platform (`1.0-java`) is, too."""
    return len(text) <= _LONGEST and _VERSION.fullmatch(text) is not None


def is_prerelease(version: str) -> bool:
    """Whether a version has a letter in it: such a one is taken only where it is asked for."""
    return any(isinstance(segment, str) for segment in _segments(version))


def compare(one: str, other: str) -> int:
    """Below 0 where the first version is the older one, 0 where they are equal: `2.5` and `2.5.0` are."""
    for left, right in zip_longest(_segments(one), _segments(other), fillvalue=0):
        if left == right:
            continue
        if isinstance(left, str) != isinstance(right, str):
            return -1 if isinstance(left, str) else 1
        return -1 if left < right else 1  # type: ignore[operator]  # two numbers, or two words
    return 0


def newest(versions: Iterable[str], requirements: Sequence[str]) -> str:
    """The newest of the versions that all requirements allow, '' where none is allowed."""
    early = any(is_prerelease(found[2]) for text in requirements if (found := _REQUIREMENT.fullmatch(text)))
    allowed = (
        version
        for version in versions
        if is_version(version)
        and (early or not is_prerelease(version))
        and all(satisfies(version, requirement) for requirement in requirements)
    )
    return max(allowed, key=cmp_to_key(compare), default="")


def satisfies(version: str, requirement: str) -> bool:
    """Whether a version is one that a requirement allows; one that cannot be read allows none."""
    found = _REQUIREMENT.fullmatch(requirement)
    if not found or not is_version(found[2]):
        return False
    operator, wanted = found[1] or "=", found[2]
    if operator == "~>":
        numbers = [
            int(part) for part in _release(wanted).split(".") if part
        ]  # it ends at `3` for `2.5`, `2.6` for `2.5.1`
        numbers = numbers[:-1] if len(numbers) > 1 else numbers
        numbers[-1] += 1
        return compare(version, wanted) >= 0 and compare(_release(version), ".".join(map(str, numbers))) < 0
    order = compare(version, wanted)
    answers = {"=": order == 0, "!=": order != 0, ">": order > 0, "<": order < 0, ">=": order >= 0, "<=": order <= 0}
    return answers[operator]


def _segments(version: str) -> list[int | str]:
    parts = _SEGMENT.findall(version.replace("-", ".pre."))
    return [int(part) if part.isdigit() else part for part in parts]


def _release(version: str) -> str:
    """The version without what makes it a prerelease."""
    numbers = []
    for segment in _segments(version):
        if isinstance(segment, str):
            break
        numbers.append(str(segment))
    return ".".join(numbers)
