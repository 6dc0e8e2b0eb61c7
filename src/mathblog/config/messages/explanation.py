"""The explanation of a code."""

from typing import NamedTuple

POST = "_posts/2026-01-15-example.md"


class Explanation(NamedTuple):
    """The meaning of the messages of a code, and what to do. `example` is a piece of `file` that brings one, '' where none can be shown.

    The example of a post is its text, without front matter where it has none.
    """

    means: str
    remedy: str
    example: str = ""
    file: str = POST
