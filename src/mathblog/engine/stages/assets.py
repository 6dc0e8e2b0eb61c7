"""Files of a site that are no pages: KaTeX's style sheet and fonts, the theme's assets, the colours of code."""

from pathlib import Path

from mathblog.core.digest import fingerprint
from mathblog.engine.katex.assets import face_files, katex_files, katex_styles
from mathblog.engine.sources.snapshot import mark_file
from mathblog.engine.sources.themes import ThemeFiles
from mathblog.engine.stages.staging import GENERATED, Staging
from mathblog.model.output import KATEX, KATEX_STYLES, OutputFile

FACE = "assets/text/"  # the text face, where a template of the theme names it
CODE = "assets/css/code.css"
# KaTeX's own sheet says nothing of it, and a page in Arabic or Hebrew would turn its boxes round
_LEFT_TO_RIGHT = "\n.katex,.math-error{direction:ltr;unicode-bidi:isolate}\n"
# a theme that puts a sign after each `span` (Chirpy's `#breadcrumb span::after`) does not mean the parts of a formula; ours do not, and
# the rule is half of the time that a browser takes for the styles of a long page
_PART = ".katex span:not(.katex-version,.katex-stretchy)"
_LEFT_ALONE = f"{_PART}::before,{_PART}::after{{content:none!important}}\n"
# a number: beside the last line of a formula that scrolls by itself, or in a column beside the rows, which stays in sight while they
# scroll below it; what scrolls has a little more room than the formula, so that no ink at an edge is cut
_NUMBERS = (
    ".eqno,.eqno:hover,.katex .eqref{color:inherit;text-decoration:none;white-space:nowrap}"
    ".katex-display:has(>.katex-tag){display:flex;gap:.88em;align-items:baseline;align-items:last baseline;overflow:visible}"
    ".katex-display:has(>.katex-tag)>.katex:first-child{flex:1 1 0;min-width:0;padding:.5em;margin:-.5em;overflow:auto hidden;"
    "overscroll-behavior-x:contain}"
    "@media print{.katex-display:has(>.katex-tag)>.katex:first-child{overflow:visible}}"
    ".katex-display>.katex-tag{flex:none}"
    ".katex-display>.katex>.katex-html:has(>.katex-tag){display:flex;align-items:baseline;min-width:max-content;padding-left:2.1em;"
    "box-sizing:border-box}"
    ".katex-html:has(>.katex-tag)>.katex-base:first-child{margin-left:auto}"
    ".katex-display>.katex>.katex-html>.katex-tag{position:sticky;right:0;box-sizing:border-box;min-width:2.1em;margin-left:auto;"
    "padding-left:.5em;text-align:right;backdrop-filter:blur(.3em)}"
    "@media(max-width:30rem){.katex-display>.katex>.katex-html:has(>.katex-tag){padding-left:0}}\n"
)
# a piece of a formula in a line of text, which cannot be broken: a box that scrolls has the baseline of its content where it is a grid;
# it has a little more room than the piece, as above
_WIDE = (
    ".katex-wide{display:inline-grid;max-width:100%;padding:.2em .3em;margin:-.2em -.3em;overflow:auto hidden;overscroll-behavior-x:contain;scrollbar-width:thin}"
    "@media print{.katex-wide{overflow:visible}}\n"
)
# a comma behind a formula begins no line, whatever theme the page has
_NOBREAK = ".nobreak{white-space:nowrap}\n"
# what programs read aloud is laid out when the reader comes near: a third of the time that a long page takes to stand
_NOT_YET = ".katex .katex-mathml{content-visibility:auto}\n"
_ADDED = _LEFT_TO_RIGHT + _NUMBERS + _WIDE + _NOBREAK + _NOT_YET
NO_JEKYLL = ".nojekyll"  # tells GitHub Pages to serve the files as they are


def stage_assets(staging: Staging, theme: ThemeFiles | None, *, maths: bool) -> None:
    """Stage the assets that a site with this theme needs and has no file of its own for; KaTeX's only with `maths`.

    Without a theme the site brings its style sheets, those for code too.
    """
    for path, (file, mark) in theme.assets.items() if theme else ():
        staging.stage(OutputFile(path, None, str(file)), mark)
    fonts: dict[str, Path] = {}
    if theme and any(FACE in template.text for template in theme.templates.values()):
        fonts |= {FACE + name: file for name, file in face_files().items()}
    if maths:
        fonts |= {KATEX + name: file for name, file in katex_files().items()}
    for path, file in fonts.items():
        staging.stage(OutputFile(path, None, str(file)), mark_file(file))
    if maths:
        is_ours = theme is not None and theme.is_shipped and not staging.run.sources.layouts
        added = _ADDED if is_ours else _LEFT_ALONE + _ADDED
        digest = fingerprint(mark_file(katex_styles()), added)
        staging.stage_made(KATEX_STYLES, digest, lambda: katex_styles().read_text(encoding="utf-8") + added)
    staging.stage(OutputFile(NO_JEKYLL, b"", GENERATED), "empty")
    options = staging.run.config.theme
    digest = fingerprint("code", staging.run.toolchain, options.code_light, options.code_dark)
    if theme is not None and CODE not in staging.taken:
        from mathblog.markdown.code.stylesheet import stylesheet

        staging.stage_made(CODE, digest, lambda: stylesheet(options.code_light, options.code_dark))
