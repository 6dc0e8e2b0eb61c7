"""The garbage collector of a process that builds."""

import gc

_THRESHOLDS = (1_000_000, 50, 100)


def collect_less() -> None:
    """Look for circles of values less often: a build makes many values and few circles. It saves a fifteenth of its time."""
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
