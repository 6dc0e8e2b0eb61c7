"""The declarations of a site about formulas, read only where something can declare them: the modules that read them take a while to load."""

from dataclasses import replace

from mathblog.core.diagnostic import Diagnostic
from mathblog.engine.cache.store import Store
from mathblog.engine.sources.site import Sources, read_text
from mathblog.model.options import Config
from mathblog.pipeline.own_site import is_own_site

_LAYOUTS = "_layouts"
_SECTIONS = ("kramdown", "mathjax", "katex", "jektex")  # of `_config.yml` that say something


def adopt(config: Config, sources: Sources, store: Store, toolchain: str) -> tuple[Config, tuple[Diagnostic, ...]]:
    """The configuration, completed by what the site's layouts, scripts and settings declare, and what could not be read.

    Macros of files of TeX (`macros.tex` among the data, `_macros.tex` beside the posts) win over those. A site without layouts and includes that names no script and has none of these
    settings declares nothing.
    """
    config = _as_jekyll_shows(config, sources)
    problems: tuple[Diagnostic, ...] = ()
    paths = (f"{config.reading.data_dir}/macros.tex", "_macros.tex")
    if present := [path for path in paths if path in sources.snapshot.files]:
        from mathblog.pipeline.declared import adopt_preambles

        texts = [text for path in present if (text := read_text(sources.snapshot, path)) is not None]
        config, problems = adopt_preambles(config, texts)
    has_settings = not config.raw.keys().isdisjoint(_SECTIONS) or ".js" in repr(config.raw)
    if not (sources.layouts or sources.includes or has_settings):
        return config, problems
    from mathblog.engine.declarations import tools_of
    from mathblog.pipeline.declared import adopt_declared

    tools = tools_of(sources.snapshot, store, toolchain)
    adopted = adopt_declared(config, sources.layouts, sources.includes, tools)
    return adopted.config, (*problems, *adopted.diagnostics)


def _as_jekyll_shows(config: Config, sources: Sources) -> Config:
    """The configuration of a blog that was written for Jekyll: it shows what it showed there (ADR 45).

    It has theorems and callouts only if it says `theorems:`, and a label or a tag twice does not stop its build.
    """

    def read(path: str) -> str:
        source = read_text(sources.snapshot, path)
        return source.text if source else ""

    theme = config.theme
    lays_out = sources.layouts or isinstance(config.raw.get("layouts"), str) or config.reading.layouts_dir != _LAYOUTS
    is_laid_out = bool(lays_out or theme.gem or theme.absent or theme.remote)
    is_own = not is_laid_out and is_own_site(config, sources.snapshot.files, read)
    images = config.images.for_site(laid_out=is_laid_out, own=is_own)
    config = replace(config, images=images, markdown=replace(config.markdown, figures=bool(images.figures)))
    if is_own:
        return config
    config = replace(config, math=replace(config.math, number_lenient=True))
    statements = config.markdown.statements
    if statements is None or statements.everywhere:
        return config
    return replace(config, markdown=replace(config.markdown, statements=None))
