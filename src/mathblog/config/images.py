"""`images:` and `diagrams:`, what a site says about its images and what is drawn for it."""

from collections.abc import Mapping, Sequence

from mathblog.config.known import suggest
from mathblog.config.settings import Settings
from mathblog.model.images.diagrams import DiagramOptions
from mathblog.model.images.options import FORMATS, ImageOptions, VariantOptions

_SECTION = "images"
_KNOWN = ("figures", "sizes", "variants", "zoom")
_OF_DIAGRAMS = ("graphviz", "mermaid", "preamble", "tikz")
_OF_VARIANTS = ("formats", "quality", "widths")
_SMALLEST, _LARGEST, _MOST = 16, 8192, 8  # of widths, and how many


def read_images(settings: Settings) -> ImageOptions:
    """The options of images. A theme may have a key `images` for itself: of its keys only near misses of ours are told."""
    written = settings.get(_SECTION)
    if not isinstance(written, Mapping):
        return ImageOptions()
    for key in written.keys() - set(_KNOWN):
        if close := suggest(str(key), _KNOWN):
            settings.report_key((_SECTION, str(key)), f"did you mean `{close}`?")
    sizes, figures, zoom = (
        None if written.get(key) is None else settings.flag(_SECTION, key) for key in ("sizes", "figures", "zoom")
    )
    return ImageOptions(sizes, figures, zoom, _read_variants(settings))


def read_diagrams(settings: Settings) -> DiagramOptions:
    """`diagrams: true`, or a mapping. A theme may have a key of this name for itself."""
    written = settings.get("diagrams")
    if not isinstance(written, Mapping):
        return DiagramOptions(graphviz=written is True, tikz=written is True)
    for key in written.keys() - set(_OF_DIAGRAMS):
        settings.report_key(("diagrams", str(key)), f"`diagrams` has {', '.join(f'`{it}`' for it in _OF_DIAGRAMS)}")
    return DiagramOptions(
        settings.flag("diagrams", "graphviz"),
        settings.flag("diagrams", "tikz"),
        settings.text("diagrams", "preamble"),
        settings.text("diagrams", "mermaid"),
    )


def _read_variants(settings: Settings) -> VariantOptions | None:
    """`variants: true`, or a mapping with `widths`, `formats`, `quality`."""
    key, default = (_SECTION, "variants"), VariantOptions()
    written = settings.get(*key)
    if not isinstance(written, Mapping):
        return default if written is not None and settings.flag(*key) else None
    for name in written.keys() - set(_OF_VARIANTS):
        settings.report_key((*key, str(name)), f"`variants` has {', '.join(f'`{it}`' for it in _OF_VARIANTS)}")
    widths = _read_widths(settings, (*key, "widths"), default.widths)
    formats = tuple(name.lower() for name in settings.words(*key, "formats", default=default.formats))
    if unknown := [name for name in formats if name not in FORMATS]:
        settings.report((*key, "formats"), f"`{unknown[0]}` is no format of variants", "write `webp`, `avif` or both")
    quality = settings.number(*key, "quality", default=default.quality)
    if not 1 <= quality <= 100:  # noqa: PLR2004 - as Pillow has it
        settings.refuse((*key, "quality"), "a number from 1 to 100")
        quality = default.quality
    known = tuple(name for name in FORMATS if name in formats) or default.formats
    return VariantOptions(widths, known, quality)


def _read_widths(settings: Settings, key: tuple[str, ...], default: tuple[int, ...]) -> tuple[int, ...]:
    written = settings.get(*key)
    if written is None:
        return default
    entries = list(written) if isinstance(written, Sequence) and not isinstance(written, str) else [written]
    widths = [it for it in entries if isinstance(it, int) and not isinstance(it, bool) and _SMALLEST <= it <= _LARGEST]
    if len(widths) < len(entries) or not 0 < len(widths) <= _MOST:
        message = (
            f"`{'.'.join(key)}` takes 1 to {_MOST} widths from {_SMALLEST} to {_LARGEST}: it is left out of account"
        )
        settings.report(key, message)
        return default
    return tuple(sorted(set(widths)))
