"""Files of a site that are no pages: KaTeX's style sheet and fonts, the theme's assets, the colours of code."""

from collections.abc import Iterator

from mathblog.engine.katex_assets import katex_stylesheets
from mathblog.engine.themes import ThemeFiles
from mathblog.model.options import ThemeOptions
from mathblog.model.output import OutputFile

KATEX = "assets/katex/"
CODE = "assets/css/code.css"


def list_assets(theme: ThemeFiles, options: ThemeOptions, *, maths: bool) -> Iterator[OutputFile]:
    """The assets that a site with this theme needs; KaTeX's only where a page has `maths`."""
    from mathblog.markdown.stylesheet import stylesheet

    yield OutputFile(".nojekyll", b"", "generated")
    yield OutputFile(CODE, stylesheet(options.code_light, options.code_dark).encode(), "generated")
    for path, file in theme.assets.items():
        yield OutputFile(path, file.read_bytes(), f"theme {path}")
    if maths:
        for name, content in katex_stylesheets().items():
            yield OutputFile(KATEX + name, content, "KaTeX")
