"""Digits that somebody wrote -> a number: `isdigit` is true of `²`, and Python refuses to read thousands of digits."""

MOST = 9  # digits of a number that counts something


def to_number(written: str, most: int = MOST) -> int | None:
    """The number of a text of digits; None of any other text, and of one that is too long."""
    return int(written) if written.isdecimal() and len(written) <= most else None
