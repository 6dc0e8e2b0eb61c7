"""Where and with what something was measured: a benchmark without these says nothing."""

import datetime
import os
import platform
import subprocess
import time
from importlib import metadata
from pathlib import Path

_LIBRARIES = ("markdown-it-py", "pygments", "jinja2", "quickjs-ng", "mini-racer")


def describe() -> str:
    """Lines of Markdown: the machine, its load, Python, the libraries, the commit, the day."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    versions = ", ".join(f"{name} {version}" for name in _LIBRARIES if (version := _version(name)))
    return "\n".join(
        (
            f"- machine: {_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}",
            f"- load {load}; a fixed loop in Python takes {calibrate() * 1000:.0f} ms",
            f"- Python {platform.python_version()}; {versions}",
            f"- commit {_commit()}, {datetime.datetime.now(datetime.UTC):%Y-%m-%d}",
        )
    )


def calibrate() -> float:
    """Seconds for a fixed piece of work, the least of three: says how fast the machine is, and how busy just now."""
    return min(_work() for _ in range(3))


def _work() -> float:
    begun = time.perf_counter()
    total = 0
    for number in range(1_000_000):
        total += number * number & 7
    return time.perf_counter() - begun


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    found = dict(line.partition(":")[::2] for line in lines)
    names = {key.strip(): value.strip() for key, value in found.items()}
    return f"{names.get('model name', platform.processor())} {names.get('cpu MHz', '?').partition('.')[0]} MHz"


def _commit() -> str:
    here = Path(__file__).parent
    try:
        commit = subprocess.run(
            ("git", "rev-parse", "--short", "HEAD"), cwd=here, capture_output=True, text=True, check=True
        )
        changed = subprocess.run(
            ("git", "status", "--porcelain", "../src"), cwd=here, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return commit.stdout.strip() + (" with changes in `src` that are not committed" if changed.stdout else "")
