"""Programs of the user's that a command starts: never one that lies in the folder that it works on."""

import os
import sys
from pathlib import Path

_ENDING = ".exe" if sys.platform == "win32" else ""


def find_program(name: str, folder: Path) -> str | None:
    """The path of a program by `PATH`, None where there is none.

    Folders of `PATH` that are relative, lie in `folder` or are the current one do not count; Windows would begin with the current
    one, whatever `PATH` says. What stands there may have come with somebody else's site.
    """
    foreign, here = folder.resolve(), Path.cwd().resolve()
    for entry in os.environ.get("PATH", os.defpath).split(os.pathsep):
        place = Path(entry)
        if not place.is_absolute() or place.resolve() == here or place.resolve().is_relative_to(foreign):
            continue
        program = place / f"{name}{_ENDING}"
        if program.is_file() and os.access(program, os.X_OK):
            return str(program)
    return None
