"""`mathblog build --verify`: whether the site that was built with the cache is the one that a clean build makes."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from filecmp import cmp
from pathlib import Path

from mathblog.core.diagnostic import Diagnostic, in_file
from mathblog.core.stops import Stop
from mathblog.engine.builder import build
from mathblog.engine.folders.manifest import read_manifest
from mathblog.engine.folders.root import Folder
from mathblog.engine.request import BuildRequest, BuildResult

_HINT = "this is a bug in mathblog; `mathblog clean` helps for now, and the report of this page helps us"


def verify(request: BuildRequest, built: BuildResult) -> BuildResult:
    """Build again into a temporary folder, without the cache, and compare with what was `built`.

    Answers `built` with an error more for each file, and for the report of problems, that is another one.

    Raises:
        BuildStopped: as `build` does.

    """
    if built.config_failed:
        return built
    with tempfile.TemporaryDirectory(prefix="mathblog-") as folder:
        clean = build(replace(request, into=Path(folder), use_cache=False, force=False))
        differences = tuple(_compare(built, clean))
    return replace(built, diagnostics=(*built.diagnostics, *differences))


def _compare(built: BuildResult, clean: BuildResult) -> Iterator[Diagnostic]:
    for missed in [item for item in clean.diagnostics if item not in built.diagnostics]:
        yield _error(missed.path, f"a clean build reports: {missed.message}")
    for old in [item for item in built.diagnostics if item not in clean.diagnostics]:
        yield _error(old.path, f"a clean build does not report: {old.message}")
    if built.published is None or clean.published is None:
        return
    sources = {output: source for source, output in clean.addresses.items()}
    ours, theirs = _listed(built.root), _listed(clean.root)
    for path in sorted(ours | theirs):
        if path not in ours:
            problem = "is missing, and a clean build makes it"
        elif path not in theirs:
            problem = "is left over: a clean build does not make it"
        elif not (built.root / path).is_file():
            problem = "was deleted from the destination"
        elif not cmp(built.root / path, clean.root / path, shallow=False):
            problem = "is not what a clean build makes"
        else:
            continue
        yield _error(sources.get(path, ""), f"`{path}` {problem}")


def _listed(root: Path) -> frozenset[str]:
    with Folder(root.resolve()) as folder:
        manifest = read_manifest(folder)
    return frozenset() if manifest is None else manifest.files


def _error(path: str, message: str) -> Diagnostic:
    return in_file(path, message, code=Stop.NOT_REPRODUCED, hint=_HINT)
