"""Whether the plugins of a site may run: the user says so, never the site (ADR 49)."""

import contextlib
import json
import os
from pathlib import Path

from mathblog.engine.folders.root import Folder
from mathblog.engine.user_folders import user_settings_folder

VARIABLE = "MATHBLOG_PLUGINS"
_ALLOW = "allow"
_FILE = "plugins.json"


def may_run(source: Path, digest: str, *, asked: bool) -> bool:
    """Whether code of a site's may run whose files have this digest.

    The environment may allow it for all sites. The command line (`asked`) allows it for this folder and these files, which is
    remembered with the user's settings. A folder of settings inside the site's own is not the user's.
    """
    if os.environ.get(VARIABLE) == _ALLOW:
        return True
    try:
        folder = source.resolve()
        file = user_settings_folder() / _FILE
        if file.resolve().is_relative_to(folder):
            return asked
        known = _read(file)
        if asked and known.get(str(folder)) != digest:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            content = json.dumps({**known, str(folder): digest}, indent=1, sort_keys=True).encode()
            with Folder(Path(os.path.realpath(file.parent)), name=file.parent) as settings:
                settings.replace(_FILE, content, 0o600)
    except (OSError, RuntimeError):  # no place to remember it: it counts for this build
        return asked
    return asked or known.get(str(folder)) == digest


def _read(file: Path) -> dict[str, str]:
    """The digests by folder; none where the file is not there or is no such list."""
    with contextlib.suppress(FileNotFoundError, ValueError):
        known = json.loads(file.read_text(encoding="utf-8"))
        if isinstance(known, dict):
            return {str(key): str(value) for key, value in known.items()}
    return {}
