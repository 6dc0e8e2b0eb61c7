"""Operators, functions and filters of templates whose answer can be much larger than what they are asked of."""

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, TypeAlias

from jinja2 import pass_context, pass_eval_context
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, markup_join, str_join
from jinja2.tests import TESTS
from jinja2.utils import Namespace, _PassArg

from mathblog.core.patterns import lazy_pattern
from mathblog.theme.sandbox import nameless
from mathblog.theme.sandbox.budget import LONGEST, MOST_DIGITS, MOST_ITEMS, check_length, weigh, weigh_all

Function: TypeAlias = Callable[..., Any]

_CODE = lazy_pattern(r"%(?:\([^)]*\))?([^a-zA-Z%]*)")
_WIDEST = 10_000
# they would print an address in memory, or another thing at each build
_NOT_REPEATABLE = ("pprint", "random")
# they compare items, or make keys of them: what comes one after another is counted before
_ORDERING = ("sort", "unique", "groupby", "min", "max", "dictsort")
_COMPARING = {operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge, TESTS["in"]}
_COMPARISONS = frozenset(name for name, function in TESTS.items() if function in _COMPARING)


def multiply(left: Any, right: Any) -> Any:
    """`left * right`."""
    for value, times in ((left, right), (right, left)):
        if isinstance(value, str | list | tuple) and isinstance(times, int):
            check_length(len(value) * times, LONGEST if isinstance(value, str) else MOST_ITEMS)
    if isinstance(left, int) and isinstance(right, int):
        _check_digits(left.bit_length() + right.bit_length())
    return left * right


def power(left: Any, right: Any) -> Any:
    """`left ** right`."""
    if isinstance(left, int) and isinstance(right, int):
        _check_digits(left.bit_length() * abs(right))
    return left**right


def add(left: Any, right: Any) -> Any:
    """`left + right`."""
    if isinstance(left, str | list | tuple) and isinstance(right, str | list | tuple):
        check_length(len(left) + len(right), LONGEST if isinstance(left, str) else MOST_ITEMS)
    return left + right


def remainder(left: Any, right: Any) -> Any:
    """`left % right`; of a text: its `%s` filled in."""
    if isinstance(left, str):
        values = right if isinstance(right, tuple) else (right,)
        _check_pattern(left, [*right.values()] if isinstance(right, Mapping) else values)
    return left % right


OPERATORS: Mapping[str, Function] = {"*": multiply, "**": power, "+": add, "%": remainder}


def make_range(*limits: int) -> range:
    """`range`, of at most a million numbers."""
    numbers = range(*limits)
    if numbers and abs(numbers[-1] - numbers[0]) // abs(numbers.step) >= MOST_ITEMS:
        message = f"a `range` of more than {MOST_ITEMS:,} numbers"
        raise SecurityError(message)
    return numbers


GLOBALS: Mapping[str, Function] = {
    "range": nameless.Function("range", make_range),
    "dict": dict,
    "namespace": Namespace,
    "cycler": nameless.NamelessCycler,
    "joiner": nameless.NamelessJoiner,
}


@pass_eval_context
def concatenate(context: EvalContext, parts: Iterable[object]) -> str:
    """Join values to a text, as `~` does."""
    parts = tuple(parts)
    check_length(sum(len(part) for part in parts if isinstance(part, str)))
    return markup_join(parts) if context.autoescape else str_join(parts)


def _replace(value: Any, old: object = "", new: object = "", *_: object) -> None:
    text = str(value)
    check_length(len(text) + text.count(str(old)) * len(str(new)))


def _join(value: Any, between: object = "", *_: object) -> None:
    check_length((len(value) if hasattr(value, "__len__") else 0) * len(str(between)))


def _indent(value: Any, width: object = 4, *_: object, **__: object) -> None:
    _widths(value, width)
    check_length(str(value).count("\n") * (width if isinstance(width, int) else len(str(width))))


def _wordwrap(value: Any, width: int = 79, _breaks: object = None, between: object = None, *_: object) -> None:
    check_length(len(str(value)) // max(width, 1) * len(str(between or "")))


def _format(value: Any, *values: object, **named: object) -> None:
    _check_pattern(str(value), [*values, *named.values()])


def _widths(_value: Any, *arguments: object, **named: object) -> None:
    for number in (*arguments, *named.values()):
        if isinstance(number, int) and abs(number) > _WIDEST:
            message = f"{number:,} is too much for this filter"
            raise SecurityError(message)


# each raises a SecurityError where the filter of this name must not be called so
_CHECKS: Mapping[str, Function] = {
    "replace": _replace,
    "join": _join,
    "indent": _indent,
    "wordwrap": _wordwrap,
    "format": _format,
    **dict.fromkeys(("center", "batch", "slice", "round", "tojson", "truncate", "urlize"), _widths),
}


def _replace_in(text: str, old: str, new: str, *count: int) -> str:
    """`text.replace(old, new)`."""
    _replace(text, old, new)
    return text.replace(old, new, *count)


def _join_with(text: str, items: Iterable[str]) -> str:
    """`text.join(items)`."""
    items = list(items)
    _join(items, text)
    return text.join(items)


# methods of texts whose answer can be large
GROWING: Mapping[str, Function] = {"replace": _replace_in, "join": _join_with}


def limited_filters() -> dict[str, Function]:
    """Jinja's filters, but those that are not repeatable, each with its checks before and after."""
    return {name: _limit(name, function) for name, function in FILTERS.items() if name not in _NOT_REPEATABLE}


def limited_tests() -> dict[str, Any]:
    """Jinja's tests; those that compare cost as much as their values hold."""
    tests: Mapping[str, Any] = TESTS
    return {**tests, **{name: _limit(name, tests[name]) for name in _COMPARISONS}}


def _limit(name: str, function: Function) -> Function:
    check, kind = _CHECKS.get(name), _PassArg.from_obj(function)
    measure = weigh_all if name in _ORDERING or name in _COMPARISONS else weigh
    given: Function = {
        None: lambda _context: (),
        _PassArg.context: lambda context: (context,),
        _PassArg.eval_context: lambda context: (context.eval_ctx,),
        _PassArg.environment: lambda context: (context.environment,),
    }[kind]

    @wraps(function)
    def run(context: Context, value: Any, *arguments: Any, **named: Any) -> Any:
        if (name == "join" or name in _ORDERING) and not hasattr(value, "__len__"):
            value = list(value)
        context.environment.budget.charge(1 + measure(value) + sum(map(measure, arguments)))  # type: ignore[attr-defined]
        if check is not None:
            check(value, *arguments, **named)
        answer = function(*given(context), value, *arguments, **named)
        if isinstance(answer, str):
            check_length(len(answer))
        return nameless.Items(answer) if hasattr(answer, "__next__") else answer

    return pass_context(run)


def _check_digits(bits: int) -> None:
    if bits > MOST_DIGITS:
        message = f"a template makes a number of more than {MOST_DIGITS:,} binary digits"
        raise SecurityError(message)


def _check_pattern(pattern: str, values: Iterable[object]) -> None:
    codes = _CODE.findall(pattern)
    if any("*" in code or re.search(r"\d{4,}", code) for code in codes):
        message = "a `%` pattern with a width that is too large"
        raise SecurityError(message)
    longest = max((len(value) for value in values if isinstance(value, str)), default=0)
    check_length(len(pattern) + len(codes) * longest)
