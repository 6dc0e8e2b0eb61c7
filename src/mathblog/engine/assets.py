"""Files of a site that are no pages: KaTeX's style sheet and fonts, the theme's assets, the colours of code."""

from collections.abc import Iterator
from pathlib import Path

from mathblog.core.digest import fingerprint
from mathblog.engine.katex_assets import katex_files
from mathblog.engine.publish import Publication
from mathblog.engine.snapshot import mark_file
from mathblog.engine.themes import ThemeFiles
from mathblog.model.options import ThemeOptions
from mathblog.model.output import OutputFile

KATEX = "assets/katex/"
CODE = "assets/css/code.css"
NO_JEKYLL = ".nojekyll"  # tells GitHub Pages to serve the files as they are
_GENERATED = "generated"


def stage_assets(  # noqa: PLR0913 - all that the assets depend on
    publication: Publication,
    theme: ThemeFiles | None,
    options: ThemeOptions,
    taken: set[str],
    toolchain: str,
    *,
    maths: bool,
) -> None:
    """Stage the assets that a site with this theme needs and has no file of its own for; KaTeX's only with `maths`.

    Without a theme the site brings its style sheets, those for code too.

    `toolchain` stands for the programs that make the colours of code.
    """
    for path, file in _files(theme, maths=maths):
        if path not in taken:
            publication.stage(OutputFile(path, None, str(file)), mark_file(file))
    if NO_JEKYLL not in taken:
        publication.stage(OutputFile(NO_JEKYLL, b"", _GENERATED), "empty")
    digest = fingerprint("code", toolchain, options.code_light, options.code_dark)
    if theme is None or CODE in taken:
        return
    if publication.stands(CODE, digest):
        publication.keep(CODE, digest)
        return
    from mathblog.markdown.stylesheet import stylesheet

    css = stylesheet(options.code_light, options.code_dark)
    publication.stage(OutputFile(CODE, css.encode(), _GENERATED), digest)


def _files(theme: ThemeFiles | None, *, maths: bool) -> Iterator[tuple[str, Path]]:
    if theme:
        yield from theme.assets.items()
    if maths:
        yield from ((KATEX + name, file) for name, file in katex_files().items())
