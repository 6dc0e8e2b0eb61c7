"""Plugins that the user installed beside mathblog: packages with an entry point in the group `mathblog.plugins`."""

import sys
from collections.abc import Mapping
from functools import lru_cache
from importlib import metadata, util
from pathlib import Path

from mathblog.core.digest import fingerprint
from mathblog.extend.declarations import Reference
from mathblog.extend.plugins import PluginSource

GROUP = "mathblog.plugins"


def installed_plugins() -> Mapping[str, Reference]:
    """Their names, and where the `setup` of each is."""
    return {name: entry.value for name, entry in _entries(tuple(sys.path)).items()}


def installed_source(name: str, told_at: str) -> PluginSource:
    """One of them; its digest is of the version of its package and of its files in Python. `told_at` is where it is reported."""
    entry = _entries(tuple(sys.path))[name]
    package = entry.dist
    about = (package.name, package.version) if package else ("", "")
    try:
        module = util.find_spec(entry.module.partition(".")[0])
    except (ImportError, ValueError):
        module = None
    code = ""
    if module is not None:
        folders = module.submodule_search_locations
        files = [path for folder in folders for path in sorted(Path(folder).rglob("*.py"))] if folders else []
        files = files or ([Path(module.origin)] if module.origin else [])
        code = fingerprint([(path.name, path.read_bytes()) for path in files if path.is_file()])
    return PluginSource(told_at, b"", fingerprint(name, entry.value, about, code), entry.value)


@lru_cache(maxsize=1)
def _entries(_path: tuple[str, ...]) -> Mapping[str, metadata.EntryPoint]:
    return {entry.name: entry for entry in metadata.entry_points(group=GROUP)}
