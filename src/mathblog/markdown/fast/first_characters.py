"""The characters that a match of a regular expression may begin with, read off the expression as `re` parses it."""

import re
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

# where `re` keeps its parser and compiler since Python 3.11: they are not documented, so what is not known here is not judged
_constants, _parser, _compiler = (import_module(f"re.{name}") for name in ("_constants", "_parser", "_compiler"))
_CHARACTERS = {_constants.LITERAL, _constants.NOT_LITERAL, _constants.IN, _constants.ANY}
_REPEATS = {_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT}
_WIDTHLESS = {_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT}


def first_characters(pattern: re.Pattern[str]) -> Callable[[str], object] | None:
    r"""A test of one character: without it no match of `pattern` begins there. None when a match may begin with anything.

    The test may hold for too many characters (`(?!a)\w` for `a`, too), never for too few. A match that may be empty, and
    what this function does not know, is None.
    """
    try:
        sets: dict[str, Any] = {}
        if _collect(_parser.parse(pattern.pattern, pattern.flags), sets):
            return None
    except _NotKnown:
        return None
    state = _parser.State()
    state.flags, state.str = pattern.flags, pattern.pattern
    one_of = [_parser.SubPattern(state, [node]) for node in sets.values()]
    alternatives = _parser.SubPattern(state, [(_constants.BRANCH, (None, one_of))])
    test: re.Pattern[str] = _compiler.compile(alternatives, pattern.flags)
    return test.match


class _NotKnown(Exception):  # noqa: N818 - an answer
    """A part of an expression that is not judged."""


def _collect(nodes: Iterable[Any], sets: dict[str, Any]) -> bool:
    """Add the sets of characters that nodes in a row may begin with; whether all of them may match nothing at all."""
    for operator, operand in nodes:
        if operator in _WIDTHLESS:
            continue
        if operator in _CHARACTERS:
            sets[repr((operator, operand))] = operator, operand
            return False
        if operator is _constants.SUBPATTERN:
            _, flags_added, flags_removed, inner = operand
            if flags_added or flags_removed:
                raise _NotKnown
            nullable = _collect(inner, sets)
        elif operator is _constants.BRANCH:
            branches = [_collect(branch, sets) for branch in operand[1]]  # all of them: each adds its characters
            nullable = any(branches)
        elif operator in _REPEATS:
            least, _, repeated = operand
            nullable = _collect(repeated, sets) or least == 0
        elif operator is _constants.ATOMIC_GROUP:
            nullable = _collect(operand, sets)
        else:
            raise _NotKnown
        if not nullable:
            return False
    return True
