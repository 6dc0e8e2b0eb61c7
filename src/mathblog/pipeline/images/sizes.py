"""The size of an image in its tag, so that nothing moves when it comes, and when it is loaded."""

from collections.abc import Mapping

from mathblog.core.patterns import lazy_pattern
from mathblog.model.images.options import ImageSize

_NUMBER = lazy_pattern(r"\s*([0-9]{1,5})(?:px)?\s*")


def missing_attributes(
    written: Mapping[str, str | int | float], size: ImageSize | None, *, lazy: bool
) -> dict[str, str | int]:
    """The attributes that an image of a size lacks. Where its author gave one side, the other one follows."""
    if size is None:
        return {}
    width, height = (_NUMBER.fullmatch(str(written.get(name, ""))) for name in ("width", "height"))
    added: dict[str, str | int] = {}
    if "width" not in written and "height" not in written:
        if "height" not in str(written.get("style", "")):
            added |= {"width": size.width, "height": size.height}
    elif width and "height" not in written:
        added["height"] = max(1, round(int(width[1]) * size.height / size.width))
    elif height and "width" not in written:
        added["width"] = max(1, round(int(height[1]) * size.width / size.height))
    added |= {"loading": "lazy"} if lazy and "loading" not in written else {}
    return added | ({"decoding": "async"} if "decoding" not in written else {})
