"""The formulas and pieces of code of a text that still has its Liquid tags in it."""

from dataclasses import replace

from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.syntax.pieces import Zone
from mathblog.model.options import MarkdownOptions
from mathblog.text.delimiters import CODE
from mathblog.text.regions import regions

_LIQUID_BLOCK = lazy_pattern(r"[{<]%-?\s*(raw|comment|highlight)\b")


def find_zones(text: str, start: int, options: MarkdownOptions, *, markdown: bool) -> tuple[Zone, ...]:
    """All zones of `text` from `start` on, in order.

    The content of `{% highlight %}` is code; raw blocks and comments are no zones, since Liquid itself leaves them
    alone. A text that is not Markdown (`markdown=False`: an HTML page, an include) has no code, and a single dollar
    opens no formula there: it is more often JavaScript's.
    """
    body = text[start:] if start else text
    settings = options if markdown else replace(options, single_dollar=False)
    zones: list[Zone] = []
    for region in regions(body, settings):
        if region.kind != CODE:
            zones.append(Zone(start + region.start, start + region.end, code=False))
            continue
        block = _LIQUID_BLOCK.match(body, region.start)
        if block is not None and block[1] == "highlight":
            zones.append(Zone(start + region.inner_start, start + region.inner_end, code=True))
        elif block is None and markdown:
            zones.append(Zone(start + region.start, start + region.end, code=True))
    return tuple(zones)
