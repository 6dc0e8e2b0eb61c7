"""Filters on numbers (Liquid's `standardfilters.rb`), which count in decimals where one of them has a point."""

import math
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext
from typing import TypeAlias

from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.errors import FilterArgumentError
from mathblog.liquid.expressions.numbers import leading_integer
from mathblog.liquid.expressions.values import Nothing

Number: TypeAlias = int | Decimal
_DECIMAL = lazy_pattern(r"-?\d+\.\d+", re.ASCII)
_MOST_BITS = 10_000
_DIGITS = 40  # more than a float has


def to_number(value: object) -> Number:
    """The number that a value stands for: 0 for what is none (Liquid's `Utils.to_number`)."""
    if isinstance(value, bool) or value is None or isinstance(value, Nothing):
        return 0
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, str):
        text = value.strip()
        return Decimal(text) if _DECIMAL.fullmatch(text) else leading_integer(value)
    return 0


def plus(value: object, other: object) -> object:
    """A sum."""
    return _counted(lambda one, two: one + two, value, other)


def minus(value: object, other: object) -> object:
    """A difference."""
    return _counted(lambda one, two: one - two, value, other)


def times(value: object, factor: object) -> object:
    """A product; one with thousands of digits is refused, since a loop of such products never ends."""
    return _counted(lambda one, two: one * two, value, factor)


def divided_by(value: object, divisor: object) -> object:
    """A quotient: whole, rounded down, when both are whole."""
    one, two = to_number(value), to_number(divisor)
    if isinstance(one, int) and isinstance(two, int):
        return one // _divisor(two)
    with localcontext() as context:
        context.prec = _DIGITS
        try:
            return float(Decimal(one) / Decimal(two))
        except (DivisionByZero, InvalidOperation):
            return math.nan if not one else math.copysign(math.inf, one)


def modulo(value: object, divisor: object) -> object:
    """Return the remainder of a division, with the divisor's sign."""
    one, two = to_number(value), to_number(divisor)
    if isinstance(one, int) and isinstance(two, int):
        return one % _divisor(two)
    rest = math.fmod(float(one), float(_divisor(two)))
    exact = Decimal(one) % Decimal(two)
    return float(exact + two) if rest and (rest < 0) != (two < 0) else float(exact)


def _divisor(number: Number) -> Number:
    if not number:
        message = "divided by 0"
        raise FilterArgumentError(message)
    return number


def _counted(operation: Callable[[Decimal, Decimal], Decimal], value: object, other: object) -> object:
    one, two = to_number(value), to_number(other)
    if isinstance(one, int) and isinstance(two, int):
        result = operation(one, two)  # type: ignore[arg-type] # the operations are those of all numbers
        if isinstance(result, int) and result.bit_length() > _MOST_BITS:
            message = "the number has more than 3,000 digits"
            raise FilterArgumentError(message)
        return result
    with localcontext() as context:
        context.prec = _DIGITS
        try:
            return float(operation(Decimal(one), Decimal(two)))
        except (Overflow, InvalidOperation):
            return math.nan


def absolute(value: object) -> object:
    """Without its sign."""
    number = to_number(value)
    return abs(number) if isinstance(number, int) else float(number.copy_abs())


def ceil(value: object) -> int:
    """The next whole number above."""
    return math.ceil(_finite(to_number(value)))


def floor(value: object) -> int:
    """The next whole number below."""
    return math.floor(_finite(to_number(value)))


def at_least(value: object, least: object) -> object:
    """The larger of two numbers."""
    return _plain(max(to_number(value), to_number(least)))


def at_most(value: object, most: object) -> object:
    """The smaller of two numbers."""
    return _plain(min(to_number(value), to_number(most)))


def round_number(value: object, digits: object = 0) -> object:
    """A number rounded to so many digits after the point, halves away from zero."""
    number, places = to_number(value), int(to_number(digits))
    if isinstance(number, int) and places >= 0:
        return number
    unit = Decimal(1).scaleb(-max(-_DIGITS, min(places, _DIGITS)))
    with localcontext() as context:
        context.prec = 400  # a float has 309 digits before its point
        rounded = (_finite(number) / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit
    return float(rounded) if places > 0 else int(rounded)


def _finite(number: Number) -> Decimal:
    decimal = Decimal(number)
    if not decimal.is_finite():
        message = "the number is infinite"
        raise FilterArgumentError(message)
    return decimal


def _plain(number: Number) -> object:
    return number if isinstance(number, int) else float(number)
