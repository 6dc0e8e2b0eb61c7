"""Backslashes, backticks and lists of attributes at a position of a text, by which delimiters are told."""

LIST_BEHIND = r" {0,3}\{:(?![:/])((?:\\\}|[^}\n])*)\}[ \t]*"  # a list of attributes on the line of a formula


def bracket_length(text: str, start: int, bracket: str) -> int:
    r"""The length of `\\(` or `\\\(` at `start` (`bracket` is `(` or `[`), 0 where there is none."""
    if not text.startswith("\\\\", start) or (start and text[start - 1] == "\\"):
        return 0
    third = text[start + 2 : start + 4]
    return 3 if third[:1] == bracket else 4 if third == "\\" + bracket else 0


def is_escaped(text: str, position: int) -> bool:
    """Whether an odd number of backslashes stands before a position."""
    count = 0
    while count < position and text[position - count - 1] == "\\":
        count += 1
    return count % 2 == 1


def ticks_at(text: str, start: int) -> str:
    """The run of backticks that begins at a position."""
    end = start + 1
    while text.startswith("`", end):
        end += 1
    return text[start:end]
