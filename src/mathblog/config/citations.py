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
        _note_style(settings)
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


def _note_style(settings: Settings) -> None:
    """Say which style stands for one that is not there."""
    written = settings.get("scholar", "style")
    if not isinstance(written, str):
        return
    name, exact = read_style(written)
    if not exact:
        message = f"the citation style `{written}` is not here: `{name}` is used, which is nearest"
        settings.report(("scholar", "style"), message, f"there are {', '.join(f'`{style}`' for style in STYLES)}")
