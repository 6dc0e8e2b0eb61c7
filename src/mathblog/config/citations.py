"""`citations:`, and `scholar:`, which a site that comes from jekyll-scholar has."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mathblog.config.settings import Settings
from mathblog.model.citations.options import STYLES, CitationOptions, override, read_folder, read_style
from mathblog.model.plugins import SCHOLAR


def read_citations(settings: Settings, plugins: Sequence[str]) -> CitationOptions:
    """The options of a site. Those of jekyll-scholar hold where there are any, or where the site asks for the plugin."""
    written = settings.get("scholar")
    scholar = written if isinstance(written, Mapping) else {}
    default = CitationOptions()
    if scholar or SCHOLAR in plugins:
        default = override(replace(default, scholar=True, style="apa"), scholar)
        asked = settings.get("scholar", "style")
        if isinstance(asked, str) and not read_style(asked)[1]:
            message = f"the citation style `{asked}` is not here: `{read_style(asked)[0]}` is used, which is nearest"
            settings.report(("scholar", "style"), message, f"there are {', '.join(f'`{it}`' for it in STYLES)}")
    style = settings.text("citations", "style")
    if style and not read_style(style)[1]:
        settings.refuse(("citations", "style"), f"one of {', '.join(f'`{name}`' for name in STYLES)}")
        style = ""
    source = settings.text("citations", "source")
    return replace(
        default,
        style=read_style(style)[0] if style else default.style,
        source=read_folder(source) if source else default.source,
        bibliography=settings.text("citations", "bibliography") or default.bibliography,
    )
