"""`images:`, what a site says about its images."""

from collections.abc import Mapping

from mathblog.config.known import suggest
from mathblog.config.settings import Settings
from mathblog.model.images.options import ImageOptions

_SECTION = "images"
_KNOWN = ("figures", "sizes", "zoom")


def read_images(settings: Settings) -> ImageOptions:
    """The options of images. A theme may have a key `images` for itself: of its keys only near misses of ours are told."""
    written = settings.get(_SECTION)
    if not isinstance(written, Mapping):
        return ImageOptions()
    for key in written.keys() - set(_KNOWN):
        if close := suggest(str(key), _KNOWN):
            settings.report_key((_SECTION, str(key)), f"did you mean `{close}`?")
    return ImageOptions(*(_choice(settings, key) for key in ("sizes", "figures", "zoom")))


def _choice(settings: Settings, key: str) -> bool | None:
    return None if settings.get(_SECTION, key) is None else settings.flag(_SECTION, key)
