"""With which characters the matches of an expression may begin."""

import re

import pytest

from mathblog.markdown.fast.first_characters import first_characters

_ASKED = "abz_09 \n\t+-é한ſKB"


@pytest.mark.parametrize(
    ("expression", "flags", "characters"),
    [
        ("abc", 0, "a"),
        ("[^a]", 0, "bz_09 \n\t+-é한ſKB"),
        (".", 0, "abz_09 \t+-é한ſKB"),
        (".", re.DOTALL, _ASKED),
        ("a?b", 0, "ab"),
        ("a+b", 0, "a"),
        ("a{0,3}?[0-9]", 0, "a09"),
        ("a++b|(?>z)", 0, "az"),
        ("(?:ab|(z)|)_", 0, "az_"),
        (r"\bz", 0, "z"),
        (r"(?=a)\w|(?<!b)-", 0, "abz_09-é한ſKB"),
        (r"\d", 0, "09"),
        (r"\w", re.ASCII, "abz_09KB"),
        (r"\s", 0, " \n\t"),
        ("k", re.IGNORECASE, "K"),
        ("[s]", re.IGNORECASE, "ſ"),
        (" a", re.VERBOSE, "a"),
        ("(?im)B", 0, "bB"),
    ],
)
def test_a_match_begins_with(expression: str, flags: int, characters: str) -> None:
    test = first_characters(re.compile(expression, flags))
    assert test is not None
    assert [character for character in _ASKED if test(character)] == list(characters)


@pytest.mark.parametrize("expression", ["", "a*", "(?=a)", r"\b", "a|", r"(a)?\1", "(?i:a)", "(a)?(?(1)b|z)"])
def test_what_may_be_empty_or_is_not_known_is_not_judged(expression: str) -> None:
    assert first_characters(re.compile(expression)) is None
