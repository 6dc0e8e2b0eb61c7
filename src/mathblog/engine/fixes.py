"""Fixes written into files of the source folder: each file is replaced as a whole, or stays as it is."""

import os
import stat
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path

from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.engine.folders.root import Folder
from mathblog.engine.problem import ENVIRONMENT, BuildStopped
from mathblog.pipeline.doctor.subject import Fix

_LINE = lazy_pattern(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a file before and after a fix."""

    path: str
    line: int
    before: str
    after: str


def plan(source: Path, fixes: Iterable[Fix]) -> tuple[Change, ...]:
    """Return the changes that the fixes would make, line by line, in order."""
    files = _by_file(source, fixes)
    return tuple(change for target, own in files.items() for change in rewrite(target, own)[1])


def apply(source: Path, fixes: Iterable[Fix]) -> tuple[Change, ...]:
    """Write the fixes into their files: each file is replaced as a whole, or stays as it is.

    Raises:
        BuildStopped: 3 where a file cannot be written, or was changed meanwhile.

    """
    changes: list[Change] = []
    root = source.resolve()
    for target, own in _by_file(source, fixes).items():
        if not target.is_relative_to(root):
            message = f"`{own[0].path}` leads out of the source folder"
            raise BuildStopped(message, code=ENVIRONMENT, hint="run it again when the file is left alone")
        try:
            text, done = rewrite(target, own)
            with Folder(root, name=source) as folder:
                mode = stat.S_IMODE(target.stat().st_mode)
                folder.replace(target.relative_to(root).as_posix(), text.encode(), mode)
        except OSError as error:
            message = f"cannot write `{own[0].path}`: {(error.strerror or str(error)).lower()}"
            raise BuildStopped(message, code=ENVIRONMENT) from error
        changes += done
    return tuple(changes)


def _by_file(source: Path, fixes: Iterable[Fix]) -> dict[Path, list[Fix]]:
    """The fixes of each file in order: where links lead to it, the file itself, and once."""
    files: dict[Path, list[Fix]] = {}
    for fix in sorted(fixes):
        own = files.setdefault(Path(os.path.realpath(source / fix.path)), [])
        if not own or own[0].path == fix.path:
            own.append(fix)
    return files


def rewrite(target: Path, fixes: list[Fix]) -> tuple[str, list[Change]]:
    """The text of a file with its fixes, line ends and byte order mark as they were, and the lines that change.

    Offsets of fixes count each line end as one character, as `SourceText` does.
    """
    lines = _LINE.findall(target.read_bytes().decode("utf-8", "replace")) or [""]
    before = list(lines)
    lengths = (len(line.removeprefix("\ufeff").rstrip("\r\n")) + 1 for line in lines[:-1])
    starts = list(accumulate(lengths, initial=0))
    for fix in reversed(fixes):
        number = bisect_right(starts, fix.span.start) - 1
        at = fix.span.start - starts[number] + lines[0].startswith("\ufeff") * (number == 0)
        line = lines[number]
        if not line.startswith(fix.old, at):
            message = f"`{fix.path}` changed while it was looked at"
            raise BuildStopped(message, code=ENVIRONMENT, hint="run it again when the file is left alone")
        lines[number] = line[:at] + fix.text + line[at + len(fix.old) :]
    changed = [number for number, line in enumerate(lines) if line != before[number]]
    return "".join(lines), [
        Change(fixes[0].path, number + 1, before[number].rstrip("\r\n"), lines[number].rstrip("\r\n"))
        for number in changed
    ]
