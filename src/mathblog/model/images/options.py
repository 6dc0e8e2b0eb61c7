"""Images: their sizes, and what a site says about them (`images:`)."""

from dataclasses import replace
from typing import NamedTuple, Self

from mathblog.core.dataclass import dataclass

RASTER = (".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".webp")
VECTOR = ".svg"
IMAGES = (*RASTER, VECTOR)


class ImageSize(NamedTuple):
    """The size of an image in pixels of CSS, as a browser shows it: a photograph is turned as its camera says."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ImageOptions:
    """How images of texts are written. None stands for what fits the site (`engine/sources/declared.py`).

    With `sizes` they have `width`, `height`, `loading` and `decoding`; with `figures` an image alone in its paragraph may be a figure;
    with `zoom` the image of a figure that is wide leads to its file.
    """

    sizes: bool | None = None
    figures: bool | None = None
    zoom: bool | None = None

    def for_site(self, *, laid_out: bool, own: bool) -> Self:
        """The options of a site that is `laid_out` by layouts of its own, or one of mathblog's `own` (ADR 45)."""
        return replace(
            self,
            sizes=not laid_out if self.sizes is None else self.sizes,
            figures=own if self.figures is None else self.figures,
            zoom=not laid_out if self.zoom is None else self.zoom,
        )
