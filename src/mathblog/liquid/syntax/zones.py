"""The formulas and pieces of code of a text that still has its Liquid tags in it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from mathblog.liquid.syntax.pieces import Zone
from mathblog.model.options import MarkdownOptions
from mathblog.text.delimiters import CODE
from mathblog.text.regions import regions

_LIQUID_BLOCK = re.compile(r"[{<]%-?\s*(raw|comment|highlight)\b")


def find_zones(text: str, start: int, options: MarkdownOptions, *, markdown: bool) -> tuple[Zone, ...]:
    """All zones of `text` from `start` on, in order.

    The content of `{% highlight %}` is code; raw blocks and comments are no zones, since Liquid itself leaves them
    alone. A text that is not Markdown (`markdown=False`: an HTML page, an include) has no code, and a single dollar
    opens no formula there: it is more often JavaScript's.
    """
    body = text[start:] if start else text
    settings = options if markdown else replace(options, single_dollar=False)
    return tuple(_zones(body, start, settings, markdown=markdown))


def _zones(body: str, start: int, options: MarkdownOptions, *, markdown: bool) -> Iterator[Zone]:
    for region in regions(body, options):
        if region.kind != CODE:
            yield Zone(start + region.start, start + region.end, code=False)
            continue
        block = _LIQUID_BLOCK.match(body, region.start)
        if block is None:
            if markdown:
                yield Zone(start + region.start, start + region.end, code=True)
        elif block[1] == "highlight":
            yield Zone(start + region.inner_start, start + region.inner_end, code=True)
