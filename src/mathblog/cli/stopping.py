"""The end of a command that was stopped: one message, and an exit code."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from mathblog.cli.console import Console, ReaderGoneError, UnwritableError


@contextmanager
def exit_on_stop(console: Console, ctx: click.Context, *, trace: bool) -> Iterator[None]:
    """End the command when what it does is stopped: by its author's files, or by a fault of ours (`trace` shows that one whole)."""
    from mathblog.engine.problem import ENVIRONMENT, BuildStopped

    try:
        yield
    except BuildStopped as stop:
        console.stopped(stop)
        ctx.exit(stop.code)
    except (click.exceptions.Exit, click.Abort, click.ClickException):  # the command's own ends
        raise
    except (ReaderGoneError, UnwritableError):
        raise
    except MemoryError:
        hint = "raise the limit (`ulimit -v`, that of the container), or build with `-j1`"
        console.stopped(BuildStopped("the memory is used up", code=ENVIRONMENT, hint=hint))
        ctx.exit(ENVIRONMENT)
    except Exception as fault:
        if trace:
            raise
        ctx.exit(console.fault(fault))
