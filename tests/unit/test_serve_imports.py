"""What a preview needs is not loaded by those who do not preview: it would double the start of a build."""

import subprocess
import sys

from support.site import program_environment

PREVIEW_ONLY = ("anyio", "asyncio", "starlette", "uvicorn", "watchfiles", "mathblog.serve.session")


def test_a_build_loads_no_web_server() -> None:
    program = (
        "import sys, mathblog.cli.main, mathblog.cli.build, mathblog.engine.builder;"
        f"print(*(name for name in {PREVIEW_ONLY} if name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=program_environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
