"""Ruby's `==`, `<` and `include?` on the values that templates have."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from numbers import Real

from mathblog.liquid.drops.clock import SiteTime
from mathblog.liquid.drops.drop import Drop
from mathblog.liquid.errors import FilterArgumentError
from mathblog.liquid.expressions.values import Nothing
from mathblog.liquid.text import to_s, too_many
from mathblog.model.limits import LEAST


def is_true(value: object) -> bool:
    """All but `nil` and `false` is true, also 0 and an empty text."""
    return value is not None and value is not False


def equals(left: object, right: object) -> bool:
    """Ruby's `==`: 1 equals 1.0, but neither `true` nor "1". Only texts and lists can be `empty`, nothing is `blank`."""
    if isinstance(left, Nothing):
        return _is_nothing(right, left)
    if isinstance(right, Nothing):
        return _is_nothing(left, right)
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, list | tuple | dict):
        return left is right or _hold_the_same(left, right)
    return left == right


def _hold_the_same(left: object, right: object) -> bool:
    """Item by item: a list may stand in others again and again, more often than there is time to look at."""
    waiting, count = [_pairs(left, right)], 0
    while waiting:
        pair = next(waiting[-1], None)
        if pair is None:
            waiting.pop()
            continue
        count += 1
        if count > LEAST.items:
            raise too_many(LEAST)
        one, other = pair
        if one is not other and isinstance(one, list | tuple | dict):
            waiting.append(_pairs(one, other))
        elif not equals(one, other):
            return False
    return True


def _pairs(left: object, right: object) -> Iterator[tuple[object, object]]:
    """What has to be equal for two lists or two mappings to be: a pair that is not, where they differ as a whole."""
    if isinstance(left, list | tuple) and isinstance(right, list | tuple) and len(left) == len(right):
        return zip(left, right, strict=True)
    if isinstance(left, dict) and isinstance(right, dict) and left.keys() == right.keys():
        return ((value, right[key]) for key, value in left.items())
    return iter([(True, False)])


def _is_nothing(value: object, what: Nothing) -> bool:
    return what.word == "empty" and isinstance(value, str | list | tuple | Mapping) and not value


def is_blank(value: object) -> bool:
    """Whether a value is what Rails calls blank: `nil`, `false`, white space, an empty list or mapping."""
    if isinstance(value, str):
        return not value.strip()
    return not is_true(value) or (isinstance(value, list | tuple | Mapping) and not value)


def _ordered(test: Callable[[int], bool]) -> Callable[[object, object], bool]:
    def holds(left: object, right: object) -> bool:
        order = compare(left, right)
        return order is not None and test(order)

    return holds


def compare(left: object, right: object) -> int | None:
    """-1, 0 or 1; None where one of them cannot be ordered at all (`nil`, a list, `true`).

    Raises:
        FilterArgumentError: when each has an order, but not with the other.

    """
    if type(left) is int and type(right) is int:
        return (left > right) - (left < right)
    left, right = (value.moment() if isinstance(value, SiteTime) else value for value in (left, right))
    kinds = _kind(left), _kind(right)
    if None in kinds:
        return None
    if kinds[0] is not kinds[1]:
        message = f"`{to_s(left)}` cannot be compared with `{to_s(right)}`: one is a {kinds[0]}, the other a {kinds[1]}"
        raise FilterArgumentError(message)
    if (
        isinstance(left, datetime.datetime)
        and isinstance(right, datetime.datetime)
        and (not left.tzinfo or not right.tzinfo)
    ):
        left, right = (moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC) for moment in (left, right))
    return int(left > right) - int(left < right)  # type: ignore[operator] # both are of one kind


def _kind(value: object) -> str | None:
    if isinstance(value, str):
        return "text"
    if isinstance(value, Real):
        return None if isinstance(value, bool) else "number"
    if isinstance(value, datetime.datetime):
        return "time"
    return "date" if isinstance(value, datetime.date) else None


def contains(left: object, right: object) -> bool:
    """Whether a text has a part, a list an item, a mapping a key."""
    if not (is_true(left) and is_true(right)):
        return False
    if isinstance(left, str):
        return to_s(right) in left
    if isinstance(left, Mapping):
        return right in left and not isinstance(left, Drop)
    if isinstance(left, range):
        return type(right) is int and right in left
    return isinstance(left, list | tuple) and any(equals(item, right) for item in left)


OPERATORS: dict[str, Callable[[object, object], bool]] = {
    "==": equals,
    "!=": lambda left, right: not equals(left, right),
    "<>": lambda left, right: not equals(left, right),
    "<": _ordered(lambda order: order < 0),
    ">": _ordered(lambda order: order > 0),
    "<=": _ordered(lambda order: order <= 0),
    ">=": _ordered(lambda order: order >= 0),
    "contains": contains,
}
