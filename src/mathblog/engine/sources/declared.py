"""The declarations of a site about formulas, read only where something can declare them: the modules that read them take a while to load."""

from mathblog.core.diagnostic import Diagnostic
from mathblog.engine.cache.store import Store
from mathblog.engine.sources.site import Sources
from mathblog.model.options import Config

_SECTIONS = ("kramdown", "mathjax", "katex")  # of `_config.yml` that say something


def adopt(config: Config, sources: Sources, store: Store, toolchain: str) -> tuple[Config, tuple[Diagnostic, ...]]:
    """The configuration, completed by what the site's layouts, scripts and settings declare, and what could not be read.

    A site without layouts and includes that names no script and has none of these settings declares nothing.
    """
    has_settings = not config.raw.keys().isdisjoint(_SECTIONS) or ".js" in repr(config.raw)
    if not (sources.layouts or sources.includes or has_settings):
        return config, ()
    from mathblog.engine.declarations import tools_of
    from mathblog.pipeline.declared import adopt_declared

    return adopt_declared(config, sources.layouts, sources.includes, tools_of(sources.snapshot, store, toolchain))
