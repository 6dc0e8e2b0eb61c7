"""Texts of authors for a terminal: what it would obey, or use to turn lines around, is shown as its code."""

from mathblog.core.patterns import lazy_pattern

# Controls (Cc); what turns the direction of writing, or is a byte that is no text (Cf, Cs); separators of lines (Zl, Zp)
_OBEYED = lazy_pattern(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


def printable(text: str) -> str:
    r"""The text on one line: a control character as `\x1b`, one that turns the direction of writing as `\u202e`."""
    return text if text.isprintable() else _OBEYED.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
