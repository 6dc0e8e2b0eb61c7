"""The digest of the programs: every stored result depends on them besides its inputs."""

import os
import sys
from contextlib import suppress
from pathlib import Path

import mathblog
from mathblog.core.digest import fingerprint

_LIBRARIES = ("emoji", "imagesize", "jinja2", "markdown_it_py", "mdit_py_plugins", "pygments", "pyyaml")
_OPTIONAL = ("pillow",)
_OWN = "mathblog"
_SUFFIX = ".dist-info"


def toolchain() -> str:
    """A digest of mathblog's own files and of the versions of the libraries that shape a page.

    An installed mathblog is known by its `RECORD`, which lists a digest of each of its files; one that runs from its
    repository by its files' stamps.
    """
    installed = _installed()
    versions: list[str] = []
    for name in _LIBRARIES:
        if name in installed:
            versions.append(installed[name].name)
        else:  # in another form
            from importlib import metadata

            versions.append(metadata.version(name.replace("_", "-")))
    versions += [installed[name].name for name in _OPTIONAL if name in installed]
    record = ""
    if _OWN in installed:
        with suppress(OSError):
            record = (installed[_OWN] / "RECORD").read_text(encoding="utf-8")
    if "mathblog/core/digest.py," in record:
        return fingerprint(record, versions)
    stamps: list[str] = []  # a line for each of our files: in strings, as every build asks for those of hundreds
    for folder, _, files in os.walk(Path(mathblog.__file__).parent):
        for name in files:
            if name.endswith((".py", ".js", ".css")):
                stat = os.stat(f"{folder}/{name}")  # noqa: PTH116
                stamps.append(f"{folder}/{name} {stat.st_size} {stat.st_mtime_ns}")
    return fingerprint("\n".join(sorted(stamps)), versions)


def _installed() -> dict[str, Path]:
    """The folders that describe the installed packages, by normalised name: `importlib.metadata` takes 16 ms to import."""
    found: dict[str, Path] = {}
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208 - strings: there are hundreds
        except OSError:
            continue
        for name in names:
            if name.endswith(_SUFFIX):
                key = name.partition("-")[0].lower().replace(".", "_")
                found.setdefault(key, Path(folder, name))
    return found
