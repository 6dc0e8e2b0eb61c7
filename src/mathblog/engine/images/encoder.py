"""The program of a process that makes variants of images: what it reads may be hostile, and must not fall over the build."""

import io
import warnings
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from mathblog.engine.stages.workers.worker import end_with_parent

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from PIL.Image import Image

PIXELS = 64_000_000  # of an image that is opened; a camera's has half of them
_MEMORY = 3 << 30  # bytes of the process
_READ = ("PNG", "JPEG", "WEBP")  # and no other format, whatever a file says that it is
_TO_RGB = ("CMYK", "YCbCr", "LAB", "HSV")
_DONE = ("RGB", "RGBA", "L")
_AVIF_SPEED = 8  # of 10: slower ones take seconds for a percent
_AVIF_QUALITY = 0.8  # of that of WebP, for the same look


class Order(NamedTuple):
    """The variants that are to be made of an image: pairs of a width and a format."""

    forms: Sequence[tuple[int, str]]
    quality: int


class ImageRefusal(NamedTuple):
    """Why no variants were made, '' for an image that should have none: one that moves, or of 16 bits."""

    reason: str


def work(pipe: "Connection") -> None:
    """Answer orders, each with the bytes of its image, until the pipe closes: with the bytes of the variants, or a `Refusal`."""
    end_with_parent()
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    with suppress(EOFError, OSError):
        while True:
            order = Order(*pipe.recv())
            data = pipe.recv_bytes()
            try:
                answer: list[bytes] | ImageRefusal = make_variants(data, order)
            except MemoryError:
                answer = ImageRefusal("it takes more memory than there is")
            except Exception as error:  # noqa: BLE001 - whatever strange bytes do to Pillow
                answer = ImageRefusal(" ".join(str(error).split())[:200].lower() or type(error).__name__)
            pipe.send(answer)


def make_variants(data: bytes, order: Order) -> list[bytes] | ImageRefusal:
    """The variants of an image, in the order of the forms. Turned as the camera says, without what else a camera writes into its files.

    Raises:
        Exception: of whatever kind Pillow has for bytes that are no image.

    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        opened = Image.open(io.BytesIO(data), formats=_READ)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return ImageRefusal(f"it has more than {PIXELS // 1_000_000} million pixels")
    except UnidentifiedImageError:  # whose message names a place in memory
        return ImageRefusal("it is no whole PNG, JPEG or WebP")
    with opened as image:
        if getattr(image, "is_animated", False):
            return ImageRefusal("")
        profile, is_drawn = image.info.get("icc_profile"), image.format == "PNG"
        whole = ImageOps.exif_transpose(image)
        if whole.mode in ("P", "PA", "LA"):
            whole = whole.convert("RGBA" if "transparency" in image.info or whole.mode != "P" else "RGB")
        elif whole.mode == "1":
            whole = whole.convert("L")
        elif whole.mode in _TO_RGB:
            whole, profile = whole.convert("RGB"), None
        if whole.mode not in _DONE:
            return ImageRefusal("")
        variants = []
        for width, form in order.forms:
            height = max(1, round(whole.height * width / whole.width))
            small = whole.resize((width, height), Image.Resampling.LANCZOS) if width != whole.width else whole
            variants.append(_encoded(small, form, order.quality, profile, is_drawn=is_drawn))
        return variants


def _encoded(image: "Image", form: str, quality: int, profile: bytes | None, *, is_drawn: bool) -> bytes:
    """The bytes of an image; of one that may be drawn, lossless where that is hardly larger: its lines stay sharp."""

    def saved(**options: object) -> bytes:
        out = io.BytesIO()
        image.save(out, form.upper(), icc_profile=profile, **options)
        return out.getvalue()

    if form == "avif":
        return saved(quality=round(quality * _AVIF_QUALITY), speed=_AVIF_SPEED)
    lossy = saved(quality=quality, method=4)
    lossless = saved(lossless=True, quality=60, method=4) if is_drawn else b""
    return lossless if lossless and len(lossless) <= len(lossy) * 5 // 4 else lossy
