"""`default`: another value for one that says nothing."""

from collections.abc import Mapping

from mathblog.liquid.expressions.compare import is_true


def default(value: object, other: object = "", *, allow_false: object = False, **_: object) -> object:
    """`other` for `nil`, `false` and what is empty; `allow_false: true` keeps `false`."""
    missing = value is None if is_true(allow_false) else not is_true(value)
    empty = isinstance(value, str | list | tuple | Mapping) and not value
    return other if missing or empty else value
