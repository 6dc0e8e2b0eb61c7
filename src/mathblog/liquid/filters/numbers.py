"""Filters on numbers, where Python's library differs from Ruby's Liquid."""

import math

from liquid.builtin.filters.math import times as library_times
from liquid.exceptions import FilterArgumentError
from liquid.filter import num_arg

from mathblog.liquid.text import to_text

_MOST_BITS = 10_000


def times(value: object, factor: object) -> object:
    """A product; one with thousands of digits is refused, since a loop of such products never ends."""
    product = library_times(value, factor)
    if isinstance(product, int) and product.bit_length() > _MOST_BITS:
        message = "the number has more than 3,000 digits"
        raise FilterArgumentError(message, token=None)
    return product


def round_number(value: object, digits: object = 0) -> object:
    """A number rounded, halves away from zero."""
    number = num_arg(value, default=0)
    places = int(num_arg(to_text(digits) or 0, default=0))
    if isinstance(number, int) or math.isinf(number) or math.isnan(number):
        return number
    scale = 10.0 ** max(0, min(places, 15))
    rounded = math.copysign(math.floor(abs(number) * scale + 0.5) / scale, number)
    return rounded if places > 0 else int(rounded)
