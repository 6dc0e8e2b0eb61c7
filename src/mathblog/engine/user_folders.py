"""The folders that a system keeps for a user's settings and for caches (XDG's base directories; those of macOS and Windows)."""

import os
import sys
from pathlib import Path


def user_settings_folder() -> Path:
    """Return the folder for mathblog's settings.

    Raises:
        RuntimeError: where the user has no home.

    """
    return _folder("XDG_CONFIG_HOME", ".config", mac="Application Support", windows=("APPDATA", "Roaming"))


def user_cache_folder() -> Path:
    """Return the folder for mathblog's caches.

    Raises:
        RuntimeError: where the user has no home.

    """
    return _folder("XDG_CACHE_HOME", ".cache", mac="Caches", windows=("LOCALAPPDATA", "Local"))


def _folder(variable: str, default: str, *, mac: str, windows: tuple[str, str]) -> Path:
    if sys.platform == "win32":
        base = Path(os.environ.get(windows[0]) or Path.home() / "AppData" / windows[1])
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / mac
    else:
        base = Path(os.environ.get(variable) or "")
        base = base if base.is_absolute() else Path.home() / default
    return base / "mathblog"
