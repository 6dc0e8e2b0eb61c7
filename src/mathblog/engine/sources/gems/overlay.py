"""The files of a theme below those of a site, in one snapshot: what follows sees plain files."""

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from stat import S_ISREG

from mathblog.core.diagnostic import Diagnostic
from mathblog.engine.sources.snapshot import Snapshot, stamp_of
from mathblog.model.gem import FOLDERS, LENT, GemTheme
from mathblog.model.options import ReadingOptions
from mathblog.reading.naming import FileKind, classify

_ASSETS = "assets"


def lay_below(snapshot: Snapshot, theme: Path, options: ReadingOptions) -> Snapshot:
    """The snapshot with the files of the theme in the folder `theme`.

    Its assets stand where the site's own would, where it has none of that path (`ThemeAssetsReader`). All else stands in
    a folder of its own, so that the theme's style sheets import the theme's partials, and its data lies below the site's.
    """
    files, elsewhere = dict(snapshot.files), {}
    # links are not lent, as Jekyll takes no layout that leads out of a theme
    tops = [theme / folder for folder in FOLDERS if not (theme / folder).is_symlink()]
    places = (Path(above, name) for top in tops for above, _, names in os.walk(top) for name in names)
    for place in places:
        stat, path = place.lstat(), place.relative_to(theme).as_posix()
        is_asset = path.startswith(f"{_ASSETS}/")
        if not S_ISREG(stat.st_mode):
            continue
        if is_asset and path in snapshot.files and classify(path, options).kind is not FileKind.IGNORED:
            continue
        name = path if is_asset else f"{LENT}/{path}"
        files[name], elsewhere[name] = stamp_of(stat), place
    return replace(snapshot, files=dict(sorted(files.items())), elsewhere=elsewhere)


def in_theme(diagnostics: Iterable[Diagnostic], snapshot: Snapshot, gem: GemTheme | None) -> tuple[Diagnostic, ...]:
    """The problems, those in a file of the theme with the theme's name in front of its path."""
    if gem is None:
        return tuple(diagnostics)
    return tuple(
        replace(problem, path=f"{gem.label}/{problem.path.removeprefix(f'{LENT}/')}")
        if problem.path in snapshot.elsewhere
        else problem
        for problem in diagnostics
    )
