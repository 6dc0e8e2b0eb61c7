"""Images: their sizes, and what a site says about them (`images:`)."""

from dataclasses import replace
from typing import NamedTuple, Self

from mathblog.core.dataclass import dataclass

RASTER = (".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".webp")
VECTOR = ".svg"
VARIED = (".jpeg", ".jpg", ".png", ".webp")  # of which variants are made
IMAGES = (*RASTER, VECTOR)


class ImageSize(NamedTuple):
    """The size of an image in pixels of CSS, as a browser shows it: a photograph is turned as its camera says."""

    width: int
    height: int


FORMATS = ("avif", "webp")  # the better one first: a browser takes the first that it knows


@dataclass(frozen=True, slots=True)
class VariantOptions:
    """Smaller variants of images, in other formats: `widths` in pixels, `quality` as WebP counts it. `pillow` is the version that makes them."""

    widths: tuple[int, ...] = (480, 960, 1440)
    formats: tuple[str, ...] = ("webp",)
    quality: int = 80
    pillow: str = ""

    def forms(self, width: int) -> tuple[int, ...]:
        """The widths of the variants of an image of this width: those below it, and its own where that is no larger than the largest."""
        below = tuple(it for it in self.widths if it < width)
        own = (width,) if below and width <= self.widths[-1] else ()
        return below + own


@dataclass(frozen=True, slots=True)
class ImageOptions:
    """How images of texts are written. None stands for what fits the site (`engine/sources/declared.py`).

    With `sizes` they have `width`, `height`, `loading` and `decoding`; with `figures` an image alone in its paragraph may be a figure;
    with `zoom` the image of a figure that is wide leads to its file.
    `variants` are made of raster images where they are asked for.
    """

    sizes: bool | None = None
    figures: bool | None = None
    zoom: bool | None = None
    variants: VariantOptions | None = None

    def for_site(self, *, laid_out: bool, own: bool) -> Self:
        """The options of a site that is `laid_out` by layouts of its own, or one of mathblog's `own` (ADR 45)."""
        return replace(
            self,
            sizes=not laid_out or self.variants is not None if self.sizes is None else self.sizes,
            figures=own if self.figures is None else self.figures,
            zoom=not laid_out if self.zoom is None else self.zoom,
        )
