"""What a build loads before it has looked whether anything changed: its start is most of the time of such a build."""

import subprocess
import sys

from support.site import program_environment

# what fetches themes, runs scripts, deals out work, reads locks
SELDOM = ("ssl", "urllib.request", "tarfile", "tomllib", "concurrent.futures", "mathblog.engine.sources.gems.find")


def test_a_build_begins_without_what_most_builds_do_not_need() -> None:
    code = f"import mathblog.engine.builder, sys; print(*(name for name in {SELDOM} if name in sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", code], env=program_environment(), capture_output=True, text=True, check=True
    )
    assert not run.stdout.strip()
