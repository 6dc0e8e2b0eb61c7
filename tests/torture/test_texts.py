"""Texts that a fuzzer found, and some random ones, get through, and twice to the same page."""

import random

import pytest

from support.compiling import compile_text
from torture.texts import CORPUS, random_text


@pytest.mark.parametrize("part", range(4))
def test_the_corpus_gets_through(part: int) -> None:
    for text in CORPUS[part::4]:
        assert compile_text(text) == compile_text(text), text


def test_random_texts_get_through() -> None:
    for number in range(40):
        text = random_text(random.Random(number))
        assert compile_text(text) == compile_text(text), text
