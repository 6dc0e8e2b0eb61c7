"""`mathblog`, and `python -m mathblog`."""

import sys


def main() -> None:
    """Run the command line. One that is interrupted while it loads ends as quietly as later on."""
    try:
        from mathblog.cli.main import main as run
    except KeyboardInterrupt:
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
