"""Brackets that pair."""

from collections.abc import Iterable


def are_paired(brackets: Iterable[str]) -> bool:
    """Whether each closing bracket has one that was opened before it, and none stays open. Their kinds are not compared."""
    depth = 0
    for bracket in brackets:
        depth += 1 if bracket in "([{" else -1
        if depth < 0:
            return False
    return depth == 0
