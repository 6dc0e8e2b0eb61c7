"""How the time of a function grows with its input: process time, at sizes that double.

A ratio of 2 is linear, one of 4 quadratic. Only inputs that take long enough are compared, so that caches, tables that
are made once, and the rest of the machine do not count.
"""

import gc
import time
from collections.abc import Callable
from typing import NamedTuple, TypeVar

Input = TypeVar("Input")
_SMALLEST = 16
_ENOUGH = 0.025  # seconds at which a comparison begins
_STEEP = 9  # of four times the input: 4 is linear, 16 quadratic
_ATTEMPTS = 3  # the least of so many ratios counts: noise makes each of them larger or smaller


class Growth(NamedTuple):
    """Seconds for `size`, and for twice and four times as much; none where the largest size took no time to speak of."""

    size: int
    seconds: tuple[float, ...]

    @property
    def is_steep(self) -> bool:
        """Whether the time grows clearly faster than the input."""
        return bool(self.seconds) and self.seconds[-1] > _STEEP * self.seconds[0]

    def __str__(self) -> str:
        """Sizes with their times."""
        steps = (f"{self.size << step:,}: {seconds:.3f} s" for step, seconds in enumerate(self.seconds))
        return ", ".join(steps) or f"{self.size:,}: no time"


def measure(make: Callable[[int], Input], run: Callable[[Input], object], largest: int) -> Growth:
    """Return how the time of `run(make(size))` grows, for sizes of at most `largest`.

    Raises:
        TimeoutError: when one call takes twenty times as long as it may.

    """
    gc.freeze()  # what earlier tests left is not searched again before each call
    try:
        return _measure(make, run, largest)
    finally:
        gc.unfreeze()


def _measure(make: Callable[[int], Input], run: Callable[[Input], object], largest: int) -> Growth:
    run(make(_SMALLEST))
    size = _SMALLEST
    while (seconds := _seconds(make, run, size)) < _ENOUGH and size < largest:
        size *= 2
    if size >= largest:
        return Growth(size, ())
    growth = _growth(make, run, size, seconds)
    for _ in range(_ATTEMPTS - 1):
        if not growth.is_steep:
            break
        again = _growth(make, run, size, _seconds(make, run, size))
        growth = min(growth, again, key=lambda it: it.seconds[-1] / it.seconds[0])
    return growth


def _growth(make: Callable[[int], Input], run: Callable[[Input], object], size: int, first: float) -> Growth:
    return Growth(size, (first, _seconds(make, run, 2 * size), _seconds(make, run, 4 * size)))


def _seconds(make: Callable[[int], Input], run: Callable[[Input], object], size: int) -> float:
    value = make(size)
    gc.collect()
    gc.disable()
    begun = time.process_time()
    try:
        run(value)
    finally:
        gc.enable()
    return time.process_time() - begun
