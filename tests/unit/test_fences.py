"""Where fenced blocks begin and end."""

import re
import time

import pytest

from mathblog.model.options import MarkdownOptions
from mathblog.text.delimiters import CODE
from mathblog.text.fences import closing_fence, fence_at
from mathblog.text.regions import regions

QUOTES = re.compile(r"[ \t>]*")


@pytest.mark.parametrize(
    ("text", "at", "read", "expected"),
    [
        ("```py\n", 0, 0, "```"),
        ("a\n> ~~~~\n", 4, 0, "~~~~"),
        ("a\n```\n", 2, 2, "```"),  # the line begins where reading went on
        ("a ```\n", 2, 0, ""),  # after text
        ("a ```\n", 2, 2, ""),  # on a line whose beginning was read before
        ("``` a`b\n", 0, 0, ""),  # a code span: no backtick may follow in the line
        ("~~~ a`b\n", 0, 0, "~~~"),
        ("``\n", 0, 0, ""),
    ],
)
def test_a_fence_opens_at_the_beginning_of_its_line(text: str, at: int, read: int, expected: str) -> None:
    assert fence_at(text, at, QUOTES, read) == expected


@pytest.mark.parametrize(
    ("mark", "text", "closed"),
    [
        ("```", "x\n```\ny", True),
        ("```", "x\n> ````  \ny", True),
        ("````", "x\n```\ny", False),
        ("```", "x\n~~~\ny", False),
        ("```", "x\n``` y", False),
        ("~~~", "x ~~~\n", False),
    ],
)
def test_as_many_of_the_same_characters_close_it(mark: str, text: str, closed: bool) -> None:  # noqa: FBT001
    assert bool(closing_fence(mark).search(text)) is closed


@pytest.mark.parametrize("text", ["x" + "~" * 200_000, "x" + "`" * 200_000, "~~~ " * 50_000, "a ```b " * 50_000])
def test_rows_of_marks_take_linear_time(text: str) -> None:
    began = time.process_time()
    list(regions(text, MarkdownOptions()))
    assert time.process_time() - began < 2


def test_a_fence_in_a_list_is_code() -> None:
    text = "- ```\n  $a$\n  ```\n$b$"
    assert [(region.kind, text[region.start : region.end]) for region in regions(text, MarkdownOptions())] == [
        (CODE, "```\n  $a$\n  ```"),
        ("math", "$b$"),
    ]
