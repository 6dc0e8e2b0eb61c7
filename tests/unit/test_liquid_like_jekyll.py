"""Liquid's tags and filters print what Jekyll prints: the tables in `tests/liquid/`."""

import pytest

from support.snippets import Snippet, ask_us, snippets


@pytest.mark.parametrize("snippet", list(snippets()), ids=lambda snippet: snippet.place)
def test_a_snippet_prints_what_jekyll_prints(snippet: Snippet):
    text, said = ask_us(snippet.template)
    assert text == snippet.expected, snippet.template
    assert said == snippet.said, snippet.template
