"""Pandoc, which reads LaTeX."""

import subprocess
import tempfile
from pathlib import Path

from mathblog.engine.problem import ENVIRONMENT, BuildStopped
from mathblog.engine.programs.finding import find_program
from mathblog.engine.programs.running import run_bounded

_SECONDS = 120  # that it may take


def read_latex(text: str, path: str, writer: str, root: Path) -> tuple[str, str]:
    """Markdown of the kind `writer` for a text in LaTeX, and the log, as JSON. Pandoc reads no file; one in the folder `root` is not run.

    Raises:
        BuildStopped: 3 where pandoc is missing or fails; the message names `path`.

    """
    program = find_program("pandoc", root)
    if program is None:
        message = "`pandoc` is not installed, which reads LaTeX"
        raise BuildStopped(message, code=ENVIRONMENT, hint="see https://pandoc.org/installing.html")
    flags = ["--from=latex", f"--to={writer}", "--standalone", "--wrap=none", "--markdown-headings=atx", "--sandbox"]
    with tempfile.TemporaryDirectory(prefix="mathblog-") as folder:
        log = Path(folder, "log")
        environment = {"HOME": folder, "LC_ALL": "C.UTF-8"}
        try:
            done = run_bounded([program, *flags, f"--log={log}"], folder, environment, text, seconds=_SECONDS)
        except subprocess.TimeoutExpired as error:
            message = f"pandoc takes longer than {_SECONDS} s for `{path}`"
            hint = "take parts out of the paper, to see which one it is"
            raise BuildStopped(message, code=ENVIRONMENT, hint=hint) from error
        logged = log.read_text(encoding="utf-8") if log.is_file() else ""
    if done.code:
        lines = done.said.strip().split("\n")
        message = f"pandoc cannot read `{path}`: {' '.join(lines[:2])}"
        raise BuildStopped(message, code=ENVIRONMENT, hint="correct the paper, or leave that part out")
    return done.printed, logged
