"""The contrast of colours, by the formula of WCAG 2."""

READABLE = 4.5  # the least contrast of text, WCAG 2 level AA


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (`#14171b`), from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def blend(ground: str, colour: str, share: float) -> str:
    """A colour on the way from `ground` to `colour`: a `share` of 0 is the one, of 1 the other."""
    pairs = zip(_channels(ground), _channels(colour), strict=True)
    return "#" + "".join(f"{round(start + (end - start) * share):02x}" for start, end in pairs)


def _luminance(colour: str) -> float:
    luminance = 0.0
    for weight, channel in zip((0.2126, 0.7152, 0.0722), _channels(colour), strict=True):
        value = channel / 255
        luminance += weight * (value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 - sRGB
    return luminance


def _channels(colour: str) -> list[int]:
    digits = colour.removeprefix("#")
    if len(digits) == 3:  # noqa: PLR2004 - `#fff`
        digits = "".join(digit * 2 for digit in digits)
    return [int(digits[start : start + 2], 16) for start in (0, 2, 4)]
