"""The time of each stage grows with its input, and no faster: every construct is doubled, until it can be measured."""

import pytest

from support.compiling import compile_text
from support.constructs import markdown
from support.growth import measure

LARGEST = 200_000  # characters of a text that is quick enough


@pytest.mark.slow
@pytest.mark.parametrize("construct", markdown.ALL)
def test_a_construct_of_markdown(construct: str) -> None:
    growth = measure(markdown.ALL[construct], compile_text, LARGEST)
    assert not growth.is_steep, str(growth)
