r"""JSON may write half a character: `"\ud800"`. No file, no page and no terminal takes one."""

from mathblog.core.patterns import lazy_pattern

__all__ = ["with_whole_characters", "without_halves"]

_ESCAPE = lazy_pattern(  # a backslash that is escaped itself, both halves of one character, a half alone
    r"\\(?:\\|u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2}))"
)


def without_halves(text: str) -> str:
    """The text of JSON with U+FFFD for each half of a character, as browsers show it. All offsets stay."""
    if "\\ud" not in text and "\\uD" not in text:
        return text
    return _ESCAPE.sub(lambda found: r"\ufffd" if found["half"] else found[0], text)


def with_whole_characters(text: str) -> str:
    """The text with U+FFFD for each half of a character. All offsets in UTF-16 stay."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
