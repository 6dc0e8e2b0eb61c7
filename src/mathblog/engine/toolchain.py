"""What every stored result depends on besides its inputs: the programs that made it."""

from importlib import metadata
from pathlib import Path

import mathblog
from mathblog.core.digest import fingerprint

_LIBRARIES = ("jinja2", "markdown-it-py", "mdit-py-plugins", "pygments", "python-liquid", "pyyaml")


def toolchain() -> str:
    """A digest of mathblog's own files and of the versions of the libraries that shape a page.

    An installed mathblog is known by its `RECORD`, which lists a digest of each of its files; one that runs from its
    repository by its files' stamps.
    """
    versions = [metadata.version(name) for name in _LIBRARIES]
    return fingerprint(_record() or _stamps(), versions)


def _record() -> str:
    try:
        record = metadata.distribution("mathblog").read_text("RECORD") or ""
    except metadata.PackageNotFoundError:
        return ""
    return record if "mathblog/core/digest.py," in record else ""


def _stamps() -> list[tuple[str, int, int]]:
    root = Path(mathblog.__file__).parent
    files = sorted(path for path in root.rglob("*") if path.suffix in (".py", ".js", ".css"))
    return [(str(path.relative_to(root)), (stat := path.stat()).st_size, stat.st_mtime_ns) for path in files]
