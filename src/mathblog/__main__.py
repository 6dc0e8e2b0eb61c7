"""`mathblog`, and `python -m mathblog`, for which Python looks for every module in the working folder first."""

import os
import sys


def main() -> None:
    """Run the command line. One that is interrupted while it loads ends as quietly as later on."""
    try:
        from mathblog.cli.main import main as run
    except KeyboardInterrupt:
        sys.exit(130)
    run()


def _leave_out_working_folder() -> None:
    """Find no module in the working folder, which may be a stranger's site, unless mathblog itself lies there."""
    try:
        here = os.path.realpath(os.curdir)
    except OSError:  # it was removed: no module is found there
        return
    if os.path.dirname(os.path.dirname(os.path.realpath(__file__))) != here:  # noqa: PTH120 - no import before it is safe
        sys.path[:] = [place for place in sys.path if os.path.realpath(place) != here]


if __name__ == "__main__":
    _leave_out_working_folder()
    main()
